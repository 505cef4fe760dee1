"""Points: what customers get for what they buy, to spend on what they buy next."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.shop.line import LineItem


@dataclass(frozen=True, slots=True)
class Points:
    """For every `per` of goods a customer gets `worth` to spend later, both in minor units."""

    per: int
    worth: int


def points_for(lines: Sequence[LineItem], discounts: Sequence[int], points: Points | None) -> int:
    """What an order's goods earn (minor units), after each line's discount, for every full `per`.

    Gift cards earn nothing (what is bought with them will), and neither does shipping.
    """
    if points is None:
        return 0
    pairs = zip(lines, discounts, strict=True)
    goods = sum(line.total - discount for line, discount in pairs if not line.gift_card)
    return goods // points.per * points.worth
