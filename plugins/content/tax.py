"""tax.yaml: what tax is called, which rates hold where, and whether prices contain it."""

import re
from collections.abc import Iterator
from enum import StrEnum

from functions.shop.area import Area
from functions.shop.destination import Destination
from functions.shop.shipping import Shipping
from functions.shop.tax import EU, STANDARD, Service, Tax, TaxZone
from plugins.content.area import AreaFields, asked_by, report_area
from plugins.content.country import country
from plugins.content.eu_vat import eu_zones, eu_zones_at_home
from plugins.content.fault import Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record, table
from plugins.content.folder import table_of
from plugins.content.shape import accepts, text_like
from plugins.content.values import choice, line, yes_or_no
from plugins.content.yaml_nodes import Node

_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))? ?%?", re.ASCII)
_WHOLE = 100_00
_A_PART = 'a list, each with country: and postcodes:, like {country: ES, postcodes: ["35", "38"]}'
_OF_STRIPE = "says nothing where Stripe works the tax out; delete this line"
_OF_ZONES = "says nothing beside rate:, which holds everywhere; list zones: instead of it, or delete this line"


class Prices(StrEnum):
    """Whether prices contain the tax, or it comes on top."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


class Start(StrEnum):
    """Rates to start with: of each country, or of the shop's own while it sells little to the others."""

    EU = "EU"
    AT_HOME = "EU at home rates"


class Exports(StrEnum):
    """What happens to a price that contains tax where no tax is due."""

    SAME_PRICE = "same price"
    LESS_TAX = "less tax"


@accepts(text_like(_PERCENT.pattern, "23", "13.5") | {"minimum": 0, "maximum": 100})
def percent(node: Node, report: Report) -> int | None:
    """A reader of rates such as `23` or `13.5`, in hundredths of a percent."""
    written = line(node, report)
    match = _PERCENT.fullmatch(written or "")
    rate = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None
    if written is not None and (rate is None or rate > _WHOLE):
        return report.wrong(node, f"{written!r} is no rate from 0 to 100 percent; write it like 23 or 13.5")
    return rate


class TaxZoneFields(Record):
    """Countries, and parts of countries, in which the same rates hold."""

    name = needed(line, "write name: as you call the zone")
    countries = optional(items(country, "[IE]"), ())
    parts = optional(items(record(AreaFields), _A_PART), ())
    rates = optional(table(percent, "{standard: 23, reduced: 13.5}"), {})
    exempt = optional(yes_or_no, blank=False)

    @property
    def part_areas(self) -> tuple[Area, ...]:
        """Its parts of countries, in fields that have no fault."""
        return tuple(part.area for part in self.parts)

    @property
    def country_areas(self) -> tuple[Area, ...]:
        """Its whole countries."""
        return tuple(map(Area, self.countries))


class TaxFields(Record):
    """Everything that may stand in tax.yaml."""

    name = needed(line, "write name: and what the tax is called, like VAT")
    prices = needed(choice(Prices), "write prices: inclusive")
    rate = perhaps(percent)
    zones = optional(items(record(TaxZoneFields), "a list, each with name:, countries: and rates:"), ())
    start_ = perhaps(choice(Start))
    exports = perhaps(choice(Exports))
    reverse_charge = optional(yes_or_no, blank=False)
    service = optional(choice(Service), Service.OWN)
    codes = optional(table(line, "{standard: txcd_99999999}"), {})


def read_tax(report: Report, home: str, shipping: Shipping | None) -> Tax | None:
    """The tax of tax.yaml; None when it has a fault, or cannot be understood because it is not known where the shop is.

    `home` is the shop's country, empty while its file has faults, and so `shipping` is none.
    """
    table, faults = table_of(report), len(report.faults)
    if table is None:
        return None
    fields = TaxFields(table, report)
    _report_one_way(fields)
    _report_settings(fields, home)
    _report_zones(fields)
    if len(report.faults) > faults or not home:
        return None
    zones = tuple(_zones(fields, home))
    _report_gaps(fields, zones, home, shipping.countries if shipping else ())
    _report_two_ways(fields, zones, shipping)
    return _tax(fields, zones, home) if len(report.faults) == faults else None


def _tax(fields: TaxFields, zones: tuple[TaxZone, ...], home: str) -> Tax:
    here = next((zone for zone in zones if zone.covers(Destination(home))), None)
    return Tax(
        name=fields.name,
        rate=here.rates[STANDARD] if here else fields.rate or 0,
        zones=zones,
        inclusive=fields.prices is Prices.INCLUSIVE,
        home=home,
        exports_keep_price=fields.exports is not Exports.LESS_TAX,
        reverse_charge=fields.reverse_charge,
        service=fields.service,
        codes=fields.codes,
        regions={code: name for zone in fields.zones for part in zone.parts for code, name in part.names.items()},
    )


