"""A quote: a priced cart that cannot change, with a digest that says what the shopper was shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.cart import MAX_QUANTITY, Cart
from functions.shop.catalogue import Part, Variant
from functions.shop.money import format_amount, minimum_charge
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, choices, missing_for_free
from functions.shop.tax import included_tax


class Trouble(StrEnum):
    """Why a cart cannot be checked out as it is."""

    EMPTY = "empty"
    GONE = "gone"
    SOLD_OUT = "sold_out"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NO_DELIVERY = "no_delivery"
    BELOW_MINIMUM = "below_minimum"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the shopper must change, in a sentence that says what; `sku` names the line where it is about one."""

    trouble: Trouble
    message: str
    sku: str = ""


@dataclass(frozen=True, slots=True)
class LineItem:
    """So many of one variant at one price. Amounts are minor units with tax; `total = quantity × unit_price`.

    `tracked` and `parts` are the variant's: what one piece takes from the stock.
    """

    sku: str
    title: str
    label: str
    quantity: int
    unit_price: int
    total: int
    path: str
    image: str = ""
    tracked: bool = True
    limit: int = MAX_QUANTITY
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """Title and options in one line."""
        return f"{self.title}, {self.label}" if self.label else self.title

    @property
    def takes(self) -> tuple[Part, ...]:
        """What the whole line takes from the stock."""
        each = (self.parts or (Part(self.sku, 1),)) if self.tracked else ()
        return tuple(Part(part.sku, part.quantity * self.quantity) for part in each)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a cart costs at one destination. `subtotal + shipping.price = total`, and `tax` is contained in it.

    `choices` are the ways to ship it, `shipping` the chosen one (None when nothing can be shipped there);
    `missing_for_free` is how much more would ship free. A quote with `problems` cannot be checked out.
    """

    currency: str
    country: str
    lines: tuple[LineItem, ...]
    subtotal: int
    choices: tuple[ShippingChoice, ...]
    shipping: ShippingChoice | None
    missing_for_free: int
    tax: int
    total: int
    problems: tuple[Problem, ...]
    digest: str

    @property
    def count(self) -> int:
        """How many pieces, all lines together."""
        return sum(line.quantity for line in self.lines)


def make_quote(
    cart: Cart,
    *,
    variants: Mapping[str, Variant],
    available: Mapping[str, int],
    settings: Settings,
    country: str = "",
    shipping_id: str = "",
) -> Quote:
    """Price a cart.

    `variants` and `available` (pieces that can be sold now) hold the cart's SKUs, as far as they exist. An empty or
    unknown `country` means the main market, an unknown `shipping_id` the cheapest way.
    """
    country = country if settings.shipping.zone(country) else settings.shipping.main_country
    lines = tuple(_line(variants[line.sku], line.quantity) for line in cart.lines if line.sku in variants)
    subtotal = sum(line.total for line in lines)
    offered = choices(settings.shipping, country, subtotal) if lines else ()
    chosen = next((choice for choice in offered if choice.id == shipping_id), offered[0] if offered else None)
    total = subtotal + (chosen.price if chosen else 0)
    gone = len(lines) < len(cart.lines)
    cart_problems = () if gone and not lines else _cart_problems(lines, chosen, total, settings)
    problems = (*_line_problems(cart, variants, available), *cart_problems)
    return Quote(
        currency=settings.currency,
        country=country,
        lines=lines,
        subtotal=subtotal,
        choices=offered,
        shipping=chosen,
        missing_for_free=missing_for_free(settings.shipping, country, subtotal) if lines else 0,
        tax=included_tax(total, settings.tax),
        total=total,
        problems=problems,
        digest=_digest(settings.currency, country, lines, chosen, total),
    )


def _line(variant: Variant, quantity: int) -> LineItem:
    return LineItem(
        sku=variant.sku,
        title=variant.title,
        label=variant.label,
        quantity=quantity,
        unit_price=variant.price,
        total=quantity * variant.price,
        path=variant.path,
        image=variant.image,
        tracked=variant.tracked,
        limit=variant.limit,
        parts=variant.parts,
    )


def _line_problems(cart: Cart, variants: Mapping[str, Variant], available: Mapping[str, int]) -> tuple[Problem, ...]:
    found = (
        _line_problem(line.sku, line.quantity, variants.get(line.sku), available.get(line.sku, 0))
        for line in cart.lines
    )
    return tuple(problem for problem in found if problem)


def _line_problem(sku: str, quantity: int, variant: Variant | None, left: int) -> Problem | None:
    if variant is None:
        return Problem(
            Trouble.GONE, f"Something in your cart ({sku}) is no longer sold. It does not count towards the total.", sku
        )
    if variant.tracked and left <= 0:
        return Problem(Trouble.SOLD_OUT, f"{variant.name} is sold out. Please remove it.", sku)
    if variant.tracked and quantity > left:
        return Problem(Trouble.TOO_FEW, f"Only {left} of {variant.name} left. Please order {left} or fewer.", sku)
    if quantity > variant.limit:
        most = f"You can order up to {variant.limit} of {variant.name} at a time."
        return Problem(Trouble.TOO_MANY, most, sku)
    return None


def _cart_problems(
    lines: tuple[LineItem, ...], chosen: ShippingChoice | None, total: int, settings: Settings
) -> tuple[Problem, ...]:
    if not lines:
        return (Problem(Trouble.EMPTY, "Your cart is empty."),)
    if chosen is None:
        return (Problem(Trouble.NO_DELIVERY, "We do not deliver there. Please choose another destination."),)
    least = minimum_charge(settings.currency)
    if 0 < total < least:
        amount = format_amount(least, settings.money)
        return (Problem(Trouble.BELOW_MINIMUM, f"The least we can charge is {amount}. Please add something."),)
    return ()


def _digest(currency: str, country: str, lines: tuple[LineItem, ...], chosen: ShippingChoice | None, total: int) -> str:
    """A short name for all that decides what is charged and where it goes; texts and pictures do not count."""
    priced = [[line.sku, line.quantity, line.unit_price] for line in lines]
    way = [chosen.id, chosen.price] if chosen else None
    canonical = json.dumps([currency, country, priced, way, total], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]
