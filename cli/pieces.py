"""Pieces as they are typed: `CARD:2,PRINT-A4` is two of one and one of the other."""

import re
from typing import Any

import click

_PIECES = re.compile(r"([^:,\s]+)(?::(\d{1,6}))?", re.ASCII)


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


PIECES = PiecesType()
