"""What can be bought of a product, as the lines from which a release makes its catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from functions.shop.catalogue import Variant
from functions.shop.record import to_json
from plugins.json_text import quoted
from plugins.pictures import Picture
from plugins.release import canonical_json
from plugins.views import Offer


def variants_json(offers: Iterable[Offer], images: Sequence[Picture]) -> str:
    """One line for each variant: its SKU, a tab, and its JSON with a small picture for the cart, one of its product's
    `images`.
    """
    small = [image.small for image in images]
    return "\n".join([f"{offer.sku}\t{variant_json(offer.variant, small[offer.image or 0])}" for offer in offers])


def variant_json(variant: Variant, image: str = "") -> str:
    """A variant as the catalogue keeps it: without the fields that say nothing, for readers take their defaults.

    `image` is the address of its picture, which it does not know itself as long as it is only offered. The text is what
    `canonical_json` makes of those fields. Most variants have the same few, which are written at once.
    """
    shown = image or variant.image
    if _seldom(variant) != _NOTHING_SELDOM:
        return canonical_json(_told(variant) | ({"image": shown} if shown else {}))
    collections = f'"collections":[{",".join(map(quoted, variant.collections))}],' if variant.collections else ""
    declared = f'"declared":{variant.declared},' if variant.declared else ""
    gtin = f'"gtin":{quoted(variant.gtin)},' if variant.gtin else ""
    picture = f'"image":{quoted(shown)},' if shown else ""
    limit = f'"limit":{variant.limit},' if variant.limit != _DEFAULTS["limit"] else ""
    options = f'"options":[{",".join(map(quoted, variant.options))}],' if variant.options else ""
    weight = f',"weight":{variant.weight}' if variant.weight else ""
    return (
        f'{{{collections}{declared}{gtin}{picture}{limit}{options}"path":{quoted(variant.path)},"price":{variant.price},'
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
