"""How the shop's locale writes amounts, taken from CLDR."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from functions.shop.money import MoneyFormat, exponent

if TYPE_CHECKING:
    from babel import Locale

_BEFORE_DIGITS, _AFTER_DIGITS = re.compile(r"^\D*"), re.compile(r"\D*$")
WHOLE = frozenset(
    "ADP AFN ALL BYR ESP IQD IRR ISK ITL KPW LAK LBP LUF MGF MMK MRO RSD SLL SOS STD SYP TMM TRL UGX UYI YER ZMK "
    "ZWD".split()
)
"""Currencies that people write without decimals, though Stripe counts in smaller ones."""
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def money_format(currency: str, locale: Locale) -> MoneyFormat:
    """The format of `currency` in `locale`, with Western digits.

    Simplified against CLDR: digits are always grouped by three from 1,000 on (Hindi groups by two, Spanish from 10,000
    on), and a minus stands first.
    """
    from babel.numbers import format_currency, get_decimal_symbol, get_group_symbol  # noqa: PLC0415 (it loads slowly, and most builds remember what it says)

    sample = format_currency(Decimal(1), currency, locale=locale, numbering_system="latn")
    return MoneyFormat(
        currency,
        shown_digits(currency),
        decimal=get_decimal_symbol(locale, numbering_system="latn"),
        group=get_group_symbol(locale, numbering_system="latn"),
        prefix=_spaced(_BEFORE_DIGITS.findall(sample)[0], -1),
        suffix=_spaced(_AFTER_DIGITS.findall(sample)[0], 0),
    )


def _spaced(sign: str, touching: int) -> str:
    """The sign with a no-break space between it and the digits where letters would touch them, as CLDR wants it."""
    if not sign or not sign[touching].isalpha():
        return sign
    return f"{sign}{_NO_BREAK_SPACE}" if touching else f"{_NO_BREAK_SPACE}{sign}"


def shown_digits(currency: str) -> int:
    """How many decimals people write, never more than Stripe counts."""
    return 0 if currency in WHOLE else exponent(currency)
