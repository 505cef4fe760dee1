"""Shipping: which zone a destination lies in, and what its rates cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Days:
    """Working days, from the least to the most."""

    least: int
    most: int

    def __add__(self, other: "Days") -> "Days":
        return Days(self.least + other.least, self.most + other.most)

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class ShippingRate:
    """One way to send a parcel: a flat price in minor units with tax, free from `free_over` of goods on."""

    id: str
    name: str
    price: int
    days: Days
    free_over: int | None = None


@dataclass(frozen=True, slots=True)
class ShippingZone:
    """Countries (ISO 3166 codes) that share their rates."""

    name: str
    countries: tuple[str, ...]
    rates: tuple[ShippingRate, ...]


@dataclass(frozen=True, slots=True)
class ShippingChoice:
    """A rate as offered for one cart: its price now, and the working days until it arrives, handling included."""

    id: str
    name: str
    price: int
    days: Days


@dataclass(frozen=True, slots=True)
class Shipping:
    """The shop's zones, the main market first; `handling` is the working days until a parcel leaves."""

    handling: Days
    zones: tuple[ShippingZone, ...]

    @property
    def main_country(self) -> str:
        """Where most parcels go; the destination that is assumed until a shopper says otherwise."""
        return self.zones[0].countries[0]

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country the shop delivers to, zone by zone."""
        return tuple(country for zone in self.zones for country in zone.countries)

    def zone(self, country: str) -> ShippingZone | None:
        """The zone of a country, or None when the shop does not deliver there."""
        return next((zone for zone in self.zones if country in zone.countries), None)


def choices(shipping: Shipping, country: str, subtotal: int) -> tuple[ShippingChoice, ...]:
    """What can be chosen for goods worth `subtotal`, cheapest first; empty when the shop does not deliver there."""
    zone = shipping.zone(country)
    rates = zone.rates if zone else ()
    offered = [
        ShippingChoice(rate.id, rate.name, price_of(rate, subtotal), shipping.handling + rate.days) for rate in rates
    ]
    return tuple(sorted(offered, key=lambda choice: choice.price))


def price_of(rate: ShippingRate, subtotal: int) -> int:
    """The rate's price for goods worth `subtotal`: nothing once the goods reach `free_over`."""
    return 0 if rate.free_over is not None and subtotal >= rate.free_over else rate.price


def missing_for_free(shipping: Shipping, country: str, subtotal: int) -> int:
    """How much more would ship free, in minor units; 0 when something ships free already or nothing ever does."""
    zone = shipping.zone(country)
    rates = zone.rates if zone else ()
    if any(price_of(rate, subtotal) == 0 for rate in rates):
        return 0
    return min((rate.free_over - subtotal for rate in rates if rate.free_over is not None), default=0)
