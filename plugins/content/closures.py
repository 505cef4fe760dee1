"""Days on which nobody answers: the owner's own, and the public holidays of where the shop is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from functions.shop.settings import Closure
from plugins.content.country import country
from plugins.content.day import day
from plugins.content.fault import Report
from plugins.content.fields import Record, needed, optional
from plugins.content.holiday import library_class
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import one_of
from plugins.content.values import line, yes_or_no
from plugins.content.yaml_nodes import Node, Text

AHEAD = timedelta(days=2 * 365)
"""How far public holidays are looked up; whoever builds less often than every two years has other troubles."""


class Calendar(NamedTuple):
    """Whose public holidays: a country's (ISO 3166), or those of one part of it (ISO 3166-2)."""

    country: str
    part: str = ""


class ClosureFields(Record):
    """Days on which the shop is closed."""

    from_ = needed(day, "write from: and the first day, like 2026-12-24")
    until = optional(day, "")
    message = needed(line, "write message: and what shoppers shall read on those days")
    orders = optional(yes_or_no, blank=True)


def report_closure(fields: ClosureFields) -> None:
    """Report a closure that ends before it begins."""
    if fields.has("from", "until") and fields.until < fields.from_:
        fields.wrong("until", f"{fields.until} is before {fields.from_}; write the last day, or delete this line")


@accepts(text_like("[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "IE", "GB-SCT") | {"type": "string"})
def calendar(node: Node, report: Report) -> Calendar | None:
    """A reader of `IE`, or `GB-SCT` where the parts of a country have holidays of their own."""
    written = line(node, report)
    if written is None:
        return None
    code, _, part = written.partition("-")
    if country(Text("", code, node.start_mark), report) is None:
        return None
    if part and part not in (known := _parts(code)):
        parts = one_of([f"{code}-{name}" for name in known] or [code])
        return report.wrong(node, f"{written!r} has no holidays of its own; write {parts}")
    return Calendar(code, part)


def closures(
    fields: Iterable[ClosureFields], public: Calendar | None, language: str, today: date
) -> tuple[Closure, ...]:
    """All closures by their days. The owner's own words hold on a public holiday that lies within their own."""
    own = [Closure(one.from_, one.until or one.from_, one.message, one.orders) for one in fields]
    days = _holidays(public, language, today) if public else {}
    free = [name for name in days if not any(closure.first <= name <= closure.last for closure in own)]
    found = [*own, *(Closure(name, name, days[name]) for name in free)]
    return tuple(sorted(found, key=lambda closure: (closure.first, closure.last)))


def _holidays(public: Calendar, language: str, today: date) -> dict[str, str]:
    """The names of public holidays by day (ISO 8601), from today on; in the shop's language as far as it is known."""
    end, known = today + AHEAD, library_class(public.country)
    native = next((name for name in known.supported_languages if name.split("_")[0] == language), None)
    days = known(subdiv=public.part or None, years=range(today.year, end.year + 1), language=native)
    return {found.isoformat(): name for found, name in sorted(days.items()) if today <= found < end}


def _parts(country: str) -> Sequence[str]:
    """The parts of a country that have holidays of their own."""
    return tuple(library_class(country).subdivisions)
