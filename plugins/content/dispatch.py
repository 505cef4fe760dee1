"""When parcels are packed: the fields of shipping.yaml about the cut-off and the packing days."""

import re

from functions.shop.promise import USUAL, Dispatch
from plugins.content.fault import Report
from plugins.content.fields import Record, optional
from plugins.content.hours import DAYS
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import one_of
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_WEEK = re.compile(r"[A-Za-z]{3}(?: ?[-–] ?[A-Za-z]{3})?(?: ?, ?[A-Za-z]{3}(?: ?[-–] ?[A-Za-z]{3})?)*", re.ASCII)


@accepts(text_like(_TIME.pattern, "14:00"))
def cut_off(node: Node, report: Report) -> str | None:
    """A reader of times such as `14:00`, and of `24:00` for the end of the day."""
    written = line(node, report)
    if written is None or _TIME.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no time of day; write hours and minutes, like 14:00")


@accepts(text_like(_WEEK.pattern, "mon-sat") | {"type": "string"})
def weekdays(node: Node, report: Report) -> tuple[int, ...] | None:
    """A reader of days of the week such as `mon-sat` or `mon, wed-fri`; Monday is 0."""
    written = line(node, report)
    if written is None:
        return None
    found: set[int] = set()
    for part in written.casefold().replace("–", "-").split(","):
        first, _, last = (name.strip() for name in part.partition("-"))
        if first not in DAYS or (last or first) not in DAYS or DAYS.index(first) > DAYS.index(last or first):
            return report.wrong(
                node, f"{written!r} names no days of the week; write {one_of(DAYS)}, or a range like mon-sat"
            )
        found.update(range(DAYS.index(first), DAYS.index(last or first) + 1))
    return tuple(sorted(found))


class DispatchFields(Record):
    """When parcels are packed. They stand at the top of shipping.yaml, beside `handling`."""

    cut_off = optional(cut_off, USUAL.cut_off)
    packing_days = optional(weekdays, USUAL.packing_days)


def dispatch(fields: DispatchFields) -> Dispatch:
    """The rule of fields that have no fault."""
    return Dispatch(fields.cut_off, fields.packing_days)
