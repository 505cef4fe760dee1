"""Nudges: what a shopper could add to save more, as long as something in the cart counts towards it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from functions.shop.basket import Basket, basket_of
from functions.shop.discount import Discount
from functions.shop.effect import bought_and_rewarded, counts
from functions.shop.line import LineItem
from functions.shop.money import format_amount, percent_text
from functions.shop.obstacle import Hurdle, Obstacle, obstacle
from functions.shop.occasion import Occasion
from functions.shop.promotion import Kind, Promotion, Tier
from functions.shop.sentence import Sentence, listed, msgid

_MORE = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} for {name}."),
    Hurdle.TOO_FEW: msgid("Add {missing} more for {name}."),
}
_MORE_OF_GOODS = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} of {goods} for {name}."),
    Hurdle.TOO_FEW: msgid("Add {missing} more of {goods} for {name}."),
}
_SHIPPING = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} for free shipping."),
    Hurdle.TOO_FEW: msgid("Add {missing} more for free shipping."),
}
_SHIPPING_OF_GOODS = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} of {goods} for free shipping."),
    Hurdle.TOO_FEW: msgid("Add {missing} more of {goods} for free shipping."),
}
_GIFT = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} and get {gift} as a gift."),
    Hurdle.TOO_FEW: msgid("Add {missing} more and get {gift} as a gift."),
}
_GIFT_OF_GOODS = {
    Hurdle.TOO_LITTLE: msgid("Add {missing} of {goods} and get {gift} as a gift."),
    Hurdle.TOO_FEW: msgid("Add {missing} more of {goods} and get {gift} as a gift."),
}
_TIER_PRICE = msgid("Add {missing} more and each costs {price}.")
_TIER_PRICE_OF_GOODS = msgid("Add {missing} more of {goods} and each costs {price}.")
_TIER_PERCENT = msgid("Add {missing} more and save {percent}%.")
_TIER_PERCENT_OF_GOODS = msgid("Add {missing} more of {goods} and save {percent}%.")
_SENTENCES = {Kind.FREE_SHIPPING: (_SHIPPING, _SHIPPING_OF_GOODS), Kind.GIFT: (_GIFT, _GIFT_OF_GOODS)}


@dataclass(frozen=True, slots=True)
class Nudge:
    """What is missing for a promotion, or for more of it: an `amount` in minor units, or so many `pieces`."""

    promotion: str
    message: Sentence
    amount: int = 0
    pieces: int = 0


def nudges(
    promotions: Iterable[Promotion], found: Sequence[Discount], lines: Sequence[LineItem], occasion: Occasion
) -> tuple[Nudge, ...]:
    """What could be added to `lines`, on which the discounts `found` are in force; one nudge a promotion at most.

    Nothing is said that would not come on top: while a promotion that does not combine is in force, and of such ones
    while any other is. What is missing for a code is said where it was entered (coupon.py).
    """
    known = {promotion.id: promotion for promotion in promotions}
    in_force = [known[discount.promotion] for discount in found if discount.promotion in known]
    if any(not one.combines for one in in_force):
        return ()
    open_to = [one for one in known.values() if not one.code and (one.combines or not in_force)]
    basket = basket_of(lines, occasion)
    made = (_nudge(promotion, basket, occasion) for promotion in open_to)
    return tuple(nudge for nudge in made if nudge)


def _nudge(promotion: Promotion, basket: Basket, occasion: Occasion) -> Nudge | None:
    stands = obstacle(promotion, basket, occasion)
    if promotion.kind is Kind.TIERS and (stands is None or stands.hurdle is Hurdle.TOO_FEW):
        return _next_tier(promotion, basket, occasion)
    if promotion.kind is Kind.BUY_GET and stands is None:
        stands = _next_round(promotion, basket)
    return _missing(promotion, stands, occasion) if stands and stands.hurdle in _MORE else None


def _missing(promotion: Promotion, stands: Obstacle, occasion: Occasion) -> Nudge:
    """What it takes to clear an obstacle."""
    plain, of_goods = _SENTENCES.get(promotion.kind, (_MORE, _MORE_OF_GOODS))
    is_money = stands.hurdle is Hurdle.TOO_LITTLE
    message = Sentence(
        (of_goods if stands.goods.names else plain)[stands.hurdle],
        missing=format_amount(stands.missing, occasion.money) if is_money else stands.missing,
        goods=listed(stands.goods.names or [""]),
        name=promotion.name,
        gift=occasion.variants[promotion.gift.sku].name if promotion.gift else "",
    )
    return Nudge(promotion.id, message, *((stands.missing, 0) if is_money else (0, stands.missing)))


def _next_round(promotion: Promotion, basket: Basket) -> Obstacle | None:
    """The reduced pieces that would come with what is bought already."""
    bought, rewarded = bought_and_rewarded(promotion, basket.places(promotion.goods), basket)
    if promotion.reward:
        missing = basket.pieces(bought) // promotion.buy * promotion.get - basket.pieces(rewarded)
        return Obstacle(Hurdle.TOO_FEW, missing, promotion.reward) if missing > 0 else None
    each = promotion.buy + promotion.get
    rest = basket.pieces(bought) % each
    return Obstacle(Hurdle.TOO_FEW, each - rest, promotion.goods) if rest >= promotion.buy else None


def _next_tier(promotion: Promotion, basket: Basket, occasion: Occasion) -> Nudge | None:
    """The nearest tier that is not reached yet and can be had, of all lines that are counted by themselves."""
    places = basket.places(promotion.goods)
    steps = sorted(_steps(promotion, places, basket), key=lambda step: step[0])
    can_be_had = (step for step in steps if promotion.together or _can_grow(step[1], step[0], occasion, basket.free))
    missing, line, tier = next(can_be_had, (0, None, None))
    if line is None or tier is None or _is_too_many(promotion, basket.pieces(places) + missing):
        return None
    names = promotion.goods.names if promotion.together else (line.name,)
    return Nudge(promotion.id, _tier_message(missing, names, tier, occasion), pieces=missing)


def _steps(promotion: Promotion, places: Sequence[int], basket: Basket) -> Iterator[tuple[int, LineItem, Tier]]:
    """How many pieces are missing for each next tier, and the first of the lines that are counted for it."""
    for (at, *_), pieces in counts(promotion, places, basket).items():
        tier = next((tier for tier in promotion.tiers if tier.pieces > pieces), None)
        if tier:
            yield tier.pieces - pieces, basket.lines[at], tier


def _is_too_many(promotion: Promotion, pieces: int) -> bool:
    most = promotion.conditions.max_pieces
    return most is not None and pieces > most


def _can_grow(line: LineItem, more: int, occasion: Occasion, free: Mapping[str, int]) -> bool:
    """Whether a line can hold so many more: no more than there is, and than is sold at a time."""
    has_more = bool(line.backorder) or occasion.can_have(line.sku, more, free)
    return has_more and line.quantity + more <= line.limit


def _tier_message(missing: int, names: Sequence[str], tier: Tier, occasion: Occasion) -> Sentence:
    goods = listed(names or [""])
    if tier.price is not None:
        sentence = _TIER_PRICE_OF_GOODS if names else _TIER_PRICE
        return Sentence(sentence, missing=missing, goods=goods, price=format_amount(tier.price, occasion.money))
    sentence = _TIER_PERCENT_OF_GOODS if names else _TIER_PERCENT
    return Sentence(sentence, missing=missing, goods=goods, percent=percent_text(tier.percent, occasion.money.decimal))
