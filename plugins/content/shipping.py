"""shipping.yaml: the zones, their rates, and how long a parcel takes."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from functions.shop.area import Area, Ask, clash
from functions.shop.promise import Dispatch
from functions.shop.rate import Limits
from functions.shop.shipping import Shipping, ShippingZone
from plugins.content.area import AreaFields, asked_by, report_area
from plugins.content.country import country
from plugins.content.dispatch import DispatchFields, dispatch
from plugins.content.fault import Position, Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record
from plugins.content.folder import table_of
from plugins.content.rate import RateFields, days, rate_of, report_rate
from plugins.content.size import length
from plugins.content.values import line, weight

MAX_RATES = 5
"""Stripe's payment page offers no more: https://docs.stripe.com/api/checkout/sessions/create (shipping_options)."""
_A_PART = 'a list, each with country: and postcodes:, like {country: ES, postcodes: ["35", "38"]}'


class ZoneFields(Record):
    """Countries, and parts of countries, that share their rates."""

    name = needed(line, "write name: as you call the zone")
    countries = optional(items(country, "[IE]"), ())
    parts = optional(items(record(AreaFields), _A_PART), ())
    except_ = optional(items(record(AreaFields), _A_PART), ())
    max_weight = perhaps(weight)
    max_length = perhaps(length)
    max_girth = perhaps(length)
    rates = needed(items(record(RateFields), "a list, each with id:, name:, price: and days:"), "list its rates")

    @property
    def codes(self) -> list[str]:
        """Every country that it names or names a part of."""
        return sorted({*self.countries, *(part.country for part in self.parts if part.has("country"))})

    @property
    def places(self) -> Iterator[tuple[AreaFields, Area]]:
        """Every part of a country that it names, where nothing is wrong with it."""
        for fields in (*self.parts, *self.except_):
            if not fields.faulty and fields.has("country"):
                yield fields, fields.area


class ShippingFields(DispatchFields):
    """Everything that may stand in shipping.yaml."""

    handling = needed(days, "write handling: and the working days until a parcel leaves, like 1-2")
    packing_weight = optional(weight, 0)
    zones = needed(
        items(record(ZoneFields), "a list, each with name:, countries: and rates:"), "write zones: and list them below"
    )


class ShippingSource(NamedTuple):
    """The shipping of shipping.yaml, when the shop packs, and where in it each rate stands, by its id."""

    shipping: Shipping
    rates: dict[str, Position]
    dispatch: Dispatch


def read_shipping(report: Report) -> ShippingSource | None:
    """The shipping of shipping.yaml; None when it has a fault."""
    table, faults = table_of(report), len(report.faults)
    if table is None:
        return None
    fields = ShippingFields(table, report)
    for zone in fields.zones or ():
        _report_zone(zone)
    _report_countries(fields)
    _report_parts(fields)
    _report_ids(fields)
    return _source(fields) if len(report.faults) == faults else None


def _source(fields: ShippingFields) -> ShippingSource:
    regions = {code: name for zone in fields.zones for part in zone.parts for code, name in part.names.items()}
    regions |= {code: name for zone in fields.zones for part in zone.except_ for code, name in part.names.items()}
    shipping = Shipping(fields.handling, tuple(map(_zone, fields.zones)), fields.packing_weight, regions)
    rates = {rate.id: rate.at for zone in fields.zones for rate in zone.rates}
    return ShippingSource(shipping, rates, dispatch(fields))


def _zone(zone: ZoneFields) -> ShippingZone:
    first = next(iter(zone.countries), "") or zone.parts[0].country
    return ShippingZone(
        name=zone.name,
        countries=zone.countries,
        rates=tuple(rate_of(rate, first) for rate in zone.rates),
        parts=tuple(part.area for part in zone.parts),
        excepted=tuple(part.area for part in zone.except_),
        limits=Limits(zone.max_weight, zone.max_length, zone.max_girth),
    )


def _report_zone(zone: ZoneFields) -> None:
    """Report what is wrong within one zone."""
    if "countries" not in zone.entries and "parts" not in zone.entries:
        zone.wrong("countries", "is missing; write countries: and their codes, like [IE], or parts: of countries")
    for part in (*zone.parts, *zone.except_):
        report_area(part)
    for part in zone.except_:
        if zone.has("countries") and part.has("country") and part.country not in zone.countries:
            sentence = f"{part.country} is not among the zone's countries; nothing needs to be taken out of it"
            part.wrong("country", sentence)
    if len(zone.rates or ()) > MAX_RATES:
        zone.wrong("rates", f"are {len(zone.rates)}, but a payment page shows {MAX_RATES} at most; take some out")
    for rate in zone.rates or ():
        report_rate(rate)
        _report_local(rate, zone)


def _report_local(rate: RateFields, zone: ZoneFields) -> None:
    if rate.has("postcodes") and len(zone.codes) > 1:
        sentence = f"could be of any of its zone's countries ({', '.join(zone.codes)}); give the rate a zone of its own"
        rate.wrong("postcodes", sentence)


def _report_countries(fields: ShippingFields) -> None:
    seen: dict[str, str] = {}
    for zone in fields.zones or ():
        for named in zone.references("countries"):
            code = named.name
            if code in seen:
                sentence = f"{code} is already in {seen[code]}; let it stand in one zone only"
                zone.report.of("countries").wrong(named, sentence)
            seen.setdefault(code, f"the zone {zone.name!r}" if zone.name else "another zone")


def _report_parts(fields: ShippingFields) -> None:
    """Report parts that two zones claim, and countries that are told apart now by postcodes, now by regions."""
    parts = [(zone, part) for zone in fields.zones or () for part in zone.parts if part.has("country")]
    for (zone, one), (_, other) in combinations(parts, 2):
        if not (one.faulty or other.faulty) and (claimed := clash(one.area, other.area)):
            sentence = f"{claimed} of {other.country} is already in the zone {zone.name!r}, line {one.at.line}"
            name = "postcodes" if other.postcodes else "regions"
            other.wrong(name, f"{sentence}; let it stand in one zone only")
    _report_two_ways(fields)


def _report_two_ways(fields: ShippingFields) -> None:
    """Report countries that are told apart now by postcodes, now by regions: shoppers are asked for one of the two."""
    asked: dict[str, tuple[Ask, int]] = {}
    for zone in fields.zones or ():
        for part, area in zone.places:
            ask, at = asked.setdefault(area.country, (asked_by(area), part.at.line))
            if asked_by(area) is not ask:
                sentence = f"is told apart by {ask.value}s in line {at}; name this part by its {ask.value}s too"
                part.wrong("country", f"{area.country} {sentence}")
    for zone in fields.zones or ():
        for rate in zone.rates or ():
            code = next((code for code in zone.codes if asked.get(code, (Ask.NOTHING, 0))[0] is Ask.REGION), "")
            if code and rate.has("postcodes"):
                sentence = f"are asked of nobody: {code} is told apart by regions in line {asked[code][1]}; delete them"
                rate.wrong("postcodes", sentence)


def _report_ids(fields: ShippingFields) -> None:
    seen: dict[str, int] = {}
    rates = (rate for zone in fields.zones or () for rate in zone.rates or ())
    for rate in (rate for rate in rates if rate.has("id")):
        if rate.id in seen:
            rate.wrong("id", f"{rate.id!r} is already the id of the rate in line {seen[rate.id]}; choose another")
        seen.setdefault(rate.id, rate.place("id").line)
