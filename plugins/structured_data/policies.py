"""How goods come and go back: the shop's delivery and returns.

Told in full once, on the home page. An offer tells what holds in the one market it speaks of.
https://developers.google.com/search/docs/appearance/structured-data/shipping-policy and .../return-policy
"""

from collections.abc import Iterable, Iterator, Sequence

from functions.shop.money import amount_text
from functions.shop.settings import Settings
from functions.shop.shipping import Days, ShippingRate
from plugins.structured_data.script import Json

MOST_COUNTRIES = 50  # that Google reads in one return policy


def returns_id(url: str) -> str:
    """The name under which every page speaks of the shop's return policy."""
    return f"{url}/#returns"


def return_policy(settings: Settings, countries: Sequence[str], url: str) -> Json:
    """How long something can be sent back from these countries, and who pays for it."""
    fees = "FreeReturn" if settings.returns.free else "ReturnFeesCustomerResponsibility"
    return {
        "@type": "MerchantReturnPolicy",
        "@id": returns_id(url),
        "applicableCountry": list(countries[:MOST_COUNTRIES]),
        "returnPolicyCountry": settings.address.country,
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": settings.returns.days,
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": f"https://schema.org/{fees}",
    }


def shipping_details(name: str, country: str, rate: ShippingRate, price: int, settings: Settings) -> Json:
    """What it costs to send something to a country, and how long it takes."""
    return {
        "@type": "OfferShippingDetails",
        "@id": name,
        "shippingRate": _money(price, settings.currency),
        "shippingDestination": _region([country]),
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": _days(settings.shipping.handling),
            "transitTime": _days(rate.days),
        },
    }


def shipping_services(settings: Settings) -> list[Json]:
    """Every way the shop sends parcels, zone by zone."""
    return [
        {
            "@type": "ShippingService",
            "name": rate.name,
            "fulfillmentType": "https://schema.org/FulfillmentTypeDelivery",
            "handlingTime": {"@type": "ServicePeriod", "duration": _days(settings.shipping.handling)},
            "shippingConditions": list(_conditions(rate, zone.countries, settings.currency)),
        }
        for zone in settings.shipping.zones
        for rate in zone.rates
    ]


def _conditions(rate: ShippingRate, countries: Iterable[str], currency: str) -> Iterator[Json]:
    """What the rate costs, and from which value of goods on it costs nothing."""
    always = {
        "@type": "ShippingConditions",
        "shippingDestination": _region(countries),
        "transitTime": {"@type": "ServicePeriod", "duration": _days(rate.days)},
    }
    yield always | {"shippingRate": _money(rate.price, currency)}
    if rate.free_over is not None and rate.price:
        least = {"@type": "MonetaryAmount", "minValue": amount_text(rate.free_over, currency), "currency": currency}
        yield always | {"orderValue": least, "shippingRate": _money(0, currency)}


def _money(amount: int, currency: str) -> Json:
    return {"@type": "MonetaryAmount", "value": amount_text(amount, currency), "currency": currency}


def _region(countries: Iterable[str]) -> Json:
    codes = list(countries)
    return {"@type": "DefinedRegion", "addressCountry": codes[0] if len(codes) == 1 else codes}


def _days(days: Days) -> Json:
    return {"@type": "QuantitativeValue", "minValue": days.least, "maxValue": days.most, "unitCode": "DAY"}
