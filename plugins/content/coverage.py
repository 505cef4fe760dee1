"""What is sold but cannot be sent: told with its place in shipping.yaml, or in the product that does not say enough."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from functions.shop.coverage import Gap, Piece, counted, gaps
from functions.shop.parcel import Measure, measure_text, stack
from functions.shop.settings import Settings
from plugins.content.fault import START, Fault
from plugins.content.reading import Reading
from plugins.content.shop import ShopSource
from plugins.content.status import Status

_BAND = {
    Measure.WEIGHT: "the heaviest band",
    Measure.LENGTH: "the longest band",
    Measure.GIRTH: "the widest band",
    Measure.SUBTOTAL: "the highest band",
    Measure.COUNT: "the largest band",
}
_UNSAID = {
    Measure.WEIGHT: ("weight", "180 g"),
    Measure.LENGTH: ("packed_size", "45 × 35 × 4 cm"),
    Measure.GIRTH: ("packed_size", "45 × 35 × 4 cm"),
}
_Piece = tuple[int, tuple[int, ...], int]


def coverage_faults(shop: Reading[ShopSource], products: Iterable[Reading[object]]) -> Iterator[Fault]:
    """What has no rate somewhere in the shop, and products of which too little is known to tell."""
    if shop.source is None or not (measures := counted(shop.source.settings.shipping)):
        return
    sold = [product for product in products if product.references.status is not Status.DRAFT]
    known = dict(chain.from_iterable(map(_pieces, sold)))
    for product in sold:
        yield from _unsaid(product, measures, known)
    pieces = _distinct(sold, known, shop.source.limit, measures)
    for gap in gaps(shop.source.settings.shipping, pieces):
        yield _fault(gap, shop, shop.source)


def _pieces(product: Reading[object]) -> Iterable[tuple[str, _Piece]]:
    """How each SKU of a product is packed."""
    references = product.references
    return zip((sku.name for sku in references.skus), references.packed.pieces, strict=False)


def _whole(product: Reading[object], piece: _Piece, known: dict[str, _Piece]) -> _Piece:
    """A piece; what a bundle does not say of itself, its parts do."""
    parts, (weight, size, price) = product.references.parts, piece
    if not parts:
        return piece
    inside = [
        (known.get(part.name), many) for part, many in zip(parts, product.references.packed.quantities, strict=False)
    ]
    found = [(part, many) for part, many in inside if part]
    weight = weight or sum(many * part[0] for part, many in found)
    return weight, size or stack((part[1], many) for part, many in found), price


def _distinct(
    products: Sequence[Reading[object]], known: dict[str, _Piece], limit: int, measures: set[Measure]
) -> list[Piece]:
    """Every kind of piece once, as far as rates tell them apart."""
    is_measured = bool(measures & {Measure.LENGTH, Measure.GIRTH})
    found: dict[object, Piece] = {}
    for product in products:
        countries = product.references.packed.ships_to
        for sku, piece in _pieces(product):
            weight, size, price = _whole(product, piece, known)
            weight = weight if Measure.WEIGHT in measures else 0
            size = size if is_measured else ()
            price = price if Measure.SUBTOTAL in measures else 0
            found.setdefault((weight, size, price, countries), Piece(sku, weight, size, price, limit, countries))
    return [*found.values()]


def _unsaid(product: Reading[object], measures: set[Measure], known: dict[str, _Piece]) -> Iterator[Fault]:
    """What must be told of a product, because rates count it."""
    lacking: set[tuple[str, str]] = set()
    for _, piece in _pieces(product):
        weight, size, _ = _whole(product, piece, known)
        lacking |= {
            _UNSAID[measure]
            for measure in measures & _UNSAID.keys()
            if not (weight, size)[measure is not Measure.WEIGHT]
        }
    for name, example in sorted(lacking):
        sentence = f"is missing, and what it costs to send it depends on it (shipping.yaml); write {name}: {example}"
        yield Fault(product.path.as_posix(), *START, name, sentence)


def _fault(gap: Gap, shop: Reading[ShopSource], source: ShopSource) -> Fault:
    place, path = source.rates[gap.rate.id], shop.path.with_name("shipping.yaml")
    return Fault(path.as_posix(), *place, "rates", _sentence(gap, source.settings))


def _sentence(gap: Gap, settings: Settings) -> str:
    measure, zone = gap.refusal.measure, gap.zone.name
    money = replace(settings.money, decimal=".")  # what is to be written into a file is said as it is written there
    has, most = (measure_text(amount, measure, money) for amount in (gap.refusal.has, gap.refusal.most))
    pieces = " pieces" if measure is Measure.COUNT else ""
    packed = ", packed" if measure in _UNSAID else ""
    what = f"{has}{pieces} ({gap.quantity} × {gap.sku}{packed})" if gap.sku else f"{has}, the zone's own limit,"
    said = f"{what} to {zone} has no rate; {_BAND[measure]} of {zone!r} ends at {most}{pieces}"
    if not gap.sku:
        return f"{said}; add a band, or lower the limit"
    if measure in _UNSAID:
        return f"{said}; add a band, or write max_{measure.value}: {most} in the zone, which shoppers are told"
    return f"{said}; add a band without up_to"
