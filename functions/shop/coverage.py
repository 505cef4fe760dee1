"""Coverage: whether everything a shop sells can be sent wherever it says so.

A cart of several things can outgrow every rate, and is told so; what is proved here is that no single line can, up to
the quantity that a cart takes, and nothing that is lighter than what a zone names as its most. Rates only end upwards,
so whatever is smaller than a parcel that is taken is taken too, and only the largest need be looked at.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from functions.shop.parcel import Measure, Parcel, stacked
from functions.shop.rate import Limits, Refusal, ShippingRate, ends_of, limit_ends, refused_by
from functions.shop.shipping import Shipping, ShippingZone, hurdle


@dataclass(frozen=True, slots=True)
class Piece:
    """One of something that is sold: grams, three sides in millimetres, minor units.

    A cart takes `most` of it; `ships_to` are the only countries it is sent to, none for all.
    """

    sku: str
    weight: int
    size: tuple[int, ...]
    price: int
    most: int
    ships_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """So many of something that no rate of a zone takes; `sku` is empty where the zone's own limit says that it goes
    further. `rate` is the one that goes furthest.
    """

    zone: ShippingZone
    rate: ShippingRate
    refusal: Refusal
    sku: str = ""
    quantity: int = 1


def gaps(shipping: Shipping, pieces: Sequence[Piece]) -> Iterator[Gap]:
    """The worst gap of every zone that has one: where fewest pieces are too many."""
    largest = _largest([_line(piece, piece.most, shipping.packing) for piece in pieces])
    for zone in shipping.zones:
        found = [*_limit_gaps(zone)]
        if hurdle(_lasting(zone), _cut_down(largest, zone.limits)):
            found += _line_gaps(zone, _sent_to(zone, pieces), shipping.packing)
        yield from sorted(found, key=lambda gap: (gap.quantity, -gap.refusal.has))[:1]


def counted(shipping: Shipping) -> set[Measure]:
    """Every measure that some rate or limit asks for."""
    rates = [rate for zone in shipping.zones for rate in zone.rates]
    ends = [measure for rate in rates for measure, _ in ends_of(rate)]
    limits = [measure for zone in shipping.zones for measure, _ in limit_ends(zone.limits)]
    return {*ends, *limits, *(rate.by for rate in rates if rate.by)}


def _lasting(zone: ShippingZone) -> list[ShippingRate]:
    """The rates that are offered in all of a zone."""
    return [rate for rate in zone.rates if not rate.within] or [*zone.rates]


def _sent_to(zone: ShippingZone, pieces: Sequence[Piece]) -> list[Piece]:
    countries = {area.country for area in zone.areas}
    return [piece for piece in pieces if not piece.ships_to or not countries.isdisjoint(piece.ships_to)]


def _limit_gaps(zone: ShippingZone) -> Iterator[Gap]:
    """Where a zone's own limit lies beyond all of its rates."""
    for measure, most in limit_ends(zone.limits):
        if refusal := hurdle(_lasting(zone), Parcel(**{measure.value: most})):
            yield _gap(zone, refusal)


def _line_gaps(zone: ShippingZone, pieces: Iterable[Piece], packing: int) -> Iterator[Gap]:
    """Where a line of one thing is more than a zone's rates take, and not more than the zone says that it takes."""
    for piece in pieces:
        quantity = _too_many(piece, _lasting(zone), packing)
        parcel = _line(piece, quantity, packing)
        refusal = hurdle(_lasting(zone), parcel)
        if refusal and not refused_by(limit_ends(zone.limits), parcel):
            yield _gap(zone, refusal, piece.sku, quantity)


def _too_many(piece: Piece, rates: Sequence[ShippingRate], packing: int) -> int:
    """The smallest quantity that none of the rates takes; the most that a cart holds when they take all of it."""

    def is_refused(quantity: int) -> bool:
        return hurdle(rates, _line(piece, quantity, packing)) is not None

    return 1 + bisect_left(range(1, piece.most), True, key=is_refused) if is_refused(piece.most) else piece.most


def _gap(zone: ShippingZone, refusal: Refusal, sku: str = "", quantity: int = 1) -> Gap:
    end = (refusal.measure, refusal.most)
    return Gap(zone, next(rate for rate in _lasting(zone) if end in ends_of(rate)), refusal, sku, quantity)


def _line(piece: Piece, quantity: int, packing: int) -> Parcel:
    goods = quantity * piece.price
    length, girth = stacked([(piece.size, quantity)])
    return Parcel(packing + quantity * piece.weight, quantity, goods, goods, length, girth)


def _largest(parcels: Sequence[Parcel]) -> Parcel:
    """A parcel that is as much as the most of these in every way."""
    names = ("weight", "count", "before_discounts", "after_discounts", "length", "girth")
    return Parcel(**{name: max((getattr(parcel, name) for parcel in parcels), default=0) for name in names})


def _cut_down(parcel: Parcel, limits: Limits) -> Parcel:
    """A parcel that is nothing beyond these limits."""
    ends = {measure.value: most for measure, most in limit_ends(limits)}
    return replace(parcel, **{name: min(getattr(parcel, name), most) for name, most in ends.items()})
