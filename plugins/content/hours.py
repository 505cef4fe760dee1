"""When somebody answers the phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from functions.shop.settings import Hours
from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import one_of
from plugins.content.values import line
from plugins.content.yaml_nodes import Node, Table

if TYPE_CHECKING:
    from babel import Locale

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = r"((?:[01]\d|2[0-3]):[0-5]\d) ?[-–] ?((?:[01]\d|2[0-3]):[0-5]\d|24:00)"
_TIMES = re.compile(_SPAN, re.ASCII)
_SPANS = re.compile(rf"{_SPAN}(?:, ?{_SPAN})*", re.ASCII)
_DAY = "^[A-Za-z]{3}(?:-[A-Za-z]{3})?$"

Times = tuple[tuple[str, str], ...]
"""Times of opening and closing, one after the other."""
Week = dict[tuple[int, int], Times]
"""First and last weekday (Monday is 0) with their times."""


@accepts({"type": "object", "propertyNames": {"pattern": _DAY}, "additionalProperties": text_like(_SPANS.pattern)})
def week(node: Node, report: Report) -> Week | None:
    """A reader of `{mon-fri: "09:00-12:30, 13:30-17:00", sat: 10:00-14:00}`."""
    if not isinstance(node, Table):
        return report.wrong(node, "needs days and times; write {mon-fri: 09:00-17:00}")
    found: Week = {}
    for name, value in node.value:
        if _TIMES.fullmatch(name.value):
            report.wrong(name, 'is after a comma; write several times of a day like "09:00-12:30, 13:30-17:00"')
            continue
        days, times = _days(name.value), _times(value, report)
        if days is None:
            report.wrong(name, f"{name.value!r} is no day; write {one_of(DAYS)}, or a range like mon-fri")
        elif any(first <= days[1] and days[0] <= last for first, last in found):
            report.wrong(name, f"{name.value!r} has hours already; let each day stand once")
        elif times:
            found[days] = times
    return found


def hours_text(days: Week, locale: Locale) -> tuple[Hours, ...]:
    """The hours with the days as the locale writes them, such as `Mon–Fri`; later ones of the same days name none."""
    names = locale.days["format"]["abbreviated"]
    return tuple(
        Hours("" if number else _span(names, *span), *one, *span)
        for span, times in sorted(days.items())
        for number, one in enumerate(times)
    )


def _span(names: Mapping[int, str], first: int, last: int) -> str:
    return names[first] if first == last else f"{names[first]}–{names[last]}"


def _days(name: str) -> tuple[int, int] | None:
    first, _, last = name.casefold().partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        return None
    span = DAYS.index(first), DAYS.index(last or first)
    return span if span[0] <= span[1] else None


def _times(node: Node, report: Report) -> Times | None:
    written = line(node, report)
    if written is None:
        return None
    if not _SPANS.fullmatch(written):
        return report.wrong(node, f"{written!r} is no time of opening and closing; write them like 09:00-17:00")
    found = tuple((match[1], match[2]) for match in _TIMES.finditer(written))
    for opens, closes in found:
        if opens >= closes:
            return report.wrong(node, f"closes at {closes}, which is not after {opens}; write the earlier time first")
    for (_, closes), (opens, _) in pairwise(found):
        if opens <= closes:
            return report.wrong(node, f"opens again at {opens}, which is not after {closes}; leave a break between")
    return found
