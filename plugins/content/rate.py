"""The rates of a shipping zone: their fields, and what cannot stand together in one."""

import re
from itertools import pairwise

from functions.shop.area import Area
from functions.shop.parcel import Counts, Measure
from functions.shop.rate import MONDAY_TO_FRIDAY, Band, Limits, Pickup, ShippingRate
from functions.shop.working_days import Days
from plugins.content.area import beginning
from plugins.content.dispatch import weekdays
from plugins.content.fault import Report
from plugins.content.fields import Reader, Record, items, needed, optional, perhaps, record
from plugins.content.shape import accepts, text_like
from plugins.content.size import length
from plugins.content.values import amount, choice, line, line_up_to, number, weight
from plugins.content.yaml_nodes import Node

MOST_PIECES = 999_999
LONGEST_NAME = 100  # characters; Stripe shows no longer one: https://docs.stripe.com/api/shipping_rates/create
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAYS = re.compile(r"(\d{1,3})(?: ?[-–] ?(\d{1,3}))?", re.ASCII)


@accepts(text_like(_DAYS.pattern, "1-3", "2"))
def days(node: Node, report: Report) -> Days | None:
    """A reader of working days such as `1-3` or `2`."""
    written = line(node, report)
    if written is None:
        return None
    match = _DAYS.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no number of working days; write it like 1-3 or 2")
    least, most = int(match[1]), int(match[2] or match[1])
    if least > most:
        return report.wrong(node, f"{written!r} goes from more to fewer days; write {most}-{least}")
    return Days(least, most)


@accepts(text_like(_ID.pattern, "ie-standard") | {"type": "string"})
def rate_id(node: Node, report: Report) -> str | None:
    """A reader of a rate's id, which stays in orders for ever."""
    written = line(node, report)
    if written is None or _ID.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no id; use small letters, digits and hyphens, like ie-standard")


class BandFields(Record):
    """One price of several."""

    up_to: int | None
    price = needed(amount, "write price: and an amount, like 4.50 (0 when it is free)")


class WeightBand(BandFields):
    """A price up to a weight."""

    up_to = perhaps(weight)


class AmountBand(BandFields):
    """A price up to a value of the goods."""

    up_to = perhaps(amount)


class CountBand(BandFields):
    """A price up to a number of pieces."""

    up_to = perhaps(number(1, MOST_PIECES))


class LengthBand(BandFields):
    """A price up to a length."""

    up_to = perhaps(length)


class PickupFields(Record):
    """Where something can be collected."""

    address = needed(line, "write address: and where it is, in one line")
    hours = needed(line, "write hours: and when somebody is there, like Mon–Fri 9:00–17:00")


def _bands(kind: type[BandFields], end: str) -> Reader[tuple[BandFields, ...]]:
    return items(record(kind), f'[{{up_to: {end}, price: "4.50"}}, {{price: "9.00"}}]')


class RateFields(Record):
    """One way to send a parcel, or to collect it."""

    id = needed(rate_id, "write id: and a short name that no other rate has, like ie-standard")
    name = needed(line_up_to(LONGEST_NAME), "write name: as shoppers shall read it")
    price = perhaps(amount)
    per_item = optional(amount, 0)
    by_weight = optional(_bands(WeightBand, "2 kg"), ())
    by_subtotal = optional(_bands(AmountBand, '"50.00"'), ())
    by_count = optional(_bands(CountBand, "5"), ())
    by_length = optional(_bands(LengthBand, "60 cm"), ())
    by_girth = optional(_bands(LengthBand, "120 cm"), ())
    free_over = perhaps(amount)
    free_over_counts = optional(choice(Counts), Counts.AFTER_DISCOUNTS)
    max_weight = perhaps(weight)
    max_length = perhaps(length)
    max_girth = perhaps(length)
    postcodes = optional(items(beginning, '["F26", "F28"]'), ())
    pickup = perhaps(record(PickupFields))
    carrier_days = optional(weekdays, MONDAY_TO_FRIDAY)
    days = needed(days, "write days: and the working days it takes, like 1-3")

    @property
    def bands(self) -> dict[Measure, tuple[BandFields, ...]]:
        """Its bands by what they count; one kind at most, when it has no fault."""
        return {by: found for by in Measure if (found := self.__dict__[f"by_{by.value}"])}


def report_rate(rate: RateFields) -> None:
    """Report what cannot stand together in a rate, and bands that leave a parcel without a price or with two."""
    prices = [name for name in ("price", *_BANDS) if name in rate.entries]
    if not prices and "per_item" not in rate.entries:
        rate.wrong("price", "is missing; write price: and an amount, like 4.50 (0 when it is free)")
    for name in prices[1:]:
        rate.wrong_name(name, f"stands beside {prices[0]}; keep one of the two")
    if "free_over_counts" in rate.entries and not {"free_over", "by_subtotal"} & rate.entries.keys():
        rate.wrong_name("free_over_counts", "says nothing without free_over; write that too, or delete this line")
    for name in _BANDS:
        if rate.has(name):
            _report_bands(rate.__dict__[name])


_BANDS = tuple(f"by_{measure.value}" for measure in Measure)


def _report_bands(bands: tuple[BandFields, ...]) -> None:
    for band, following in pairwise(bands):
        if band.up_to is None:
            band.wrong(
                "up_to", "is missing, so nothing is left for the bands below; write it, or let this one stand last"
            )
        elif following.up_to is not None and following.up_to <= band.up_to:
            sentence = "is not above that of the band before, so no parcel gets this price; let the bands rise"
            following.wrong("up_to", sentence)


def rate_of(rate: RateFields, country: str) -> ShippingRate:
    """The rate of fields that have no fault, in a zone that begins with a country."""
    by, bands = next(iter(rate.bands.items()), (None, ()))
    return ShippingRate(
        id=rate.id,
        name=rate.name,
        price=rate.price or 0,
        days=rate.days,
        free_over=rate.free_over,
        free_over_counts=rate.free_over_counts,
        per_item=rate.per_item,
        by=by,
        bands=tuple(Band(band.price, band.up_to) for band in bands),
        limits=Limits(rate.max_weight, rate.max_length, rate.max_girth),
        within=Area(country, postcodes=rate.postcodes) if rate.postcodes else None,
        pickup=Pickup(rate.pickup.address, rate.pickup.hours) if rate.pickup else None,
        carrier_days=rate.carrier_days,
    )
