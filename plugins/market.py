"""The market that an offer speaks of where only one can be named: the shop's main one, if a thing is sent there."""

from functions.shop.catalogue import Variant
from functions.shop.shipping import Shipping, ShippingRate, price_of


def market(variant: Variant, shipping: Shipping) -> str:
    """The country (ISO 3166 code) whose delivery is told; empty for files and for what is sent nowhere."""
    if variant.digital:
        return ""
    if not variant.ships_to:
        return shipping.main_country
    return next((country for country in shipping.countries if country in variant.ships_to), "")


def cheapest(shipping: Shipping, country: str, price: int) -> tuple[ShippingRate, int] | None:
    """The cheapest way to send goods worth `price` to a country, and what it costs; None where nothing is sent."""
    zone = shipping.zone(country)
    rates = [(rate, price_of(rate, price)) for rate in zone.rates] if zone else []
    return min(rates, key=lambda found: found[1], default=None)
