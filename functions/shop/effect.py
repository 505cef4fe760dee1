"""Effects: what a promotion takes off which line, each kind by its own rule.

Places are indices of lines. Amounts are minor units, by place; what is not named loses nothing.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from functions.shop.catalogue import Variant
from functions.shop.line import LineItem
from functions.shop.money import percent_of, split
from functions.shop.promotion import BundlePart, Kind, Promotion, Tier, selected

Off = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Basket:
    """The lines, and what earlier promotions left of each; `step` is the smallest difference between two amounts."""

    lines: Sequence[LineItem]
    left: Sequence[int]
    variants: Mapping[str, Variant]
    step: int

    def pieces(self, places: Iterable[int]) -> int:
        """How many pieces some lines hold."""
        return sum([self.lines[at].quantity for at in places])

    def cheapest_first(self, places: Iterable[int]) -> list[int]:
        """Lines by the price of a piece in the shop; of equals the one that comes first in the cart."""
        return sorted(places, key=lambda at: self.lines[at].unit_price)

    def dearest_first(self, places: Iterable[int]) -> list[int]:
        """The same the other way round."""
        return sorted(places, key=lambda at: -self.lines[at].unit_price)

    def worth(self, taken: Mapping[int, int]) -> dict[int, int]:
        """What is left of so many pieces of lines: their part of what is left of the line, rounded down.

        In the order of the lines, so that it is the first of them that gets a cent left over.
        """
        step, lines = self.step, self.lines
        return {at: self.left[at] * count // (lines[at].quantity * step) * step for at, count in sorted(taken.items())}

    def price(self, taken: Mapping[int, int]) -> int:
        """What so many pieces of lines cost in the shop."""
        return sum([self.lines[at].unit_price * count for at, count in taken.items()])

    def first(self, places: Iterable[int], count: int) -> dict[int, int]:
        """So many pieces of lines, by place, from the first one on."""
        taken = {}
        for at in places:
            if count <= 0:
                break
            taken[at] = min(count, self.lines[at].quantity)
            count -= taken[at]
        return taken


def off(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    """What a promotion takes off the lines at these places, which are those that it applies to."""
    effect = _EFFECTS.get(promotion.kind)
    return effect(promotion, places, basket) if effect else {}


def tier_for(tiers: Iterable[Tier], pieces: int) -> Tier | None:
    """The last tier that so many pieces reach."""
    return max((tier for tier in tiers if tier.pieces <= pieces), key=lambda tier: tier.pieces, default=None)


def groups(promotion: Promotion, places: Sequence[int]) -> list[Sequence[int]]:
    """The lines whose pieces are counted as one for a tier."""
    return [places] if promotion.together else [[at] for at in places]


def bought_and_rewarded(
    promotion: Promotion, places: Sequence[int], basket: Basket
) -> tuple[Sequence[int], Sequence[int]]:
    """The lines whose pieces count as bought, and those whose pieces are reduced for it; no line is both."""
    if promotion.reward is None:
        return places, places
    rewarded = selected(promotion.reward, basket.lines, basket.variants)
    return [at for at in places if at not in rewarded], rewarded


def shared_out(parts: Sequence[BundlePart], places: Sequence[int], basket: Basket) -> list[list[int]]:
    """The lines for each part of a bundle; a line belongs to the first part that it fits."""
    free, found = [*places], []
    for part in parts:
        fitting = {*selected(part.goods, basket.lines, basket.variants)}
        found.append([at for at in free if at in fitting])
        free = [at for at in free if at not in fitting]
    return found


def _percent(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _percent_off({at: basket.left[at] for at in places}, promotion.percent, basket.step)


def _amount(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _spread(promotion.amount, {at: basket.left[at] for at in places}, basket.step)


def _fixed_price(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _down_to(promotion.amount, places, basket)


def _tiers(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    found: dict[int, int] = {}
    for group in groups(promotion, places):
        tier = tier_for(promotion.tiers, basket.pieces(group))
        if tier and tier.price is not None:
            found |= _down_to(tier.price, group, basket)
        elif tier:
            found |= _percent_off({at: basket.left[at] for at in group}, tier.percent, basket.step)
    return found


def _buy_get(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    bought, rewarded = bought_and_rewarded(promotion, places, basket)
    round_of = promotion.buy if promotion.reward else promotion.buy + promotion.get
    count = basket.pieces(bought) // round_of * promotion.get
    reduced = basket.first(basket.cheapest_first(rewarded), count)
    return _percent_off(basket.worth(reduced), promotion.percent, basket.step)


def _bundle(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    pools = [basket.dearest_first(pool) for pool in shared_out(promotion.parts, places, basket)]

    def taken(count: int) -> dict[int, int]:
        pairs = zip(pools, promotion.parts, strict=True)
        return {at: n for pool, part in pairs for at, n in basket.first(pool, part.quantity * count).items()}

    def is_cheap(count: int) -> bool:
        """Whether the last of so many bundles costs no more without the promotion."""
        return basket.price(taken(count)) - basket.price(taken(count - 1)) <= promotion.amount

    pairs = zip(pools, promotion.parts, strict=True)
    most = min(basket.pieces(pool) // part.quantity for pool, part in pairs)
    count = bisect_left(range(1, most + 1), True, key=is_cheap)
    worth = basket.worth(taken(count))
    return _spread(sum(worth.values()) - count * promotion.amount, worth, basket.step)


def _down_to(price: int, places: Iterable[int], basket: Basket) -> Off:
    """What makes each piece of the lines cost `price` at most."""
    return {at: max(0, basket.left[at] - basket.lines[at].quantity * price) for at in places}


def _percent_off(worth: Mapping[int, int], percent: int, step: int) -> Off:
    return _spread(percent_of(sum(worth.values()), percent, step), worth, step)


def _spread(amount: int, worth: Mapping[int, int], step: int) -> Off:
    """An amount, but no more than there is, spread over what it is taken off."""
    amount = max(0, min(amount, sum(worth.values())))
    return dict(zip(worth, split(amount, [*worth.values()], step), strict=True))


_EFFECTS: dict[Kind, Callable[[Promotion, Sequence[int], Basket], Off]] = {
    Kind.PERCENT: _percent,
    Kind.AMOUNT: _amount,
    Kind.FIXED_PRICE: _fixed_price,
    Kind.TIERS: _tiers,
    Kind.BUY_GET: _buy_get,
    Kind.BUNDLE: _bundle,
}
