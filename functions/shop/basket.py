"""A basket: a cart's lines as promotions look at them, with what is left to pay of each.

Places are indices of lines. Amounts are minor units.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from functions.shop.line import LineItem
from functions.shop.occasion import Occasion
from functions.shop.promotion import Selection


@dataclass(frozen=True, slots=True)
class Basket:
    """The lines, and what earlier promotions left of each; `step` is the smallest difference between two amounts.

    `named` holds the places of lines by `sku`, `product` and `collection` with its name; `full_price` are those of
    lines that are not reduced; `free` is the stock, once the lines have had theirs.
    """

    lines: Sequence[LineItem]
    left: Sequence[int]
    step: int
    named: Mapping[tuple[str, str], Sequence[int]]
    full_price: frozenset[int]
    free: Mapping[str, int]

    def places(self, goods: Selection) -> list[int]:
        """Which of the lines are among the goods, in their order. What costs nothing is never among them."""
        found: Iterable[int] = self.named[_ALL]
        if not goods.is_all:
            names = [("sku", name) for name in goods.skus]
            names += [("product", name) for name in goods.products]
            names += [("collection", name) for name in goods.collections]
            named = self.named
            found = sorted({at for name in names if name in named for at in named[name]})
        return [*found] if goods.reduced else [at for at in found if at in self.full_price]

    def pieces(self, places: Iterable[int]) -> int:
        """How many pieces some lines hold."""
        lines = self.lines
        return sum([lines[at].quantity for at in places])

    def cheapest_first(self, places: Iterable[int]) -> list[int]:
        """Lines by the price of a piece in the shop; of equals the one that comes first in the cart."""
        return sorted(places, key=lambda at: self.lines[at].unit_price)

    def dearest_first(self, places: Iterable[int]) -> list[int]:
        """The same the other way round."""
        return sorted(places, key=lambda at: -self.lines[at].unit_price)

    def first(self, places: Iterable[int], count: int) -> dict[int, int]:
        """So many pieces of lines, by place, from the first one on."""
        taken = {}
        for at in places:
            if count <= 0:
                break
            taken[at] = min(count, self.lines[at].quantity)
            count -= taken[at]
        return taken

    def price(self, taken: Mapping[int, int]) -> int:
        """What so many pieces of lines cost in the shop."""
        return sum([self.lines[at].unit_price * count for at, count in taken.items()])

    def rest(self, places: Iterable[int]) -> dict[int, int]:
        """What is left of whole lines, by place."""
        left = self.left
        return {at: left[at] for at in places}

    def worth(self, taken: Mapping[int, int]) -> dict[int, int]:
        """What is left of so many pieces of lines: their part of what is left of the line, rounded down.

        In the order of the lines, so that it is the first of them that gets a cent left over.
        """
        step, lines = self.step, self.lines
        return {at: self.left[at] * count // (lines[at].quantity * step) * step for at, count in sorted(taken.items())}


def basket_of(lines: Sequence[LineItem], occasion: Occasion) -> Basket:
    """The lines before any promotion. What costs nothing, and gift cards, are among no goods."""
    named = defaultdict[tuple[str, str], list[int]](list, {_ALL: []})
    full_price = set()
    for at, line in enumerate(lines):
        variant = occasion.variants[line.sku]
        if line.total and not variant.gift_card:
            for name in (_ALL, ("sku", line.sku), ("product", variant.product)):
                named[name].append(at)
            for slug in variant.collections:
                named["collection", slug].append(at)
            if not variant.reduced:
                full_price.add(at)
    left, free = [line.total for line in lines], _free(lines, occasion.stock)
    return Basket(lines, left, occasion.step, named, frozenset(full_price), free)


def _free(lines: Sequence[LineItem], stock: Mapping[str, int]) -> dict[str, int]:
    free = dict(stock)
    for part in (part for line in lines for part in line.takes):
        free[part.sku] = free.get(part.sku, 0) - part.quantity
    return free


_ALL = ("", "")
