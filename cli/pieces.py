"""Pieces as they are typed: `CARD:2,PRINT-A4` is two of one and one of the other, and `12` is a count."""

import re
from typing import Any

import click

_PIECES = re.compile(r"([^:,\s]+)(?::(\d{1,6}))?", re.ASCII)
_COUNT = re.compile(r"[+-]?\d{1,99}", re.ASCII)
MOST = 999_999
"""Pieces of one SKU, as in a product file."""


class PiecesType(click.ParamType[dict[str, int]]):
    """SKUs with quantities, separated by commas; a SKU alone is one piece."""

    name = "pieces"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        """Quantities by SKU."""
        if isinstance(value, dict):
            return value
        found: dict[str, int] = {}
        for part in value.split(","):
            match = _PIECES.fullmatch(part.strip())
            if match is None:
                self.fail(f"{value!r} is not a SKU with a quantity. Write it like CARD:2,PRINT-A4.", param, ctx)
            found[match[1]] = found.get(match[1], 0) + int(match[2] or 1)
        return found


class CountType(click.ParamType[int]):
    """How many there are, or how many more or fewer there are than before: `12`, `-1`."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        if not _COUNT.fullmatch(str(value)):
            self.fail(f"{value!r} is not a number of pieces. Write it in digits alone, such as 12.", param, ctx)
        count = int(value)
        if abs(count) > MOST:
            self.fail(f"{value} is more than can be counted. Write {MOST} at most.", param, ctx)
        return count


PIECES = PiecesType()
COUNT = CountType()
