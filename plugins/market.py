"""The market that an offer speaks of where only one can be named: the shop's main one, if a thing is sent there."""

from functions.shop.catalogue import Variant
from functions.shop.parcel import Parcel, stacked
from functions.shop.rate import ShippingRate, price_of, refusal
from functions.shop.shipping import Shipping
from plugins.once import remembered


def market(variant: Variant, shipping: Shipping) -> str:
    """The country (ISO 3166 code) whose delivery is told; empty for files and for what is sent nowhere."""
    if variant.digital:
        return ""
    if not variant.ships_to:
        return shipping.main_country
    return next((country for country in shipping.countries if country in variant.ships_to), "")


def alone(variant: Variant, packing: int) -> Parcel:
    """One piece, packed. `packing` is what the wrapping weighs, in grams."""
    return _parcel(variant.weight + packing, variant.price, variant.size, variant.surcharge)


@remembered
def _parcel(weight: int, price: int, size: tuple[int, ...], surcharge: int) -> Parcel:
    length, girth = stacked([(size, 1)])
    return Parcel(weight, 1, price, price, length, girth, surcharge)


def offered(shipping: Shipping, country: str, parcel: Parcel) -> list[tuple[ShippingRate, int]]:
    """Every way to have a parcel sent anywhere in most of a country, and what it costs."""
    zone = shipping.zone(country)
    sent = [rate for rate in (zone.rates if zone else ()) if not rate.pickup and not rate.within]
    return [(rate, price_of(rate, parcel)) for rate in sent if refusal(rate, parcel) is None]


def cheapest(shipping: Shipping, country: str, parcel: Parcel) -> tuple[ShippingRate, int] | None:
    """The cheapest way to send a parcel to a country, and what it costs; None where it is not sent."""
    return min(offered(shipping, country, parcel), key=lambda found: found[1], default=None)
