"""Why promotions do what they do for a cart: which are in force, and what stands in the way of the others."""

from collections.abc import Iterator, Sequence

from functions.shop.basket import Basket, basket_of
from functions.shop.discount import Discount, applied, is_unlocked
from functions.shop.line import LineItem
from functions.shop.money import format_amount
from functions.shop.obstacle import Hurdle, Obstacle, obstacle
from functions.shop.occasion import Occasion
from functions.shop.promotion import Promotion
from functions.shop.quote import Quote

_REASONS = {
    Hurdle.EARLY: "it begins at {starts}",
    Hurdle.OVER: "it ended at {ends}",
    Hurdle.USED_UP: "its {uses} uses are gone",
    Hurdle.WRONG_COUNTRY: "it is for {countries} only",
    Hurdle.UNKNOWN_CUSTOMER: "it depends on who buys, and nobody has said so",
    Hurdle.NOT_FIRST: "it is for a first order, and this customer has ordered before",
    Hurdle.USED_BEFORE: "this customer has used it",
    Hurdle.NOTHING_FITS: "none of the lines is among its goods",
    Hurdle.TOO_MUCH: "its goods come to {missing} more than it allows",
    Hurdle.TOO_MANY: "it allows {missing} fewer pieces of its goods",
    Hurdle.NOT_SHIPPED: "nothing is sent in a way that it frees",
    Hurdle.GIFT_GONE: "its gift is not to be had, or not sent there",
    Hurdle.TOO_LITTLE: "it takes {missing} more of its goods",
    Hurdle.TOO_FEW: "it takes {missing} more pieces of its goods",
}


def promotions_explained(quote: Quote, promotions: Sequence[Promotion], occasion: Occasion) -> Iterator[str]:
    """What each promotion does, in the order in which they apply, and then what codes say to whoever typed them."""
    bought = [line for line in quote.lines if not line.gift]
    found = {discount.promotion: discount for discount in quote.discounts}
    basket = basket_of(bought, occasion)
    for promotion in promotions:
        discount = found.get(promotion.id)
        does = (
            _given(discount, bought, occasion)
            if discount
            else _withheld(promotion, promotions, basket, quote, occasion)
        )
        yield f"{_named(promotion)}: {does}"
    for problem in quote.rejected:
        yield f"Said of {problem.code}: {problem.message}"


def _named(promotion: Promotion) -> str:
    code = f", code {promotion.code}" if promotion.code else ""
    return f"{promotion.id} ({promotion.name}{code})"


def _given(discount: Discount, lines: Sequence[LineItem], occasion: Occasion) -> str:
    """What it takes off each line, gives, and frees."""
    off = [
        f"{format_amount(amount, occasion.money)} off {line.sku}"
        for line, amount in zip(lines, discount.amounts, strict=True)
        if amount
    ]
    gifts = [f"gives {gift.quantity} × {gift.sku}" for gift in discount.gifts]
    frees = (
        [f"frees {', '.join(rate for rate in occasion.shipping if discount.frees(rate))}"]
        if discount.ships_free
        else []
    )
    return ", ".join((*off, *gifts, *frees))


def _withheld(
    promotion: Promotion, promotions: Sequence[Promotion], basket: Basket, quote: Quote, occasion: Occasion
) -> str:
    if not is_unlocked(promotion, occasion):
        return "not applied, because its code was not entered"
    if stands := obstacle(promotion, basket, occasion):
        return f"not applied, because {_reason(promotion, stands, occasion)}"
    if not applied([promotion], basket, occasion):
        return "not applied, because it would change nothing"
    others = [one for one in promotions if one.id in {discount.promotion for discount in quote.discounts}]
    names = ", ".join(one.id for one in others)
    if all(one.combines for one in (promotion, *others)):
        return f"not applied, because nothing is left for it after {names}"
    return f"not applied, because it does not combine with {names}, which saves as much or more"


def _reason(promotion: Promotion, stands: Obstacle, occasion: Occasion) -> str:
    rules, is_money = promotion.conditions, stands.hurdle in {Hurdle.TOO_LITTLE, Hurdle.TOO_MUCH}
    return _REASONS[stands.hurdle].format(
        starts=rules.starts.replace("T", " "),
        ends=rules.ends.replace("T", " "),
        uses=rules.uses,
        countries=", ".join(rules.countries),
        missing=format_amount(stands.missing, occasion.money) if is_money else stands.missing,
    )
