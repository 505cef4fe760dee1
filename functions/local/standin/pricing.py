"""Sums of a Checkout Session: lines, discount, shipping, total. Taxes are in the prices or not there at all."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .store import Json

_WHOLE = Decimal(1)


@dataclass(frozen=True)
class Sums:
    """Minor units; `discounts` has one entry a line and adds up to `discount`."""

    subtotal: int
    discounts: tuple[int, ...]
    shipping: int

    @property
    def discount(self) -> int:
        return sum(self.discounts)

    @property
    def total(self) -> int:
        return self.subtotal - self.discount + self.shipping


def line_amount(unit_amount: Decimal, quantity: int) -> int:
    return int((unit_amount * quantity).quantize(_WHOLE, ROUND_HALF_UP))


def sums(amounts: list[int], coupon: Json | None, shipping: int) -> Sums:
    """`amounts` are the lines before discount. A coupon takes nothing from shipping and never goes below zero."""
    subtotal = sum(amounts)
    return Sums(subtotal, shares(_off(coupon, subtotal), amounts), shipping)


def _off(coupon: Json | None, subtotal: int) -> int:
    if coupon is None:
        return 0
    if coupon["amount_off"] is not None:
        return min(int(coupon["amount_off"]), subtotal)
    percent = Decimal(str(coupon["percent_off"]))
    return int((subtotal * percent / 100).quantize(_WHOLE, ROUND_HALF_UP))


def shares(amount: int, weights: list[int]) -> tuple[int, ...]:
    """`amount` split in proportion to `weights`, to the last unit: the largest remainders get one more."""
    whole = sum(weights)
    if whole == 0:
        return (0,) * len(weights)
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(amount * weights[at] % whole))
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return tuple(parts)
