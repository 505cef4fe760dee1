"""Picking: pieces of an order that somebody names by their SKU."""

from collections import Counter
from collections.abc import Mapping

from functions.shop.errors import IllegalTransition
from functions.shop.order import Order
from functions.shop.shipment import Pieces, listed


def picked(order: Order, wanted: Mapping[str, int], left: Counter[int]) -> tuple[Pieces, ...]:
    """So many pieces of each SKU as pieces of lines; `left` says how many of each line there are to be had.

    A SKU that stands in two lines (bought, and as a gift) is taken from the first as long as there are some. Raises
    IllegalTransition, with what there is, for a SKU that the order has not, or more pieces than are left.
    """
    found: Counter[int] = Counter()
    for sku, quantity in wanted.items():
        lines = [at for at, line in enumerate(order.lines) if line.sku.casefold() == sku.casefold()]
        if not lines:
            has = ", ".join(dict.fromkeys(line.sku for line in order.lines))
            raise IllegalTransition(f"There is no {sku} in order {order.id}. It has {has}.")
        if not 0 < quantity <= sum(left[at] for at in lines):
            raise IllegalTransition(_too_many(order, lines, quantity, left))
        for at in lines:
            found[at] = min(quantity, left[at])
            quantity -= found[at]  # noqa: PLW2901
    return listed(found)


def _too_many(order: Order, lines: list[int], quantity: int, left: Counter[int]) -> str:
    there = sum(left[at] for at in lines)
    return f"Order {order.id} has {there} of {order.lines[lines[0]].name} left for this, not {quantity}."
