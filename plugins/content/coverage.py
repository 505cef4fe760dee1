"""What is sold but cannot be sent: told with its place in shipping.yaml, or in the product that does not say enough."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from functions.shop.coverage import Gap, Piece, counted, gaps
from functions.shop.parcel import Measure, measure_text, stack
from functions.shop.settings import Settings
from plugins.content.fault import START, Fault
from plugins.content.reading import Packed, Reading
from plugins.content.shop import ShopSource

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
_Piece = tuple[str, int, tuple[int, ...], int]


def coverage_faults(shop: Reading[ShopSource], products: Iterable[tuple[str, Packed]]) -> Iterator[Fault]:
    """What has no rate somewhere in the shop, and products of which too little is known to tell.

    Each product comes with its file.
    """
    if shop.source is None or not (measures := counted(shop.source.settings.shipping)):
        return
    sold = [(path, packed) for path, packed in products if packed.pieces]
    wholes = _wholes([packed for _, packed in sold])
    asked = sorted(
        {(*_UNSAID[measure], 1 if measure is Measure.WEIGHT else 2) for measure in measures & _UNSAID.keys()}
    )
    for (path, _), pieces in zip(sold, wholes, strict=True):
        yield from _unsaid(path, pieces, asked)
    kinds = _distinct([(packed.ships_to, whole) for (_, packed), whole in zip(sold, wholes, strict=True)], measures)
    each = [Piece(*piece, shop.source.limit, countries) for countries, piece in kinds]
    for gap in gaps(shop.source.settings.shipping, each):
        yield _fault(gap, shop, shop.source)


def _wholes(products: Sequence[Packed]) -> list[tuple[_Piece, ...]]:
    """The pieces of every product; what a bundle does not say of itself, its parts do."""
    if not any(packed.parts for packed in products):
        return [packed.pieces for packed in products]
    known = {piece[0]: piece for packed in products for piece in packed.pieces}
    return [
        tuple([_whole(piece, packed, known) for piece in packed.pieces]) if packed.parts else packed.pieces
        for packed in products
    ]


def _whole(piece: _Piece, packed: Packed, known: dict[str, _Piece]) -> _Piece:
    sku, weight, size, price = piece
    found = [(known[name], many) for name, many in packed.parts if name in known]
    weight = weight or sum(many * part[1] for part, many in found)
    return sku, weight, size or stack((part[2], many) for part, many in found), price


def _distinct(
    products: Iterable[tuple[tuple[str, ...], tuple[_Piece, ...]]], measures: set[Measure]
) -> list[tuple[tuple[str, ...], _Piece]]:
    """Every kind of piece once, as far as rates tell them apart, with the only countries it is sent to."""
    weighed, measured = Measure.WEIGHT in measures, bool(measures & {Measure.LENGTH, Measure.GIRTH})
    priced = Measure.SUBTOTAL in measures
    found: dict[object, tuple[tuple[str, ...], _Piece]] = {}
    for countries, pieces in products:
        for sku, weight, size, price in pieces:
            kind = (weight if weighed else 0, size if measured else (), price if priced else 0)
            if (kind, countries) not in found:
                found[kind, countries] = countries, (sku, *kind)
    return [*found.values()]


def _unsaid(path: str, pieces: tuple[_Piece, ...], asked: Iterable[tuple[str, str, int]]) -> Iterator[Fault]:
    """What must be told of a product, because rates count it: fields with an example, and their place in a piece."""
    for name, example, place in asked:
        if not all(piece[place] for piece in pieces):
            advice = f"write {name}: {example}"
            sentence = f"is missing, and what it costs to send it depends on it (shipping.yaml); {advice}"
            yield Fault(path, *START, name, sentence)


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
