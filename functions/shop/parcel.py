"""A parcel: what a cart weighs and measures when it is packed, which is what rates count by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.catalogue import Variant
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat, format_amount

KILO = 1000
MILLIMETRES = 10


class Counts(StrEnum):
    """Which value of the goods a rule counts."""

    BEFORE_DISCOUNTS = "before_discounts"
    AFTER_DISCOUNTS = "after_discounts"


class Measure(StrEnum):
    """What a rate can depend on."""

    WEIGHT = "weight"
    SUBTOTAL = "subtotal"
    COUNT = "count"
    LENGTH = "length"
    GIRTH = "girth"


@dataclass(frozen=True, slots=True)
class Parcel:
    """All of a cart that must be sent, in one parcel.

    `weight` is in grams with packing; `before_discounts` and `after_discounts` are the goods' value in minor units;
    `length` is the longest side and `girth` the way round across it, in millimetres; `surcharge` is in minor units.
    """

    weight: int = 0
    count: int = 0
    before_discounts: int = 0
    after_discounts: int = 0
    length: int = 0
    girth: int = 0
    surcharge: int = 0

    def goods(self, counts: Counts) -> int:
        """The value of the goods, as a rule counts it."""
        return self.before_discounts if counts is Counts.BEFORE_DISCOUNTS else self.after_discounts


def parcel_of(lines: Sequence[LineItem], variants: Mapping[str, Variant], packing: int, discount: int = 0) -> Parcel:
    """What lines make when they are packed together, files left out. `packing` is in grams.

    `discount` is what the goods cost less than their lines say, in minor units.
    """
    sent = [(line.quantity, variants[line.sku]) for line in lines if not line.digital]
    goods = sum(line.subtotal for line in lines)
    length, girth = stacked((variant.size, quantity) for quantity, variant in sent)
    return Parcel(
        weight=packing + sum(quantity * variant.weight for quantity, variant in sent),
        count=sum(quantity for quantity, _ in sent),
        before_discounts=goods,
        after_discounts=goods - discount,
        length=length,
        girth=girth,
        surcharge=sum(quantity * variant.surcharge for quantity, variant in sent),
    )


def stacked(sizes: Iterable[tuple[tuple[int, ...], int]]) -> tuple[int, int]:
    """Longest side and girth of things that lie on top of each other; see `stack`."""
    length, middle, narrow = stack(sizes) or (0, 0, 0)
    return length, 2 * (middle + narrow)


def stack(sizes: Iterable[tuple[tuple[int, ...], int]]) -> tuple[int, ...]:
    """The three sides, the longest first, of things that lie on top of each other with their flat sides down.

    Each is its own three sides in millimetres, and how many there are of it; what has no size takes no room. Empty when
    nothing has one.
    """
    long, wide, high = 0, 0, 0
    for size, quantity in sizes:
        if size:
            long, wide, high = max(long, size[0]), max(wide, size[1]), high + quantity * size[2]
    return tuple(sorted((long, wide, high), reverse=True)) if high else ()


def weight_text(grams: int, decimal: str = ".") -> str:
    """A weight as people write it, such as `180 g` or `2.4 kg`."""
    if grams < KILO:
        return f"{grams} g"
    return f"{_decimal(grams, KILO, decimal)} kg"


def length_text(millimetres: int, decimal: str = ".") -> str:
    """A length as people write it, such as `120 cm` or `45.5 cm`."""
    return f"{_decimal(millimetres, MILLIMETRES, decimal)} cm"


def measure_text(amount: int, measure: Measure, money: MoneyFormat) -> str:
    """So much of a measure, as people write it."""
    if measure is Measure.SUBTOTAL:
        return format_amount(amount, money)
    if measure is Measure.COUNT:
        return str(amount)
    return (weight_text if measure is Measure.WEIGHT else length_text)(amount, money.decimal)


def _decimal(amount: int, unit: int, decimal: str) -> str:
    whole, rest = divmod(amount, unit)
    return f"{whole}{decimal}{str(unit + rest)[1:]}".rstrip("0") if rest else str(whole)
