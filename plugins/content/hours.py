"""When somebody answers the phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_TIMES = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d) ?[-–] ?((?:[01]\d|2[0-3]):[0-5]\d|24:00)", re.ASCII)
_DAY = "^[A-Za-z]{3}(?:-[A-Za-z]{3})?$"

Week = dict[tuple[int, int], tuple[str, str]]
"""First and last weekday (Monday is 0) with the times of opening and closing."""


@accepts({"type": "object", "propertyNames": {"pattern": _DAY}, "additionalProperties": text_like(_TIMES.pattern)})
def week(node: Node, report: Report) -> Week | None:
    """A reader of `{mon-fri: 09:00-17:00, sat: 10:00-14:00}`."""
    if not isinstance(node, Table):
        return report.wrong(node, "needs days and times; write {mon-fri: 09:00-17:00}")
    found: Week = {}
    for name, value in node.value:
        days, times = _days(name.value), _times(value, report)
        if days is None:
            report.wrong(name, f"{name.value!r} is no day; write {one_of(DAYS)}, or a range like mon-fri")
        elif any(first <= days[1] and days[0] <= last for first, last in found):
            report.wrong(name, f"{name.value!r} has hours already; let each day stand once")
        elif times:
            found[days] = times
    return found


def hours_text(days: Week, locale: Locale) -> tuple[Hours, ...]:
    """The hours with the days as the locale writes them, such as `Mon–Fri`."""
    names = locale.days["format"]["abbreviated"]
    return tuple(Hours(_span(names, *span), *times, *span) for span, times in sorted(days.items()))


def _span(names: Mapping[int, str], first: int, last: int) -> str:
    return names[first] if first == last else f"{names[first]}–{names[last]}"


def _days(name: str) -> tuple[int, int] | None:
    first, _, last = name.casefold().partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        return None
    span = DAYS.index(first), DAYS.index(last or first)
    return span if span[0] <= span[1] else None


def _times(node: Node, report: Report) -> tuple[str, str] | None:
    written = line(node, report)
    if written is None:
        return None
    match = _TIMES.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no time of opening and closing; write them like 09:00-17:00")
    if match[1] >= match[2]:
        return report.wrong(node, f"closes at {match[2]}, which is not after {match[1]}; write the earlier time first")
    return match[1], match[2]
