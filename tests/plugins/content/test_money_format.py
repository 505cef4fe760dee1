"""Amounts as people of a place write them, and prices as owners write them."""

from pathlib import Path

import pytest
import yaml
from babel import Locale
from babel.numbers import get_currency_precision, list_currencies
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.money import MoneyFormat, amount_text, exponent, format_amount, parse_amount, step
from plugins.content.fault import Report
from plugins.content.money_format import money_format, shown_digits
from plugins.content.values import amount
from plugins.content.yaml_nodes import Text

SPACE = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
START = yaml.Mark("product.md", 0, 0, 0, None, 0)
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_IE", MoneyFormat("EUR", 2, ".", ",", prefix="€")),
        ("de_DE", MoneyFormat("EUR", 2, ",", ".", suffix=f"{SPACE}€")),
        ("fr_FR", MoneyFormat("EUR", 2, ",", NARROW, suffix=f"{SPACE}€")),
        ("nl_NL", MoneyFormat("EUR", 2, ",", ".", prefix=f"€{SPACE}")),
    ],
)
def test_euros_are_written_as_each_country_does(locale: str, expected: MoneyFormat) -> None:
    assert money_format("EUR", Locale.parse(locale)) == expected


@pytest.mark.parametrize(
    ("locale", "currency", "minor", "expected"),
    [
        ("en_IE", "EUR", 2400, "€24.00"),
        ("en_IE", "EUR", 123456, "€1,234.56"),
        ("de_DE", "EUR", 2400, f"24,00{SPACE}€"),
        ("de_DE", "EUR", 123456, f"1.234,56{SPACE}€"),
        ("en_US", "USD", 2400, "$24.00"),
        ("ja_JP", "JPY", 2400, "\N{FULLWIDTH YEN SIGN}2,400"),
        ("de_CH", "CHF", 240000, f"CHF{SPACE}2\N{RIGHT SINGLE QUOTATION MARK}400.00"),
        ("en_IE", "CHF", 2400, f"CHF{SPACE}24.00"),
        ("ar", "KWD", 24500, f"{RIGHT_TO_LEFT}24.500{SPACE}د.ك.{RIGHT_TO_LEFT}"),
        ("is_IS", "ISK", 240000, f"2.400{SPACE}kr."),
        ("sv_SE", "SEK", 2400, f"24,00{SPACE}kr"),
        ("hi_IN", "INR", 12345600, "₹123,456.00"),
    ],
)
def test_amounts_are_written_as_people_there_do(locale: str, currency: str, minor: int, expected: str) -> None:
    assert format_amount(minor, money_format(currency, Locale.parse(locale))) == expected


@given(st.integers(0, 99_999_999), st.sampled_from(["EUR", "USD", "JPY", "KWD", "ISK", "CHF"]))
def test_a_price_is_read_as_the_core_reads_it_and_nothing_of_it_is_lost(units: int, currency: str) -> None:
    written = amount_text(units * step(currency), currency)
    report = Report(Path("product.md"), currency=currency)
    assert amount(Text("", written, START), report) == parse_amount(written, currency) == units * step(currency)
    assert report.faults == []


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD", "ISK"])
def test_no_price_is_cut_when_it_is_shown(currency: str) -> None:
    form = money_format(currency, Locale("en", "IE"))
    hidden = 10 ** (exponent(currency) - form.digits)
    assert step(currency) % hidden == 0


@given(st.text(max_size=12))
def test_any_text_is_a_price_or_a_fault_and_never_an_error(written: str) -> None:
    report = Report(Path("product.md"), currency="EUR")
    read = amount(Text("", written, START), report)
    assert (read is None) == bool(report.faults)


def test_as_many_decimals_are_written_as_cldr_says_and_never_more_than_stripe_counts() -> None:
    for currency in list_currencies():
        assert shown_digits(currency) == min(get_currency_precision(currency), exponent(currency)), currency
