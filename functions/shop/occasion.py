"""An occasion: who buys, when, from where, and what a promotion must know besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from functions.shop.catalogue import Variant, pieces
from functions.shop.day import ENGLISH, DayFormat
from functions.shop.destination import Destination
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat, step
from functions.shop.parcel import parcel_of
from functions.shop.settings import Settings
from functions.shop.shopper import ANYBODY, Shopper
from functions.shop.ways import ways


@dataclass(frozen=True, slots=True)
class Occasion:
    """All that decides which promotions apply to a cart, beside its lines.

    `now` is the time in the shop's time zone (`2026-12-01T09:30`). `variants` holds those of the cart and of gifts,
    `stock` the pieces that can be sold, by SKU. `shipping` is what the ways to send this cart would cost without any
    promotion, by the rate's id; empty when there is nothing to send. `countries` names destinations by ISO 3166-1 code,
    `days` is how the shop writes them.
    """

    now: str
    money: MoneyFormat
    variants: Mapping[str, Variant]
    stock: Mapping[str, int] = field(default_factory=dict)
    country: str = ""
    shopper: Shopper = ANYBODY
    shipping: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    days: DayFormat = ENGLISH

    @property
    def step(self) -> int:
        """The smallest difference between two amounts, in minor units."""
        return step(self.money.currency)

    def can_have(self, sku: str, quantity: int, free: Mapping[str, int]) -> bool:
        """Whether so many pieces can be added to the parcel, with so much stock free."""
        variant = self.variants.get(sku)
        if variant is None or not self._goes_there(variant):
            return False
        return not variant.tracked or pieces(variant.takes, free) >= quantity

    def _goes_there(self, variant: Variant) -> bool:
        """Whether a variant may go where the cart goes. A cart of files goes nowhere: only another file fits there."""
        if variant.digital:
            return True
        return bool(self.country) and (not variant.ships_to or self.country in variant.ships_to)


def occasion_of(
    lines: Sequence[LineItem],
    destination: Destination,
    shopper: Shopper,
    settings: Settings,
    *,
    variants: Mapping[str, Variant],
    stock: Mapping[str, int],
    now: str,
) -> Occasion:
    """The occasion on which somebody buys these lines; `now` is the time in the shop's time zone."""
    offered = ways(parcel_of(lines, variants, settings.shipping.packing), destination, settings)
    return Occasion(
        now=now,
        money=settings.money,
        variants=variants,
        stock=stock,
        country=destination.country,
        shopper=shopper,
        shipping={choice.id: choice.price for choice in offered if not choice.pickup},
        countries=settings.countries,
        days=settings.days,
    )
