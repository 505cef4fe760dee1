"""How much is in a pack, and what so much of it costs: directive 98/6/EC wants the price of a unit beside the price."""

import re
from typing import NamedTuple

from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_MEASURE = re.compile(r"(\d{1,6})(?:\.(\d{1,3}))? ?(kg|g|l|cl|ml|m|cm|mm)", re.ASCII)
_UNITS = {"kg": (1000, "g"), "g": (1, "g"), "l": (1000, "ml"), "cl": (10, "ml"), "ml": (1, "ml")}
_UNITS |= {"m": (1000, "mm"), "cm": (10, "mm"), "mm": (1, "mm")}
_USUAL = 1000
"""Of g, ml and mm: a kilogram, a litre, a metre."""


class Measure(NamedTuple):
    """So much of g, ml or mm."""

    amount: int
    unit: str


class Contents(NamedTuple):
    """How much is in one: `amount` of `unit` (g, ml or mm), priced for each `per` of the same unit."""

    amount: int
    unit: str
    per: int


@accepts(text_like(_MEASURE.pattern, "250 g", "0.7 l", "3 m") | {"type": "string"})
def measure(node: Node, report: Report) -> Measure | None:
    """A reader of `250 g`, `0.7 l` or `3 m`."""
    written = line(node, report)
    if written is None:
        return None
    match = _MEASURE.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no amount; write it with its unit, like 250 g, 0.7 l or 3 m")
    factor, unit = _UNITS[match[3]]
    amount, rest = divmod(int(match[1] + (match[2] or "").ljust(3, "0")) * factor, 1000)
    if rest:
        return report.wrong(node, f"{written!r} is finer than 1 {unit}; round it")
    return Measure(amount, unit) if amount else report.wrong(node, f"{written!r} is nothing; write how much it is")


def contents(inside: Measure, per: Measure | None) -> Contents:
    """What is inside, priced for each `per`: a kilogram, a litre or a metre unless the owner says otherwise."""
    return Contents(inside.amount, inside.unit, per.amount if per else _USUAL)
