"""Shipping: which zone a destination lies in, and the ways to get a parcel there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from functions.shop.area import Area, Ask, less, missing
from functions.shop.calendar import NEVER
from functions.shop.destination import Destination
from functions.shop.parcel import Parcel
from functions.shop.promise import Promise
from functions.shop.rate import (
    ENDLESS,
    MONDAY_TO_FRIDAY,
    Limits,
    Pickup,
    Refusal,
    ShippingRate,
    limit_ends,
    price_of,
    refusal,
    refused_by,
)
from functions.shop.working_days import Days

__all__ = ["Shipping", "ShippingChoice", "ShippingRate", "ShippingZone", "choices", "missing_for_free"]


@dataclass(frozen=True, slots=True)
class ShippingZone:
    """Whole `countries` (ISO 3166 codes) and `parts` of others that share their rates.

    `excepted` are parts of its own countries that do not belong to it; nothing beyond `limits` is sent there.
    """

    name: str
    countries: tuple[str, ...]
    rates: tuple[ShippingRate, ...]
    parts: tuple[Area, ...] = ()
    excepted: tuple[Area, ...] = ()
    limits: Limits = ENDLESS

    @property
    def areas(self) -> tuple[Area, ...]:
        """Everything that belongs to it."""
        return (*map(self._whole, self.countries), *self.parts)

    def _whole(self, country: str) -> Area:
        out = [area for area in self.excepted if area.country == country]
        regions = tuple(name for area in out for name in area.regions)
        postcodes = tuple(span for area in out for span in area.postcodes)
        return Area(country, except_regions=regions, except_postcodes=postcodes)


@dataclass(frozen=True, slots=True)
class ShippingChoice:
    """A rate as offered for one cart: its price now, the working days it is on its way, and what is promised.

    `promise` is None where nobody can know when it arrives. `surcharge` is the part of the price that is for goods that
    cost more to send. What is collected has a `pickup`. Of several ways to have something sent, one is marked as the
    cheapest and one as the fastest. Once it is an order's, `least` is what the cheapest would have cost.
    """

    id: str
    name: str
    price: int
    days: Days
    carrier_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    surcharge: int = 0
    pickup: Pickup | None = None
    cheapest: bool = False
    fastest: bool = False
    promise: Promise | None = None
    least: int | None = None


# No slots: the index is kept beside the fields once it is made.
@dataclass(frozen=True)
class Shipping:
    """The shop's zones, the main market first; `handling` is the working days until a parcel leaves.

    `packing` is what the wrapping of a parcel weighs, in grams. `regions` names those that rules speak of, by their
    ISO 3166-2 codes (`US-AK`).
    """

    handling: Days
    zones: tuple[ShippingZone, ...]
    packing: int = 0
    regions: dict[str, str] = field(default_factory=dict)

    @property
    def main_country(self) -> str:
        """Where most parcels go; the destination that is assumed until a shopper says otherwise."""
        return next(iter(self._claims))

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country that the shop delivers to, or to a part of, zone by zone."""
        return tuple(self._claims)

    @cached_property
    def _claims(self) -> dict[str, list[tuple[Area, ShippingZone]]]:
        """By country, its areas and their zones: parts go before the rest of a country."""
        found: dict[str, list[tuple[Area, ShippingZone]]] = {}
        for zone in self.zones:
            for area in zone.areas:
                found.setdefault(area.country, []).append((area, zone))
        return {country: sorted(claims, key=lambda claim: claim[0].whole) for country, claims in found.items()}

    def zone(self, country: str) -> ShippingZone | None:
        """The zone in which most of a country lies, or None when the shop does not deliver there."""
        claims = self._claims.get(country)
        return claims[-1][1] if claims else None

    def zone_at(self, destination: Destination) -> ShippingZone | None:
        """The zone of a destination; None when the shop does not deliver there, or too little is known of it."""
        claims = self._claims.get(destination.country, ())
        if self.missing(destination):
            return None
        return next((zone for area, zone in claims if area.covers(destination)), None)

    @property
    def parts(self) -> tuple[Area, ...]:
        """Everything that tells the parts of a country apart."""
        local = (rate.within for zone in self.zones for rate in zone.rates if rate.within)
        named = (part for zone in self.zones for part in (*zone.parts, *zone.excepted))
        return (*named, *local)

    def areas(self, country: str) -> tuple[Area, ...]:
        """A country as the zones see it: parts of it, or all of it."""
        return tuple(area for area, _ in self._claims.get(country, ()))

    def missing(self, destination: Destination) -> Ask:
        """What must still be said of a destination to tell its zone."""
        return missing(self.areas(destination.country), destination)

    def is_local(self, country: str) -> bool:
        """Whether a rate is offered at some postcodes of a country only."""
        zone = self.zone(country)
        return any(rate.within and rate.within.country == country for rate in (zone.rates if zone else ()))

    def reach(self, destination: Destination, rate_id: str) -> tuple[Area, ...]:
        """Where what is chosen for a destination may go all the same: in one of these areas; nowhere is not known."""
        zone, claims = self.zone_at(destination), self._claims.get(destination.country, ())
        rate = next((rate for rate in zone.rates if rate.id == rate_id), None) if zone else None
        if rate is None:
            return ()
        if rate.within:
            return (rate.within,)
        others = [area for area, other in claims if other is not zone and not area.whole]
        return tuple(less(area, others) if area.whole else area for area, other in claims if other is zone)


