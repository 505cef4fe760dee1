"""Goods to try promotions on: a print at 24.00, a mug at 16.50, a card at 2.50, a free sample, a gift worth 5.00."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from functions.shop.catalogue import Variant
from functions.shop.discount import discounts
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat
from functions.shop.occasion import Occasion
from functions.shop.promotion import Kind, Promotion, Selection
from functions.shop.shopper import Shopper

PRINT = Variant("PRINT", "print", "Print", 2400, "/products/print/", collections=("prints",))
MUG = Variant("MUG", "mug", "Mug", 1650, "/products/mug/", collections=("home",))
CARD = Variant("CARD", "card", "Card", 250, "/products/card/", collections=("paper", "home"))
FREE = Variant("FREE", "free", "Sample", 0, "/products/free/")
GIFT = Variant("GIFT", "gift", "Tote bag", 500, "/products/gift/")
VARIANTS = {variant.sku: variant for variant in (PRINT, MUG, CARD, FREE, GIFT)}
PRINTS = Selection(collections=("prints",))
OCCASION = Occasion(
    "2026-12-05T10:00",
    MoneyFormat("EUR", 2, prefix="€"),
    VARIANTS,
    dict.fromkeys(VARIANTS, 50),
    country="IE",
    shipping={"ie-standard": 450, "ie-express": 990},
    countries={"IE": "Ireland", "GB": "United Kingdom", "DE": "Germany"},
)


def occasion(**changes: Any) -> Occasion:
    """The usual occasion with some things changed, of itself or of its shopper."""
    own = {name: changes.pop(name) for name in [*changes] if name in {field.name for field in fields(Shopper)}}
    return replace(OCCASION, shopper=Shopper(**own), **changes)


def promotion(kind: Kind, name: str = "tenth", **given: Any) -> Promotion:
    """A promotion without conditions, whose id is its name."""
    return Promotion(name, name.title(), kind, **given)


def lines(**quantities: int) -> list[LineItem]:
    """The lines of a cart, by SKU."""
    return [_line(VARIANTS[sku], quantity) for sku, quantity in quantities.items()]


def off(rule: Promotion, cart: Sequence[LineItem], then: Occasion = OCCASION) -> tuple[int, ...]:
    """What one promotion takes off each line; nothing at all when it does nothing."""
    found = discounts([rule], cart, then)
    return found[0].amounts if found else ()


def saved_by(rules: Sequence[Promotion], cart: Sequence[LineItem]) -> list[tuple[str, int]]:
    """Which promotions are in force, and what each takes off."""
    return [(one.promotion, one.amount) for one in discounts(rules, cart, OCCASION)]


def _line(variant: Variant, quantity: int) -> LineItem:
    return LineItem(
        variant.sku, variant.title, variant.label, quantity, variant.price, quantity * variant.price, variant.path
    )
