"""Amounts of money: whole numbers of Stripe's minor unit, read from text and written as text.

Which unit Stripe counts in, and the least it charges: https://docs.stripe.com/currencies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.shop.errors import InvalidAmount

ZERO_DECIMAL = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
THREE_DECIMAL = frozenset("BHD JOD KWD OMR TND".split())
# Stripe counts these with two decimals although no such coins exist, so the decimals are always 00.
WHOLE_UNITS_ONLY = frozenset({"ISK", "UGX"})
MINIMUM_CHARGE = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50,
    "GBP": 30, "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50,
    "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000, "USD": 50,
}  # fmt: skip
_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class MoneyFormat:
    """How a locale writes amounts of one currency; the build takes it from CLDR, everything else uses it.

    Other numbers for people, such as weights and rates of tax, have the same `decimal`.

    `digits` is how many decimals are shown, which may be fewer than Stripe counts; decimals that are not 0 are shown
    all the same, because nobody may be charged more than was shown.
    """

    currency: str
    digits: int
    decimal: str = "."
    group: str = ","
    prefix: str = ""
    suffix: str = ""


def exponent(currency: str) -> int:
    """Decimals of the unit in which Stripe counts `currency`: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def step(currency: str) -> int:
    """The smallest amount Stripe accepts as a difference, in minor units: KWD ends in 0, ISK in 00."""
    if currency in WHOLE_UNITS_ONLY:
        return 100
    return 10 if currency in THREE_DECIMAL else 1


def minimum_charge(currency: str) -> int:
    """The least that Stripe charges in one go, in minor units; 0 where Stripe publishes no figure."""
    return MINIMUM_CHARGE.get(currency, 0)


def parse_amount(text: str, currency: str) -> int:
    """Minor units for a price as an owner writes it, such as `24.00`. Raises InvalidAmount with advice."""
    match = _AMOUNT.fullmatch(text.strip())
    decimals = exponent(currency)
    if match is None or len(match[2] or "") > decimals:
        example = amount_text(24 * 10**decimals, currency)
        raise InvalidAmount(f"{text!r} is no amount in {currency}; write it like {example}")
    minor: int = int(match[1]) * 10**decimals + int((match[2] or "").ljust(decimals, "0") or 0)
    if minor % step(currency):
        raise InvalidAmount(f"{text!r} is finer than {currency} is paid; round it")
    return minor


def amount_text(minor: int, currency: str) -> str:
    """The amount for machines: `2400` EUR is `24.00`, as JSON-LD and feeds want it."""
    decimals = exponent(currency)
    whole, fraction = divmod(abs(minor), 10**decimals)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{fraction:0{decimals}d}" if decimals else f"{sign}{whole}"


def price_per(price: int, amount: int, per: int, currency: str) -> int:
    """What `per` costs of something of which `amount` costs `price`, rounded half up to what `currency` is paid in.

    `amount` and `per` are whole numbers of one unit, such as grams (directive 98/6/EC, article 2(b)).
    """
    smallest = step(currency)
    return (2 * price * per + amount * smallest) // (2 * amount * smallest) * smallest


def percent_of(amount: int, percent: int, step: int = 1) -> int:
    """So many hundredths of a percent of an amount, rounded half up to a multiple of `step`."""
    scale = 10_000 * step
    return (2 * amount * percent + scale) // (2 * scale) * step


def percent_text(percent: int, decimal: str = ".") -> str:
    """Hundredths of a percent as people write them, without the sign: `23` or `13.5`."""
    whole, fraction = divmod(percent, 100)
    return f"{whole}{decimal}{fraction:02d}".rstrip("0") if fraction else str(whole)


def split(amount: int, weights: Sequence[int], step: int = 1) -> tuple[int, ...]:
    """The amount in parts as the weights are to each other: multiples of `step` that add up to it exactly.

    What is left over by rounding down goes, a step each, to the parts that lost most by it; of equals to the first.
    No part exceeds its weight, as long as the amount does not exceed their sum and they are multiples of `step` too.
    Raises ValueError for an amount that is no such multiple. Only an amount of 0 can be split by weights of 0.
    """
    units, rest = divmod(amount, step)
    if rest:
        raise ValueError(f"{amount} is no multiple of {step}")
    if not units or len(weights) == 1:
        return (amount,) * len(weights)
    whole = sum(weights)
    parts = [divmod(units * weight, whole) for weight in weights]
    left_over = units - sum(part for part, _ in parts)
    largest = {*sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left_over]}
    return tuple([(part + (at in largest)) * step for at, (part, _) in enumerate(parts)])


def format_amount(minor: int, form: MoneyFormat) -> str:
    """The amount for people, such as `€24.00` or `24,00 €`; the same on pages, in the cart and in mails."""
    decimals = exponent(form.currency)
    whole, fraction = divmod(abs(minor), 10**decimals)
    digits = f"{whole:,}".replace(",", form.group)
    shown = _shown(f"{fraction:0{decimals}d}" if decimals else "", form.digits)
    if shown:
        digits += form.decimal + shown
    return f"{'-' if minor < 0 else ''}{form.prefix}{digits}{form.suffix}"


def _shown(fraction: str, digits: int) -> str:
    return fraction if fraction[digits:].strip("0") else fraction[:digits]
