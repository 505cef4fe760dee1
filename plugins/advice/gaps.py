"""Gaps: what a product's file leaves out, although shoppers ask for it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from functions.shop.catalogue import Variant
from plugins.advice.advice import Advice, Route
from plugins.advice.aspect import Aspect
from plugins.advice.plain import letters
from plugins.content import ProductSource

ENOUGH_TEXT = 150
_TWO_SIDES, _EVERY_CHOICE = 2, 3
_MEASURE = re.compile(r"\d ?(?:[×x] ?\d|mm\b|cm\b|m\b|in\b|ft\b|ml\b|cl\b|l\b)")


class Gap(NamedTuple):
    """What may be missing: `find` gives the way to where it belongs, or None when it is there."""

    aspect: Aspect
    find: Callable[[ProductSource], Route | None]
    sentence: str


def gaps(product: ProductSource) -> Iterator[Advice]:
    """Everything that a shopper would still ask about a product, because nothing is written there at all."""
    for gap in GAPS:
        route = gap.find(product)
        if route:
            yield Advice(product.path, route, gap.sentence, gap.aspect)


def field_of(product: ProductSource, at: int, name: str) -> Route:
    """The way to a field of the variant at this place, which stands at the top when there is no choice."""
    return ("variants", at, name) if product.options else (name,)


def can_be_had(variant: Variant) -> bool:
    """Whether somebody can order it, now or for later."""
    return bool(variant.declared or not variant.tracked or variant.backorder or variant.parts)


def _pictures(product: ProductSource) -> Route | None:
    wanted = _EVERY_CHOICE if product.options else _TWO_SIDES
    return ("images",) if len(product.images) < wanted and not _is_file(product) else None


def _sizes(product: ProductSource) -> Route | None:
    if product.dimensions or product.variant_contents or _is_file(product) or _is_bundle(product):
        return None
    return None if any(_MEASURE.search(told) for told in product.specs.values()) else ("dimensions",)


def _weight(product: ProductSource) -> Route | None:
    for at, variant in enumerate(product.variants):
        if not (variant.weight or variant.digital or variant.parts):
            return field_of(product, at, "weight")
    return None


def _gtin(product: ProductSource) -> Route | None:
    for at, variant in enumerate(product.variants):
        if not (variant.gtin or variant.sku in product.without_gtin or variant.digital or variant.parts):
            return field_of(product, at, "gtin")
    return None


def _material(product: ProductSource) -> Route | None:
    return None if product.material or _is_file(product) or _is_bundle(product) else ("material",)


def _care(product: ProductSource) -> Route | None:
    return None if product.care or _is_file(product) else ("care",)


def _included(product: ProductSource) -> Route | None:
    return None if product.included or _is_bundle(product) else ("included",)


def _safety(product: ProductSource) -> Route | None:
    return None if product.safety.maker or _is_file(product) else ("safety",)


def _text(product: ProductSource) -> Route | None:
    return None if letters(product.body, ENOUGH_TEXT) >= ENOUGH_TEXT else ("text",)


def _delivery(product: ProductSource) -> Route | None:
    return None if any(can_be_had(variant) for variant in product.variants) else field_of(product, 0, "stock")


def _is_file(product: ProductSource) -> bool:
    return product.variants[0].digital and all(variant.digital for variant in product.variants)


def _is_bundle(product: ProductSource) -> bool:
    return bool(product.variants[0].parts)


GAPS = (
    Gap(Aspect.PICTURES, _pictures, "are few; show two sides at least, and three pictures where there is a choice"),
    Gap(Aspect.SIZES, _sizes, "is missing; write dimensions: 21 × 29.7 cm, or the sizes in specs:"),
    Gap(Aspect.SAFETY, _safety, "is missing; write safety: and below it maker: with name, postal address and e-mail"),
    Gap(Aspect.TEXT, _text, f"is short; say in {ENOUGH_TEXT} characters or more what it is like and what it is for"),
    Gap(Aspect.WEIGHT, _weight, "is missing; write weight: 350 g, as it is packed"),
    Gap(Aspect.MATERIAL, _material, "is missing; write material: and what it is made of, like Stoneware"),
    Gap(Aspect.CARE, _care, "is missing; write care: and how to look after it"),
    Gap(Aspect.DELIVERY, _delivery, "is 0 everywhere; write the new count, backorder: 2-3 weeks, or status: hidden"),
    Gap(Aspect.INCLUDED, _included, "is missing; write included: and a list of what is in the parcel"),
    Gap(Aspect.GTIN, _gtin, "is missing; write gtin: and the number below its barcode, or none if it has no barcode"),
)
