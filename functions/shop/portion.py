"""A portion of an order: some of its pieces and perhaps its shipping, as they are given back together."""

from collections.abc import Iterable
from dataclasses import dataclass

from functions.shop.shipment import Pieces, counted


@dataclass(frozen=True, slots=True)
class Portion:
    """Part of an order: how many `pieces` of each of its lines, in their order, and whether its shipping.

    `unsent` are the pieces, line by line as well, that are not sent any more and go back on sale; their money may have
    gone back before.
    """

    pieces: tuple[int, ...]
    shipping: bool = False
    unsent: tuple[int, ...] = ()


def portion_of(lines: int, items: Iterable[Pieces], *, shipping: bool = False) -> Portion:
    """These pieces of an order that has so many lines."""
    each = counted(items)
    return Portion(tuple(each[line] for line in range(lines)), shipping)
