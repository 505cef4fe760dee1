"""When parcels are packed: the fields of shipping.yaml about the cut-off and the packing days."""

import re
from itertools import chain

from functions.shop.promise import Dispatch
from plugins.content.fault import Report
from plugins.content.fields import Record, optional
from plugins.content.hours import DAYS
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import one_of
from plugins.content.values import line
from plugins.content.yaml_nodes import Items, Node

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_SPAN = text_like("[A-Za-z]{3}(?:-[A-Za-z]{3})?", "mon-fri", "sat") | {"type": "string"}


@accepts(text_like(_TIME.pattern, "14:00"))
def cut_off(node: Node, report: Report) -> str | None:
    """A reader of times such as `14:00`, and of `24:00` for the end of the day."""
    written = line(node, report)
    if written is None or _TIME.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no time of day; write hours and minutes, like 14:00")


@accepts({**_SPAN, "type": ["string", "array"], "minItems": 1, "items": _SPAN})
def weekdays(node: Node, report: Report) -> tuple[int, ...] | None:
    """A reader of `mon-fri`, or of `[mon-thu, sat]`, as weekdays from Monday, which is 0."""
    nodes = node.value if isinstance(node, Items) else [node]
    if not nodes:
        return report.wrong(node, "is an empty list; write days like mon-fri, or [mon, wed, fri]")
    spans = [_span(one, report) for one in nodes]
    found = tuple(sorted(set(chain.from_iterable(span for span in spans if span))))
    return found if all(spans) else None


class DispatchFields(Record):
    """When parcels are packed. They stand at the top of shipping.yaml, beside `handling`."""

    cut_off = optional(cut_off, Dispatch().cut_off)
    packing_days = optional(weekdays, Dispatch().packing_days)


def dispatch(fields: DispatchFields) -> Dispatch:
    """The rule of fields that have no fault."""
    return Dispatch(fields.cut_off, fields.packing_days)


def _span(node: Node, report: Report) -> range | None:
    written = line(node, report)
    if written is None:
        return None
    first, _, last = written.casefold().partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        return report.wrong(node, f"{written!r} is no day; write {one_of(DAYS)}, or a range like mon-fri")
    span = range(DAYS.index(first), DAYS.index(last or first) + 1)
    return span or report.wrong(node, f"{written!r} ends before it begins; a week goes from mon to sun")
