"""The goods of a quote: a cart's lines with what promotions take off them, and the gifts that come along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from functions.shop.coupon import CodeProblem, coupon_problem
from functions.shop.discount import Discount, discounts, line_discounts
from functions.shop.line import LineItem, gift_line
from functions.shop.nudge import Nudge, nudges
from functions.shop.occasion import Occasion
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, ranked


@dataclass(frozen=True, slots=True)
class Goods:
    """Lines with their discounts, gifts last; `rejected` is why codes do not apply, `nudges` what would save more."""

    lines: tuple[LineItem, ...]
    discounts: tuple[Discount, ...] = ()
    rejected: tuple[CodeProblem, ...] = ()
    nudges: tuple[Nudge, ...] = ()

    @property
    def bought(self) -> tuple[LineItem, ...]:
        """The lines without gifts."""
        return tuple(line for line in self.lines if not line.gift)

    @property
    def subtotal(self) -> int:
        """What is bought, at the prices of the catalogue."""
        return sum(line.subtotal for line in self.lines)

    @property
    def cards(self) -> int:
        """What the gift cards among it cost."""
        return sum(line.total for line in self.bought if line.gift_card)

    @property
    def discount(self) -> int:
        """What promotions take off what is bought."""
        return sum(line.discount for line in self.bought)


def goods_of(lines: tuple[LineItem, ...], occasion: Occasion, settings: Settings) -> Goods:
    """A cart's lines under the shop's promotions."""
    found = discounts(settings.promotions, lines, occasion)
    off = line_discounts(found, lines)
    reduced = (replace(line, discount=less) for line, less in zip(lines, off, strict=True))
    given = [gift for one in found for gift in one.gifts]
    gifts = (gift_line(occasion.variants[gift.sku], gift.quantity, occasion.now[:10]) for gift in given)
    problems = (coupon_problem(code, settings.promotions, lines, occasion) for code in occasion.shopper.codes)
    more = nudges(settings.promotions, found, lines, occasion)
    return Goods((*reduced, *gifts), found, tuple(problem for problem in problems if problem), more)


def freed(offered: Sequence[ShippingChoice], found: Sequence[Discount]) -> tuple[ShippingChoice, ...]:
    """The ways to ship, those at no price that promotions free, but for what single goods add to it."""
    return ranked(
        replace(choice, price=choice.surcharge) if any(one.frees(choice.id) for one in found) else choice
        for choice in offered
    )


def gift_skus(settings: Settings) -> frozenset[str]:
    """What promotions may give away, which a quote must know beside what is in the cart."""
    return frozenset(one.gift.sku for one in settings.promotions if one.gift)
