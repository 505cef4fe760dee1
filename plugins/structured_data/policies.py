"""How goods come and go back: the shop's delivery and returns.

Told in full once, on the home page. An offer tells what holds in the one market it speaks of.
https://developers.google.com/search/docs/appearance/structured-data/shipping-policy and .../return-policy
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from functions.shop.area import Area, ends
from functions.shop.money import amount_text
from functions.shop.parcel import Measure
from functions.shop.promise import USUAL
from functions.shop.rate import Band, ShippingRate
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone
from functions.shop.working_days import Days
from plugins.structured_data.script import Json

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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


def shipping_details(name: str, country: str, rate: ShippingRate, price: int, handling: Days, currency: str) -> Json:
    """What it costs to send something to a country, and how long it takes."""
    return {
        "@type": "OfferShippingDetails",
        "@id": name,
        "shippingRate": _money(price, currency),
        "shippingDestination": _region([country]),
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": _days(handling),
            "transitTime": _days(rate.days),
        },
    }


def shipping_services(settings: Settings) -> list[Json]:
    """Every way the shop sends parcels, zone by zone, as far as what it costs can be told in these words."""
    return [
        {
            "@type": "ShippingService",
            "name": rate.name,
            "fulfillmentType": "https://schema.org/FulfillmentTypeDelivery",
            "handlingTime": _handling(settings),
            "shippingConditions": list(_conditions(rate, zone, settings.currency)),
        }
        for zone in settings.shipping.zones
        for rate in zone.rates
        if not rate.pickup and not rate.per_item and rate.by in _TOLD
    ]


def _handling(settings: Settings) -> Json:
    """How long until a parcel leaves, on which days the shop packs, and until when an order counts from today.

    That time needs an offset from UTC, which summer time changes; the greater one of the year is never too late.
    """
    told = _period(settings.shipping.handling, settings.dispatch.packing_days)
    if settings.holidays is None or settings.dispatch.cut_off == USUAL.cut_off:
        return told
    hour, minute = map(int, settings.dispatch.cut_off.split(":"))
    year, zone = int(settings.holidays.until[:4]), ZoneInfo(settings.time_zone)
    moments = (datetime(year, month, 1, hour, minute, tzinfo=zone) for month in (1, 7))
    cut_off = max(moments, key=lambda moment: moment.utcoffset() or timedelta())
    return told | {"cutoffTime": cut_off.isoformat().partition("T")[2]}


def _conditions(rate: ShippingRate, zone: ShippingZone, currency: str) -> Iterator[Json]:
    """What the rate costs, and from which value of goods on it costs nothing."""
    always = {
        "@type": "ShippingConditions",
        "shippingDestination": _destinations(rate, zone),
        "transitTime": _period(rate.days, rate.carrier_days),
    }
    for price, bounds in _prices(rate, currency):
        yield always | bounds | {"shippingRate": _money(price, currency)}
    if rate.free_over is not None and rate.least:
        least = {"@type": "MonetaryAmount", "minValue": amount_text(rate.free_over, currency), "currency": currency}
        yield always | {"orderValue": least, "shippingRate": _money(0, currency)}


def _prices(rate: ShippingRate, currency: str) -> Iterator[tuple[int, Json]]:
    """Each price of a rate, and the weights, values or numbers of pieces that it is for."""
    above = 0
    for band in rate.bands or (Band(rate.price),):
        ends = {"minValue": above} | ({} if band.up_to is None else {"maxValue": band.up_to})
        yield band.price, _bounds(rate.by, ends, currency) if rate.by else {}
        above = (band.up_to or 0) + 1


def _bounds(by: Measure, ends: dict[str, int], currency: str) -> Json:
    if by is Measure.SUBTOTAL:
        amounts = {name: amount_text(end, currency) for name, end in ends.items()}
        return {"orderValue": {"@type": "MonetaryAmount", **amounts, "currency": currency}}
    if by is Measure.COUNT:
        return {"numItems": {"@type": "QuantitativeValue", **ends}}
    return {"weight": {"@type": "QuantitativeValue", **ends, "unitCode": "GRM"}}


_TOLD = frozenset({None, Measure.WEIGHT, Measure.SUBTOTAL, Measure.COUNT})


def _destinations(rate: ShippingRate, zone: ShippingZone) -> Json | list[Json]:
    """Where a rate is offered."""
    if rate.within:
        return _part(rate.within)
    whole = [_region(zone.countries)] if zone.countries else []
    found = [*whole, *map(_part, zone.parts)]
    return found[0] if len(found) == 1 else found


def _part(area: Area) -> Json:
    told: Json = _region([area.country])
    if area.regions:
        return told | {"addressRegion": list(area.regions)}
    spans = [ends(span) for span in area.postcodes]
    ranges = [
        {"@type": "PostalCodeRangeSpecification", "postalCodeBegin": first, "postalCodeEnd": last}
        for first, last in spans
        if first != last
    ]
    prefixes = [first for first, last in spans if first == last]
    return told | {
        name: found for name, found in (("postalCodePrefix", prefixes), ("postalCodeRange", ranges)) if found
    }


def _money(amount: int, currency: str) -> Json:
    return {"@type": "MonetaryAmount", "value": amount_text(amount, currency), "currency": currency}


def _region(countries: Iterable[str]) -> Json:
    codes = list(countries)
    return {"@type": "DefinedRegion", "addressCountry": codes[0] if len(codes) == 1 else codes}


def _period(days: Days, weekdays: Iterable[int]) -> Json:
    on = [f"https://schema.org/{WEEK[day]}" for day in weekdays]
    return {"@type": "ServicePeriod", "duration": _days(days), "businessDays": on}


def _days(days: Days) -> Json:
    return {"@type": "QuantitativeValue", "minValue": days.least, "maxValue": days.most, "unitCode": "DAY"}
