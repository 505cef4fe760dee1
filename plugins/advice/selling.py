"""Selling: prices, stock and choices that may be meant otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from functions.shop.money import format_amount
from functions.shop.settings import Settings
from plugins.advice.advice import Advice
from plugins.advice.aspect import Aspect
from plugins.advice.gaps import can_be_had, field_of
from plugins.content import ProductSource, Status
from plugins.reductions import Doubt

_FAR_APART = 20
_SIZES = frozenset("xxs xs s m l xl xxl xxxl small medium large".split())


def selling(product: ProductSource, today: str) -> Iterator[Advice]:
    """What is doubtful in how one product is sold, on this day (ISO 8601)."""
    yield from _prices(product)
    yield from _days(product, today)
    if product.options:
        yield from _values(product)


def unproved(doubts: Iterable[Doubt], products: Iterable[ProductSource]) -> Iterator[Advice]:
    """Prices before a reduction that no history proves, where their owner wrote them."""
    by_path = {product.path: product for product in products}
    for doubt in {(doubt.path, doubt.sentence): doubt for doubt in doubts}.values():
        product = by_path[doubt.path]
        at = next(at for at, variant in enumerate(product.variants) if variant.sku == doubt.sku)
        in_variant = doubt.sku in product.variant_compare_at and product.options
        yield Advice(doubt.path, ("variants", at, "compare_at") if in_variant else ("compare_at",), doubt.sentence)


def bundles(product: ProductSource, prices: Mapping[str, int], settings: Settings) -> Iterator[Advice]:
    """A bundle that costs more than its parts. `prices` are those of all SKUs."""
    for variant in product.variants:
        alone = sum(prices.get(part.sku, 0) * part.quantity for part in variant.parts)
        if variant.parts and variant.price > alone:
            sentence = f"is more than its parts cost alone, {format_amount(alone, settings.money)}; lower it"
            yield Advice(product.path, ("price",), sentence)


def related(product: ProductSource, statuses: Mapping[str, Status]) -> Iterator[Advice]:
    """Related products that shoppers do not see. `statuses` are those of all products by their slugs."""
    for at, slug in enumerate(product.related):
        status = statuses.get(slug, Status.PUBLISHED)
        if status is not Status.PUBLISHED:
            sentence = f"{slug!r} has the status {status.value} and is left out; name a published product"
            yield Advice(product.path, ("related", at), sentence)


def _prices(product: ProductSource) -> Iterator[Advice]:
    lowest = min(variant.price for variant in product.variants)
    for at, variant in enumerate(product.variants):
        route = field_of(product, at, "price")
        if not variant.price:
            yield Advice(product.path, route, "is 0, so that it can be ordered for nothing; write what it costs")
        elif lowest and variant.price > lowest * _FAR_APART:
            sentence = f"is more than {_FAR_APART} times that of another variant; look at its decimal point"
            yield Advice(product.path, route, sentence)


def _days(product: ProductSource, today: str) -> Iterator[Advice]:
    if today and product.added > today:
        yield Advice(product.path, ("added",), f"{product.added} has not come yet; write the day it joined the shop")
    day = product.release_written
    if today and day and day <= today:
        yield Advice(product.path, ("release_date",), f"{day} has come; delete this line")


def _values(product: ProductSource) -> Iterator[Advice]:
    """Each value of each option: whether any of its variants can be had, and whether a picture shows it."""
    to_be_had = {value for variant in product.variants if can_be_had(variant) for value in variant.options}
    for axis, values in product.options.items():
        for at, value in enumerate(values):
            if to_be_had and value not in to_be_had:
                sentence = f"every variant with {value!r} is sold out; write a new stock:, or backorder: 2-3 weeks"
                yield Advice(product.path, ("options", axis, at), sentence)
    yield from _unseen(product)


def _unseen(product: ProductSource) -> Iterator[Advice]:
    """The axis whose values look different should show each of them; sizes look alike."""
    pictured = {v.sku for v in product.variants if v.sku in product.variant_images}
    seen = {value for variant in product.variants if variant.sku in pictured for value in variant.options}
    axes = {axis: values for axis, values in product.options.items() if not all(map(_is_size, values))}
    missing = {axis: [value for value in values if value not in seen] for axis, values in axes.items()}
    if missing and all(missing.values()):
        axis = min(missing, key=lambda axis: len(missing[axis]))
        value = missing[axis][0]
        sentence = f"no picture belongs to {value!r}; write image: and the name of a picture in its variant"
        at = product.options[axis].index(value)
        yield Advice(product.path, ("options", axis, at), sentence, Aspect.CHOICE)


@cache
def _is_size(value: str) -> bool:
    """`A4`, `XL`, `50 × 70 cm`: what looks the same in every picture."""
    return value.casefold() in _SIZES or any(sign.isdigit() for sign in value)
