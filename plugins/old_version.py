"""An old version of a file the owner wrote: what it says about prices, whatever else is in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from functions.shop.errors import InvalidAmount
from functions.shop.money import parse_amount
from plugins.content import Status
from plugins.content.fault import Report
from plugins.content.front_matter import read_table, take_apart
from plugins.content.yaml_nodes import Items, Node, Table, Text, entries_of

Prices = Mapping[str, int]
"""What can be bought, by SKU, and its price in minor units."""
_NOWHERE = Path("an old version")


def prices_in(version: bytes, currency: str) -> Prices | None:
    """The prices in a product file; none in a draft. None when it cannot be told what something cost."""
    text = _text(version)
    document = None if text is None else take_apart(text, Report(_NOWHERE))
    if document is None:
        return None
    if _value(document.table, "status") == Status.DRAFT:
        return {}
    try:
        return {sku: parse_amount(price, currency) for sku, price in _written(document.table)}
    except InvalidAmount:
        return None


def currency_in(version: bytes) -> str:
    """The currency in a shop.yaml; empty when it cannot be told."""
    text = _text(version)
    table = None if text is None else read_table(text, Report(_NOWHERE))
    return _value(table, "currency") if table else ""


def _text(version: bytes) -> str | None:
    try:
        return version.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def _written(table: Table) -> Iterator[tuple[str, str]]:
    """Every SKU with the price beside it, as they were typed."""
    _, node = entries_of(table).get("variants", (None, None))
    variants = node.value if isinstance(node, Items) else ()
    for each in (table, *variants):
        if sku := _value(each, "sku"):
            yield sku, _value(each, "price")


def _value(node: Node, name: str) -> str:
    _, value = entries_of(node).get(name, (None, None)) if isinstance(node, Table) else (None, None)
    return value.value.strip() if isinstance(value, Text) else ""
