"""Obstacles: why a promotion does not apply to a cart, the one that nothing can be done about first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.basket import Basket
from functions.shop.effect import bought_and_rewarded, counts, shared_out
from functions.shop.occasion import Occasion
from functions.shop.promotion import ALL, Kind, Promotion, Selection


class Hurdle(StrEnum):
    """What stands in the way of a promotion."""

    EARLY = "early"
    OVER = "over"
    USED_UP = "used_up"
    WRONG_COUNTRY = "wrong_country"
    UNKNOWN_CUSTOMER = "unknown_customer"
    NOT_FIRST = "not_first"
    USED_BEFORE = "used_before"
    NOTHING_FITS = "nothing_fits"
    TOO_MUCH = "too_much"
    TOO_MANY = "too_many"
    NOT_SHIPPED = "not_shipped"
    GIFT_GONE = "gift_gone"
    TOO_LITTLE = "too_little"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way; `missing` is how much or how many more of the `goods` it takes, or how much too much.

    It is in minor units for TOO_LITTLE and TOO_MUCH, in pieces for TOO_FEW and TOO_MANY, and 0 for the others.
    """

    hurdle: Hurdle
    missing: int = 0
    goods: Selection = ALL


def obstacle(promotion: Promotion, basket: Basket, occasion: Occasion) -> Obstacle | None:
    """The first thing that stands in the way of a promotion, or None when it applies.

    The basket is as it was before any promotion.
    """
    return _in_general(promotion, occasion) or _in_the_cart(promotion, basket, occasion)


def _in_general(promotion: Promotion, occasion: Occasion) -> Obstacle | None:
    """What goods in the cart do not change."""
    hurdle = next((hurdle for hurdle, stands in _hurdles(promotion, occasion) if stands), None)
    return Obstacle(hurdle) if hurdle else None


def _hurdles(promotion: Promotion, occasion: Occasion) -> Iterator[tuple[Hurdle, bool]]:
    rules, own = promotion.conditions, occasion.shopper.own_uses.get(promotion.id, 0)
    yield Hurdle.EARLY, occasion.now < rules.starts
    yield Hurdle.OVER, bool(rules.ends) and occasion.now >= rules.ends
    yield Hurdle.USED_UP, rules.uses is not None and occasion.shopper.uses.get(promotion.id, 0) >= rules.uses
    yield Hurdle.WRONG_COUNTRY, bool(rules.countries) and occasion.country not in rules.countries
    yield Hurdle.UNKNOWN_CUSTOMER, rules.is_personal and not occasion.shopper.customer
    yield Hurdle.NOT_FIRST, rules.first_order and not occasion.shopper.is_first
    yield Hurdle.USED_BEFORE, rules.uses_per_customer is not None and own >= rules.uses_per_customer


def _in_the_cart(promotion: Promotion, basket: Basket, occasion: Occasion) -> Obstacle | None:
    """What other goods in the cart would change; what is too much comes first, for more would not help then."""
    rules, goods = promotion.conditions, promotion.goods
    places, lines = basket.places(goods), basket.lines
    if not places:
        return Obstacle(Hurdle.NOTHING_FITS, goods=goods)
    worth, pieces = sum([lines[at].total for at in places]), basket.pieces(places)
    above = {Hurdle.TOO_MUCH: _above(worth, rules.max_goods), Hurdle.TOO_MANY: _above(pieces, rules.max_pieces)}
    below = {Hurdle.TOO_LITTLE: rules.min_goods - worth, Hurdle.TOO_FEW: rules.min_pieces - pieces}
    return (
        _first_of(above, goods)
        or _beside_the_goods(promotion, basket, occasion)
        or _first_of(below, goods)
        or _incomplete(promotion, places, basket)
    )


def _above(found: int, most: int | None) -> int:
    return 0 if most is None else found - most


def _first_of(missing: Mapping[Hurdle, int], goods: Selection) -> Obstacle | None:
    return next((Obstacle(hurdle, count, goods) for hurdle, count in missing.items() if count > 0), None)


def _beside_the_goods(promotion: Promotion, basket: Basket, occasion: Occasion) -> Obstacle | None:
    if promotion.kind is Kind.FREE_SHIPPING and not _ways(promotion, occasion):
        return Obstacle(Hurdle.NOT_SHIPPED)
    gift = promotion.gift
    if gift and not occasion.can_have(gift.sku, gift.quantity, basket.free):
        return Obstacle(Hurdle.GIFT_GONE)
    return None


def _ways(promotion: Promotion, occasion: Occasion) -> set[str]:
    """The ways to send the cart that would be free."""
    return {*occasion.shipping} if not promotion.rates else occasion.shipping.keys() & {*promotion.rates}


def _incomplete(promotion: Promotion, places: Sequence[int], basket: Basket) -> Obstacle | None:
    """Which pieces are missing for the first time that a promotion takes something off."""
    for goods, least, pieces in _needs(promotion, places, basket):
        if pieces < least:
            return Obstacle(Hurdle.TOO_FEW, least - pieces, goods)
    return None


def _needs(promotion: Promotion, places: Sequence[int], basket: Basket) -> Iterator[tuple[Selection, int, int]]:
    """Goods with how many pieces it takes, and how many there are."""
    if promotion.kind is Kind.TIERS:
        yield promotion.goods, promotion.tiers[0].pieces, max(counts(promotion, places, basket).values())
    elif promotion.kind is Kind.BUNDLE:
        for part, pool in zip(promotion.parts, shared_out(promotion.parts, places, basket), strict=True):
            yield part.goods, part.quantity, basket.pieces(pool)
    elif promotion.kind is Kind.BUY_GET:
        bought, rewarded = bought_and_rewarded(promotion, places, basket)
        each = promotion.buy if promotion.reward else promotion.buy + promotion.get
        yield promotion.goods, each, basket.pieces(bought)
        if promotion.reward:
            yield promotion.reward, 1, basket.pieces(rewarded)