def _zones(fields: TaxFields, home: str) -> Iterator[TaxZone]:
    """The owner's own zones, parts before whole countries; those to start with; and all the rest of the world."""
    yield from (TaxZone(zone.name, zone.rates, areas) for zone in fields.zones if (areas := zone.part_areas))
    yield from (TaxZone(zone.name, zone.rates, areas) for zone in fields.zones if (areas := zone.country_areas))
    if fields.start_:
        yield from eu_zones() if fields.start_ is Start.EU else eu_zones_at_home(home)
    if fields.exports:
        yield TaxZone("Exports")


def _report_one_way(fields: TaxFields) -> None:
    """Report what cannot stand together: one rate everywhere, zones, or Stripe."""
    zoned, written = fields.entries.keys() & {"zones", "start"}, fields.entries
    if fields.service is Service.STRIPE:
        for name in written.keys() & {"zones", "start", "exports", "reverse_charge"}:
            fields.wrong_name(name, _OF_STRIPE)
    elif "rate" in written and zoned:
        fields.wrong_name("rate", f"stands beside {min(zoned)}:, which has its own rates; delete one of the two")
    elif "rate" in written:
        for name in written.keys() & {"exports", "reverse_charge"}:
            fields.wrong_name(name, _OF_ZONES)
    if "rate" not in written and (not zoned or fields.service is Service.STRIPE):
        fields.wrong("rate", "is missing; write rate: and the percentage, like 23")


def _report_settings(fields: TaxFields, home: str) -> None:
    if fields.codes and fields.service is not Service.STRIPE:
        fields.wrong_name("codes", "are for service: stripe, which is not set; delete this line")
    if fields.exports is Exports.LESS_TAX and fields.prices is Prices.EXCLUSIVE:
        fields.wrong("exports", "cannot be less tax while prices are exclusive and contain none; write same price")
    if not home or home in EU:
        return
    if fields.reverse_charge:
        fields.wrong_name("reverse_charge", f"is for shops in the EU, and yours is in {home}; delete this line")
    if fields.start_ is Start.AT_HOME:
        fields.wrong("start", f"is for shops in the EU, and yours is in {home}; write EU, or list zones:")


def _report_zones(fields: TaxFields) -> None:
    seen: dict[str, str] = {}
    for zone in fields.zones or ():
        _report_zone(zone)
        for named in zone.references("countries"):
            if named.name in seen:
                sentence = f"{named.name} is already in {seen[named.name]}; let it stand in one zone only"
                zone.report.of("countries").wrong(named, sentence)
            seen.setdefault(named.name, f"the zone {zone.name!r}" if zone.name else "another zone")


def _report_zone(zone: TaxZoneFields) -> None:
    for part in zone.parts:
        report_area(part)
    if "countries" not in zone.entries and "parts" not in zone.entries:
        zone.wrong("countries", "is missing; write countries: and their codes, like [IE]")
    if "rates" not in zone.entries and not zone.exempt:
        zone.wrong("rates", "is missing; write rates: {standard: 23}, or exempt: yes where no tax is due")
    elif zone.exempt and "rates" in zone.entries:
        zone.wrong_name("exempt", "stands beside rates; delete one of the two")
    elif zone.has("rates") and STANDARD not in zone.rates:
        zone.wrong("rates", "have no standard, which holds for all that says nothing else; add it, like standard: 23")


def _report_gaps(fields: TaxFields, zones: tuple[TaxZone, ...], home: str, destinations: tuple[str, ...]) -> None:
    """Report countries that no zone says anything about."""
    if not zones:
        return
    field = "zones" if "zones" in fields.entries else "start"
    if not any(zone.rates and zone.covers(Destination(home)) for zone in zones):
        fields.wrong(field, f"leave out {home}, where your shop is; add a zone for it, with its rates")
    elif missing := [code for code in destinations if not any(zone.covers(Destination(code)) for zone in zones)]:
        fields.wrong(
            field, f"leave out {', '.join(missing)}, where you deliver; add them, or write exports: same price"
        )


def _report_two_ways(fields: TaxFields, zones: tuple[TaxZone, ...], shipping: Shipping | None) -> None:
    """Report a country that is told apart now by postcodes, now by regions: shoppers are asked for one of the two."""
    delivered = {area.country: asked_by(area) for area in (shipping.parts if shipping else ())}
    field, asked = "zones" if "zones" in fields.entries else "start", dict(delivered)
    for area in (area for zone in zones for area in zone.areas if not area.whole):
        way, other = asked_by(area), asked.setdefault(area.country, asked_by(area))
        if way is not other:
            where = "shipping.yaml tells them" if area.country in delivered else "others are told"
            sentence = f"tell parts of {area.country} apart by {way.value}s, and {where} apart by {other.value}s"
            fields.wrong(field, f"{sentence}; name them in one of the two ways")
            asked[area.country] = way
