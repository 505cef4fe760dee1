"""Sizes: the sides of what is packed, and single lengths."""

import re

from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_SIDE = r"(\d{1,4})(?:\.(\d))?"
_SIZE = re.compile(rf"{_SIDE} ?[x×] ?{_SIDE} ?[x×] ?{_SIDE} ?cm", re.ASCII)
_LENGTH = re.compile(rf"{_SIDE} ?cm", re.ASCII)


@accepts(text_like(_SIZE.pattern, "45 × 35 × 4 cm") | {"type": "string"})
def size(node: Node, report: Report) -> tuple[int, ...] | None:
    """A reader of three sides such as `45 × 35 × 4 cm`, in millimetres and the longest first."""
    written = line(node, report)
    if written is None:
        return None
    match = _SIZE.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no size; write three sides in cm, like 45 × 35 × 4 cm")
    sides = [_millimetres(match[at], match[at + 1]) for at in (1, 3, 5)]
    return tuple(sorted(sides, reverse=True)) if all(sides) else report.wrong(node, "has a side of 0; write how long")


@accepts(text_like(_LENGTH.pattern, "120 cm") | {"type": "string"})
def length(node: Node, report: Report) -> int | None:
    """A reader of lengths such as `120 cm`, in millimetres."""
    written = line(node, report)
    if written is None:
        return None
    match = _LENGTH.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no length; write it in cm, like 120 cm")
    return _millimetres(match[1], match[2])


def _millimetres(whole: str, tenth: str | None) -> int:
    return int(whole) * 10 + int(tenth or 0)
