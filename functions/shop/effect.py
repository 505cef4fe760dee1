"""Effects: what a promotion takes off which line, each kind by its own rule.

Places are indices of lines. Amounts are minor units, by place; what is not named loses nothing.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from functions.shop.basket import Basket
from functions.shop.money import percent_of, split
from functions.shop.promotion import BundlePart, Kind, Promotion, Tier

Off = Mapping[int, int]


def off(promotion: Promotion, basket: Basket) -> Off:
    """What a promotion that applies takes off the lines."""
    effect = _EFFECTS.get(promotion.kind)
    return effect(promotion, basket.places(promotion.goods), basket) if effect else {}


def tier_for(tiers: Iterable[Tier], pieces: int) -> Tier | None:
    """The last tier that so many pieces reach; they stand in rising order."""
    reached = [tier for tier in tiers if tier.pieces <= pieces]
    return reached[-1] if reached else None


def counts(promotion: Promotion, places: Sequence[int], basket: Basket) -> dict[tuple[int, ...], int]:
    """How many pieces are counted as one for a tier, by the lines that hold them."""
    if promotion.together:
        return {tuple(places): basket.pieces(places)}
    return {(at,): basket.lines[at].quantity for at in places}


def bought_and_rewarded(
    promotion: Promotion, places: Sequence[int], basket: Basket
) -> tuple[Sequence[int], Sequence[int]]:
    """The lines whose pieces count as bought, and those whose pieces are reduced for it; no line is both."""
    if promotion.reward is None:
        return places, places
    rewarded = basket.places(promotion.reward)
    return [at for at in places if at not in rewarded], rewarded


def shared_out(parts: Sequence[BundlePart], places: Sequence[int], basket: Basket) -> list[list[int]]:
    """The lines for each part of a bundle; a line belongs to the first part that it fits."""
    free, found = [*places], []
    for part in parts:
        fitting = {*basket.places(part.goods)}
        found.append([at for at in free if at in fitting])
        free = [at for at in free if at not in fitting]
    return found


def _percent(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _percent_off(basket.rest(places), promotion.percent, basket.step)


def _amount(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _spread(promotion.amount, basket.rest(places), basket.step)


def _fixed_price(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    return _down_to(promotion.amount, places, basket)


def _tiers(promotion: Promotion, places: Sequence[int], basket: Basket) -> Off:
    found: dict[int, int] = {}
    for group, pieces in counts(promotion, places, basket).items():
        tier = tier_for(promotion.tiers, pieces)
        if tier and tier.price is not None:
            found |= _down_to(tier.price, group, basket)
        elif tier:
            found |= _percent_off(basket.rest(group), tier.percent, basket.step)
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
    amount = percent_of(sum(worth.values()), percent, step)
    return dict(zip(worth, split(amount, [*worth.values()], step), strict=True))


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
