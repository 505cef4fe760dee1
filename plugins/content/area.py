"""Parts of countries, by their postcodes or regions."""

import re

from functions.shop.area import DIGITS, Area, Ask, holds
from functions.shop.destination import normal_postcode
from plugins.content.country import country
from plugins.content.fault import Report
from plugins.content.fields import Record, items, needed, optional, table
from plugins.content.shape import accepts, text_like
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_REGION = re.compile(r"[A-Z0-9]{1,3}", re.ASCII)
_RANGE = re.compile(r"([^-–]+)[-–]([^-–]+)")


@accepts(text_like(r"[A-Za-z0-9 ]{1,12}(?: ?[-–] ?[A-Za-z0-9 ]{1,12})?", "35", "20000-20190", "BT"))
def beginning(node: Node, report: Report) -> str | None:
    """A reader of the beginning of postcodes, such as `BT` or `35`, or a range of them like `20000-20190`."""
    written = line(node, report)
    if written is None:
        return None
    span = _RANGE.fullmatch(written)
    codes = [normal_postcode(code) for code in (span.groups() if span else (written,))]
    if not all(codes):
        return report.wrong(node, f"{written!r} is no postcode; write how it begins, like BT, or a range: 20000-20190")
    if sentence := _wrong_with(written, *codes) if span else "":
        return report.wrong(node, sentence)
    return "-".join(codes)


def _wrong_with(written: str, first: str, last: str) -> str:
    if len(first) != len(last):
        return (
            f"{written!r} is no range; write two postcodes of one length, like 20000-20190 "
            "(a hyphen within a postcode is left out)"
        )
    if first.rstrip(DIGITS) != last.rstrip(DIGITS) or first[-1] not in DIGITS:
        return f"{written!r} is no range; let both ends differ in their last digits only, like PA20-PA49"
    return f"{written!r} goes backwards; write {last}-{first}" if first > last else ""


class AreaFields(Record):
    """A part of one country."""

    country = needed(country, "write country: and its code, like ES")
    postcodes = optional(items(beginning, '["35", "38"]'), ())
    regions = optional(table(line, "{AK: Alaska, HI: Hawaii}"), {})
    except_ = optional(items(beginning, '["35500-35599"]'), ())

    @property
    def area(self) -> Area:
        """The area of fields that have no fault."""
        return Area(self.country, (*self.regions,), self.postcodes, (), self.except_)

    @property
    def names(self) -> dict[str, str]:
        """Its regions by their ISO 3166-2 codes."""
        return {f"{self.country}-{code}": name for code, name in self.regions.items()}


def report_area(fields: AreaFields) -> None:
    """Report a part that is none, or that is named in two ways."""
    if "postcodes" not in fields.entries and "regions" not in fields.entries:
        sentence = "is missing; write postcodes: and how they begin, or regions: and their codes with their names"
        fields.wrong("postcodes", sentence)
    elif "postcodes" in fields.entries and "regions" in fields.entries:
        fields.wrong_name("regions", "stands beside postcodes; name the part in one of the two ways")
    for code in fields.regions:
        if not _REGION.fullmatch(code):
            sentence = f"{code!r} is no code of a region; write what follows the country in ISO 3166-2, like AK"
            fields.wrong("regions", sentence)
    if fields.has("except", "postcodes"):
        _report_outside(fields)


def _report_outside(fields: AreaFields) -> None:
    for span, node in zip(fields.except_, fields.entries["except"][1].value, strict=True):
        if not any(holds(wide, span) for wide in fields.postcodes):
            fields.report.of("except").wrong(node, f"{span} lies in none of the part's postcodes; take it out")


def asked_by(area: Area) -> Ask:
    """What must be known of a destination to tell whether it lies in an area."""
    if area.postcodes or area.except_postcodes:
        return Ask.POSTCODE
    return Ask.REGION if area.regions or area.except_regions else Ask.NOTHING
