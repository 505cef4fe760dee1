"""Discounts: which promotions apply to a cart, in which order, and what each takes off every line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from functions.shop.basket import Basket, basket_of
from functions.shop.cart import CartLine
from functions.shop.effect import off
from functions.shop.line import LineItem
from functions.shop.obstacle import obstacle
from functions.shop.occasion import Occasion
from functions.shop.promotion import Kind, Promotion, code_key


@dataclass(frozen=True, slots=True)
class Discount:
    """What one promotion does for a cart. Amounts are minor units, `amounts` one for each line, in the cart's order.

    `amount` is their sum. With `ships_free` the shipping rates with these `rates` as ids cost nothing, all of them when
    none is named. `gifts` come on top of the cart's lines, take stock, and cost nothing.
    """

    promotion: str
    name: str
    code: str
    amount: int
    amounts: tuple[int, ...]
    ships_free: bool = False
    rates: tuple[str, ...] = ()
    gifts: tuple[CartLine, ...] = ()

    def frees(self, rate_id: str) -> bool:
        """Whether a shipping rate costs nothing by it."""
        return self.ships_free and (not self.rates or rate_id in self.rates)


@dataclass(frozen=True, slots=True)
class Claim:
    """One use of a promotion that is limited, to be counted in the transaction that writes the order (R13).

    None means that there is no such limit. `customer` is a `customer_key`, empty where only all uses are limited.
    """

    promotion: str
    uses: int | None
    uses_per_customer: int | None
    customer: str = ""


def discounts(promotions: Iterable[Promotion], lines: Sequence[LineItem], occasion: Occasion) -> tuple[Discount, ...]:
    """What the promotions do for a cart's lines, in their order.

    Each works on what the earlier ones left. One that does not combine with others is weighed against all that do, and
    the shopper gets what saves more: off the goods, in gifts and in shipping. Of equals those that combine are taken,
    then the first one. What changes nothing is left out.
    """
    basket = basket_of(lines, occasion)
    applying = [one for one in promotions if is_unlocked(one, occasion) and not obstacle(one, basket, occasion)]
    alone = [[one] for one in applying if not one.combines]
    offers = [[one for one in applying if one.combines], *alone]
    found = [applied(offer, basket, occasion) for offer in offers]
    return max(found, key=lambda some: (_saved(some, occasion), bool(some)))  # the first of equals


def applied(promotions: Sequence[Promotion], basket: Basket, occasion: Occasion) -> tuple[Discount, ...]:
    """What promotions that all apply do together, one after the other."""
    free, found = dict(basket.free), list[Discount]()
    for promotion in promotions:
        less = off(promotion, basket)
        amounts = [less.get(at, 0) for at in range(len(basket.lines))]
        discount = _discount(promotion, amounts, _gifts(promotion, free, occasion))
        if discount.amount or discount.gifts or _saves_shipping(discount, occasion):
            found.append(discount)
            basket = replace(basket, left=[before - one for before, one in zip(basket.left, amounts, strict=True)])
    return tuple(found)


def is_unlocked(promotion: Promotion, occasion: Occasion) -> bool:
    """Whether it needs no code, or its code was entered."""
    return not promotion.code or code_key(promotion.code) in {code_key(code) for code in occasion.shopper.codes}


def line_discounts(found: Iterable[Discount], lines: Sequence[LineItem]) -> tuple[int, ...]:
    """What comes off each line by all discounts together, `0 ≤ discount ≤ line.total` (R6)."""
    amounts = [discount.amounts for discount in found]
    return tuple(map(sum, zip(*amounts, strict=True))) if amounts else (0,) * len(lines)


def claims(promotions: Iterable[Promotion], found: Iterable[Discount], customer: str) -> tuple[Claim, ...]:
    """The uses that an order with these discounts has to claim; none for promotions without a limit."""
    used = {discount.promotion for discount in found}
    return tuple(_claim(one, customer) for one in promotions if one.id in used and one.conditions.is_limited)


def _saved(found: Sequence[Discount], occasion: Occasion) -> int:
    """What discounts are worth: what comes off, gifts at their price in the shop, and the cheapest way to ship."""
    gifts = (gift for discount in found for gift in discount.gifts)
    worth = sum(occasion.variants[gift.sku].price * gift.quantity for gift in gifts)
    ships_free = any(discount.frees(rate) for discount in found for rate in occasion.shipping)
    shipping = min(occasion.shipping.values(), default=0) if ships_free else 0
    return sum(discount.amount for discount in found) + worth + shipping


def _discount(promotion: Promotion, amounts: Sequence[int], gifts: tuple[CartLine, ...]) -> Discount:
    return Discount(
        promotion=promotion.id,
        name=promotion.name,
        code=promotion.code,
        amount=sum(amounts),
        amounts=tuple(amounts),
        ships_free=promotion.kind is Kind.FREE_SHIPPING,
        rates=promotion.rates,
        gifts=gifts,
    )


def _gifts(promotion: Promotion, free: dict[str, int], occasion: Occasion) -> tuple[CartLine, ...]:
    """Its gift, unless earlier gifts took the last ones; what it takes is no longer free then."""
    gift = promotion.gift
    if gift is None or not occasion.can_have(gift.sku, gift.quantity, free):
        return ()
    for part in occasion.variants[gift.sku].takes:
        free[part.sku] -= part.quantity * gift.quantity
    return (gift,)


def _saves_shipping(discount: Discount, occasion: Occasion) -> bool:
    return any(price and discount.frees(rate) for rate, price in occasion.shipping.items())


def _claim(promotion: Promotion, customer: str) -> Claim:
    rules = promotion.conditions
    is_personal = rules.uses_per_customer is not None
    return Claim(promotion.id, rules.uses, rules.uses_per_customer, customer if is_personal else "")
