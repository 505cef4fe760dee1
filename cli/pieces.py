"""Pieces as they are typed: `CARD:2,PRINT-A4` is two of one and one of the other."""

from typing import Any

import click


class PiecesType(click.ParamType[dict[str, int]]):
    """SKUs with quantities, separated by commas; a SKU alone is one piece."""

    name = "pieces"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        """Quantities by SKU."""
        if isinstance(value, dict):
            return value
        found: dict[str, int] = {}
        for part in filter(None, (part.strip() for part in value.split(","))):
            sku, _, quantity = part.partition(":")
            if not sku or not (quantity or "1").isdecimal() or not quantity.isascii():
                self.fail(f"{part!r} is not a SKU with a quantity. Write it like CARD:2,PRINT-A4.", param, ctx)
            found[sku] = found.get(sku, 0) + int(quantity or 1)
        return found


PIECES = PiecesType()
