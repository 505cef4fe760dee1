"""What can be bought of a product, as the lines from which a release makes its catalogue."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from functions.shop.catalogue import Variant
from functions.shop.record import to_json
from plugins.json_text import quoted
from plugins.release import canonical_json


def variants_json(variants: Iterable[Variant]) -> str:
    """One line for each variant: its SKU, a tab, and its JSON without the fields that say nothing."""
    return "\n".join([f"{variant.sku}\t{variant_json(variant)}" for variant in variants])


def variant_json(variant: Variant) -> str:
    """A variant as the catalogue keeps it: without the fields that say nothing, for readers take their defaults.

    It is what `canonical_json` makes of those fields. Most variants have the same few, which are written at once.
    """
    if _seldom(variant) != _NOTHING_SELDOM:
        return canonical_json(_told(variant))
    collections = f'"collections":[{",".join(map(quoted, variant.collections))}],' if variant.collections else ""
    declared = f'"declared":{variant.declared},' if variant.declared else ""
    gtin = f'"gtin":{quoted(variant.gtin)},' if variant.gtin else ""
    image = f'"image":{quoted(variant.image)},' if variant.image else ""
    limit = f'"limit":{variant.limit},' if variant.limit != _DEFAULTS["limit"] else ""
    options = f'"options":[{",".join(map(quoted, variant.options))}],' if variant.options else ""
    weight = f',"weight":{variant.weight}' if variant.weight else ""
    return (
        f'{{{collections}{declared}{gtin}{image}{limit}{options}"path":{quoted(variant.path)},"price":{variant.price},'
        f'"product":{quoted(variant.product)},"sku":{quoted(variant.sku)},"title":{quoted(variant.title)}{weight}}}'
    )


def _told(variant: Variant) -> dict[str, Any]:
    values = {name: getattr(variant, name) for name in _DEFAULTS}
    return {name: to_json(value) for name, value in values.items() if value != _DEFAULTS[name]}


_OFTEN = "collections declared gtin image limit options path price product sku title weight".split()
_DEFAULTS = {field.name: field.default for field in fields(Variant)}
"""A field without a default has MISSING here, which no value equals, so that it is always told."""
_SELDOM = [name for name in _DEFAULTS if name not in _OFTEN]
_seldom = attrgetter(*_SELDOM)
_NOTHING_SELDOM = tuple(_DEFAULTS[name] for name in _SELDOM)
