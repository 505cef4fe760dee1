"""A shipping rate: one way to send a parcel, or to collect it, and what that costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.shop.area import Area
from functions.shop.destination import Destination
from functions.shop.parcel import Counts, Measure, Parcel
from functions.shop.working_days import Days

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Band:
    """A price in minor units, for parcels up to and including `up_to`; for all larger ones where that is None."""

    price: int
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is sent at a time, packed: grams, and millimetres of longest side and of girth; None is no end."""

    weight: int | None = None
    length: int | None = None
    girth: int | None = None


ENDLESS = Limits()


@dataclass(frozen=True, slots=True)
class Pickup:
    """Where and when something can be collected, in the owner's words."""

    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class ShippingRate:
    """One way to send a parcel. Amounts are minor units.

    It costs `price`, or what the first of `bands` that holds the parcel says, counted `by` a measure; and `per_item`
    for every piece. It is free from `free_over` of goods on, counted as `free_over_counts` says; a product's surcharge
    is paid all the same. `within` is the only area where it is offered, None for all of its zone. What is collected
    has a `pickup` and needs no address. The carrier delivers on `carrier_days`; Monday is 0.
    """

    id: str
    name: str
    price: int
    days: Days
    free_over: int | None = None
    free_over_counts: Counts = Counts.AFTER_DISCOUNTS
    per_item: int = 0
    by: Measure | None = None
    bands: tuple[Band, ...] = ()
    limits: Limits = ENDLESS
    within: Area | None = None
    pickup: Pickup | None = None
    carrier_days: tuple[int, ...] = MONDAY_TO_FRIDAY

    @property
    def least(self) -> int:
        """The least it costs before anything makes it free."""
        return min((band.price for band in self.bands), default=self.price)

    def is_offered_at(self, destination: Destination) -> bool:
        """Whether it is offered there, for a destination in its zone."""
        return self.within is None or self.within.covers(destination)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parcel has `has` of a measure, and `most` is the most that can be sent."""

    measure: Measure
    has: int
    most: int


def price_of(rate: ShippingRate, parcel: Parcel) -> int:
    """What a parcel costs at a rate that takes it."""
    surcharge = 0 if rate.pickup else parcel.surcharge
    if rate.free_over is not None and parcel.goods(rate.free_over_counts) >= rate.free_over:
        return surcharge
    return banded(rate, parcel).price + rate.per_item * parcel.count + surcharge


def banded(rate: ShippingRate, parcel: Parcel) -> Band:
    """The band in which a parcel lies; one without an end for a rate that has none."""
    if rate.by is None:
        return Band(rate.price)
    has = amount_of(parcel, rate.by, rate.free_over_counts)
    return next(band for band in rate.bands if band.up_to is None or has <= band.up_to)


def refusal(rate: ShippingRate, parcel: Parcel) -> Refusal | None:
    """Why a rate does not take a parcel; None when it does."""
    return refused_by(ends_of(rate), parcel, rate.free_over_counts)


def refused_by(
    ends: Iterable[tuple[Measure, int]], parcel: Parcel, counts: Counts = Counts.AFTER_DISCOUNTS
) -> Refusal | None:
    """The first of these ends that a parcel goes beyond."""
    for measure, most in ends:
        if (has := amount_of(parcel, measure, counts)) > most:
            return Refusal(measure, has, most)
    return None


def ends_of(rate: ShippingRate) -> Iterator[tuple[Measure, int]]:
    """Every measure that has an end at this rate, and where it lies."""
    yield from limit_ends(rate.limits)
    if rate.by and rate.bands and (end := rate.bands[-1].up_to) is not None:
        yield rate.by, end


def limit_ends(limits: Limits) -> Iterator[tuple[Measure, int]]:
    """Every measure that these limits end, and where."""
    if limits.weight is not None:
        yield Measure.WEIGHT, limits.weight
    if limits.length is not None:
        yield Measure.LENGTH, limits.length
    if limits.girth is not None:
        yield Measure.GIRTH, limits.girth


def amount_of(parcel: Parcel, measure: Measure, counts: Counts) -> int:
    """How much of a measure a parcel has."""
    if measure is Measure.SUBTOTAL:
        return parcel.goods(counts)
    return {
        Measure.WEIGHT: parcel.weight,
        Measure.COUNT: parcel.count,
        Measure.LENGTH: parcel.length,
        Measure.GIRTH: parcel.girth,
    }[measure]
