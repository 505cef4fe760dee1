"""The number below a barcode (EAN, UPC, ISBN): https://www.gs1.org/services/how-calculate-check-digit-manually."""

import re

from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import one_of
from plugins.content.values import text
from plugins.content.yaml_nodes import Node

LENGTHS = (8, 12, 13, 14)
NONE = "none"
"""What is written of a thing that has no GTIN at all, as most that is made by hand."""
_LENGTHS = one_of(map(str, LENGTHS))
_DIGITS = re.compile(r"\d+", re.ASCII)


@accepts(text_like(rf"\d{{8}}|\d{{12,14}}|{NONE}", "4006381333931", NONE))
def gtin(node: Node, report: Report) -> str | None:
    """A reader of GTINs, whose last digit follows from the others, or of NONE."""
    written = text(node, report)
    if written is None or written == NONE:
        return written
    if _DIGITS.fullmatch(written) is None:
        return report.wrong(node, f"{written!r} is no GTIN; write the {_LENGTHS} digits below its barcode, or none")
    if len(written) not in LENGTHS:
        return report.wrong(node, f"{written!r} has {len(written)} digits; a GTIN has {_LENGTHS}, copy it once more")
    if written[-1] != (last := check_digit(written[:-1])):
        sentence = f"{written!r} cannot be right: after {written[:-1]} the last digit must be {last}; copy it once more"
        return report.wrong(node, sentence)
    return written


def check_digit(digits: str) -> str:
    """The digit that must follow these: every second one from the right counts three times, and the sum ends in 0."""
    return str(-sum(int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits))) % 10)
