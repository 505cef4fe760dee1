"""shipping.yaml: the zones, their rates, and how long a parcel takes."""

import re

from functions.shop.shipping import Days, Shipping, ShippingRate, ShippingZone
from plugins.content.country import country
from plugins.content.fault import Report
from plugins.content.fields import Record, items, needed, perhaps, record
from plugins.content.folder import table_of
from plugins.content.shape import accepts, text_like
from plugins.content.values import amount, line
from plugins.content.yaml_nodes import Node

MAX_RATES = 5
"""Stripe's payment page offers no more: https://docs.stripe.com/api/checkout/sessions/create (shipping_options)."""
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


class RateFields(Record):
    """One way to send a parcel."""

    id = needed(rate_id, "write id: and a short name that no other rate has, like ie-standard")
    name = needed(line, "write name: as shoppers shall read it")
    price = needed(amount, "write price: and an amount, like 4.50 (0 when it is free)")
    free_over = perhaps(amount)
    days = needed(days, "write days: and the working days it takes, like 1-3")


class ZoneFields(Record):
    """Countries that share their rates."""

    name = needed(line, "write name: as you call the zone")
    countries = needed(items(country, "[IE]"), "write countries: and their codes, like [IE]")
    rates = needed(items(record(RateFields), "a list, each with id:, name:, price: and days:"), "list its rates")


class ShippingFields(Record):
    """Everything that may stand in shipping.yaml."""

    handling = needed(days, "write handling: and the working days until a parcel leaves, like 1-2")
    zones = needed(
        items(record(ZoneFields), "a list, each with name:, countries: and rates:"), "write zones: and list them below"
    )


def read_shipping(report: Report) -> Shipping | None:
    """The shipping of shipping.yaml; None when it has a fault."""
    table, faults = table_of(report), len(report.faults)
    if table is None:
        return None
    fields = ShippingFields(table, report)
    for zone in fields.zones or ():
        _report_many_rates(zone)
    _report_countries(fields)
    _report_ids(fields)
    if len(report.faults) > faults:
        return None
    return Shipping(fields.handling, tuple(_zone(zone) for zone in fields.zones))


def _zone(zone: ZoneFields) -> ShippingZone:
    rates = (ShippingRate(rate.id, rate.name, rate.price, rate.days, rate.free_over) for rate in zone.rates)
    return ShippingZone(zone.name, zone.countries, tuple(rates))


def _report_many_rates(zone: ZoneFields) -> None:
    if len(zone.rates or ()) > MAX_RATES:
        zone.wrong("rates", f"are {len(zone.rates)}, but a payment page shows {MAX_RATES} at most; take some out")


def _report_countries(fields: ShippingFields) -> None:
    seen: dict[str, str] = {}
    for zone in fields.zones or ():
        for named in zone.references("countries"):
            code = named.name
            if code in seen:
                sentence = f"{code} is already in {seen[code]}; let it stand in one zone only"
                zone.report.of("countries").wrong(named, sentence)
            seen.setdefault(code, f"the zone {zone.name!r}" if zone.name else "another zone")


def _report_ids(fields: ShippingFields) -> None:
    seen: dict[str, int] = {}
    rates = (rate for zone in fields.zones or () for rate in zone.rates or ())
    for rate in (rate for rate in rates if rate.has("id")):
        if rate.id in seen:
            rate.wrong("id", f"{rate.id!r} is already the id of the rate in line {seen[rate.id]}; choose another")
        seen.setdefault(rate.id, rate.place("id").line)