def choices(shipping: Shipping, destination: Destination, parcel: Parcel) -> tuple[ShippingChoice, ...]:
    """The ways to get a parcel somewhere, the cheapest first and what is collected last; empty when there is none."""
    return _chosen_from(_offered(shipping, destination, parcel), parcel)


def usual_choices(shipping: Shipping, country: str, parcel: Parcel) -> tuple[ShippingChoice, ...]:
    """The ways to get a parcel to most of a country, for pages that cannot ask where in it."""
    zone = shipping.zone(country)
    rates = (rate for rate in (zone.rates if zone else ()) if not rate.within and refusal(rate, parcel) is None)
    return _chosen_from(rates, parcel)


def missing_for_free(shipping: Shipping, destination: Destination, parcel: Parcel) -> int:
    """How much more would be sent free, in minor units; 0 when something is sent free already or nothing ever is."""
    rates = [rate for rate in _offered(shipping, destination, parcel) if not rate.pickup]
    if parcel.surcharge or any(price_of(rate, parcel) == 0 for rate in rates):
        return 0
    return min(
        (rate.free_over - parcel.goods(rate.free_over_counts) for rate in rates if rate.free_over is not None),
        default=0,
    )


def obstacle(zone: ShippingZone, destination: Destination, parcel: Parcel) -> Refusal | None:
    """Why a parcel can get to a destination in no way of its zone; None when it can."""
    if beyond := refused_by(limit_ends(zone.limits), parcel):
        return beyond
    return hurdle([rate for rate in zone.rates if rate.is_offered_at(destination)], parcel)


def hurdle(rates: Sequence[ShippingRate], parcel: Parcel) -> Refusal | None:
    """Why none of these rates takes a parcel, None when one does: what most of them refuse it for, and the most that
    any takes.
    """
    refusals = [refusal(rate, parcel) for rate in rates]
    found = [one for one in refusals if one]
    if not found or len(found) < len(refusals):
        return None
    (measure, _), *_ = Counter(one.measure for one in found).most_common(1)
    return max((one for one in found if one.measure is measure), key=lambda one: one.most)


def _offered(shipping: Shipping, destination: Destination, parcel: Parcel) -> Iterator[ShippingRate]:
    """The rates that take a parcel to a destination."""
    zone = shipping.zone_at(destination)
    if zone is None or refused_by(limit_ends(zone.limits), parcel):
        return
    for rate in zone.rates:
        if rate.is_offered_at(destination) and refusal(rate, parcel) is None:
            yield rate


def _chosen_from(rates: Iterable[ShippingRate], parcel: Parcel) -> tuple[ShippingChoice, ...]:
    return ranked([_choice(rate, parcel) for rate in rates])


def _choice(rate: ShippingRate, parcel: Parcel) -> ShippingChoice:
    return ShippingChoice(
        id=rate.id,
        name=rate.name,
        price=price_of(rate, parcel),
        days=rate.days,
        carrier_days=rate.carrier_days,
        surcharge=0 if rate.pickup else parcel.surcharge,
        pickup=rate.pickup,
    )


def ranked(choices: Iterable[ShippingChoice]) -> tuple[ShippingChoice, ...]:
    """Choices with the cheapest first and what is collected last, and marked. A single one needs no mark.

    The fastest is the one that arrives first even if all takes longest; without promises, the shortest on its way.
    """
    offered = sorted(choices, key=lambda choice: (choice.pickup is not None, choice.price))
    sent = [choice for choice in offered if not choice.pickup]
    if not sent[1:]:
        return tuple(offered)
    fastest = min(sent, key=_slowness)
    return tuple(
        replace(choice, cheapest=choice is sent[0], fastest=choice is fastest) if not choice.pickup else choice
        for choice in offered
    )


def _slowness(choice: ShippingChoice) -> tuple[str, int, int, int]:
    arrives = choice.promise.arrives_to if choice.promise else NEVER
    return arrives, choice.days.most, choice.days.least, choice.price
