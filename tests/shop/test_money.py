"""Amounts: read, written for people and for machines, and the least that Stripe charges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.errors import InvalidAmount
from functions.shop.money import (
    MINIMUM_CHARGE,
    MoneyFormat,
    amount_text,
    exponent,
    format_amount,
    minimum_charge,
    parse_amount,
    percent_of,
    percent_text,
    price_per,
    split,
    step,
)

ENGLISH = MoneyFormat("EUR", 2, prefix="€")
GERMAN = MoneyFormat("EUR", 2, decimal=",", group=".", suffix="\u00a0€")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("24.00", "EUR", 2400),
        ("24", "EUR", 2400),
        ("24.5", "EUR", 2450),
        ("0.01", "EUR", 1),
        ("0", "EUR", 0),
        ("0.00", "USD", 0),
        ("007.10", "GBP", 710),
        (" 24.00 ", "EUR", 2400),
        ("999999999.99", "EUR", 99_999_999_999),
        ("1000", "JPY", 1000),
        ("1", "KRW", 1),
        ("1.250", "KWD", 1250),
        ("1.25", "KWD", 1250),
        ("3", "BHD", 3000),
        ("2400", "ISK", 240_000),
        ("2400.00", "ISK", 240_000),
        ("500", "UGX", 50_000),
        ("24.50", "HUF", 2450),
        ("24.50", "TWD", 2450),
    ],
)
def test_a_price_as_an_owner_writes_it_becomes_stripes_minor_units(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "advice"),
    [
        ("24,00", "EUR", "'24,00' is no amount in EUR; write it like 24.00"),
        ("-1", "EUR", "'-1' is no amount in EUR; write it like 24.00"),
        ("+1", "EUR", "'+1' is no amount in EUR; write it like 24.00"),
        ("", "EUR", "'' is no amount in EUR; write it like 24.00"),
        ("free", "EUR", "'free' is no amount in EUR; write it like 24.00"),
        ("24.001", "EUR", "'24.001' is no amount in EUR; write it like 24.00"),
        ("24.", "EUR", "'24.' is no amount in EUR; write it like 24.00"),
        (".50", "EUR", "'.50' is no amount in EUR; write it like 24.00"),
        ("1e3", "EUR", "'1e3' is no amount in EUR; write it like 24.00"),
        ("1,000.00", "EUR", "'1,000.00' is no amount in EUR; write it like 24.00"),
        ("€24.00", "EUR", "'€24.00' is no amount in EUR; write it like 24.00"),
        ("24.00 EUR", "EUR", "'24.00 EUR' is no amount in EUR; write it like 24.00"),
        ("٢٤", "EUR", "'٢٤' is no amount in EUR; write it like 24.00"),
        ("nan", "EUR", "'nan' is no amount in EUR; write it like 24.00"),
        ("1234567890", "EUR", "'1234567890' is no amount in EUR; write it like 24.00"),
        ("24.00", "JPY", "'24.00' is no amount in JPY; write it like 24"),
        ("24.0001", "KWD", "'24.0001' is no amount in KWD; write it like 24.000"),
        ("1.251", "KWD", "'1.251' is finer than KWD is paid; round it"),
        ("24.50", "ISK", "'24.50' is finer than ISK is paid; round it"),
        ("0.01", "UGX", "'0.01' is finer than UGX is paid; round it"),
    ],
)
def test_what_is_no_amount_is_refused_with_advice(text: str, currency: str, advice: str) -> None:
    with pytest.raises(InvalidAmount) as refusal:
        parse_amount(text, currency)
    assert str(refusal.value) == advice


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (2400, "EUR", "24.00"),
        (5, "EUR", "0.05"),
        (0, "EUR", "0.00"),
        (123_456_789, "EUR", "1234567.89"),
        (-50, "EUR", "-0.50"),
        (1000, "JPY", "1000"),
        (-1000, "JPY", "-1000"),
        (1250, "KWD", "1.250"),
        (240_000, "ISK", "2400.00"),
        (2450, "HUF", "24.50"),
    ],
)
def test_machines_read_amounts_with_a_dot_and_all_decimals(minor: int, currency: str, text: str) -> None:
    assert amount_text(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "form", "text"),
    [
        (2400, ENGLISH, "€24.00"),
        (5, ENGLISH, "€0.05"),
        (0, ENGLISH, "€0.00"),
        (123_456_789, ENGLISH, "€1,234,567.89"),
        (-2400, ENGLISH, "-€24.00"),
        (2400, GERMAN, "24,00\u00a0€"),
        (123_456_789, GERMAN, "1.234.567,89\u00a0€"),
        (123_456, MoneyFormat("EUR", 2, decimal=",", group="\u202f", suffix="\u00a0€"), "1\u202f234,56\u00a0€"),
        (123_456, MoneyFormat("CHF", 2, group="’", prefix="CHF\u00a0"), "CHF\u00a01’234.56"),
        (123_456, MoneyFormat("USD", 2, prefix="$"), "$1,234.56"),
        (1234, MoneyFormat("JPY", 0, prefix="¥"), "¥1,234"),
        (1_234_560, MoneyFormat("KWD", 3, prefix="KD "), "KD 1,234.560"),
        (240_000, MoneyFormat("ISK", 0, decimal=",", group=".", suffix=" kr."), "2.400 kr."),
        (245_000, MoneyFormat("RSD", 0, decimal=",", group=".", suffix=" RSD"), "2.450 RSD"),
        (245_050, MoneyFormat("RSD", 0, decimal=",", group=".", suffix=" RSD"), "2.450,50 RSD"),
        (1234, MoneyFormat("JPY", 2, prefix="¥"), "¥1,234"),
        (240_050, MoneyFormat("HUF", 2, decimal=",", group=" ", suffix=" Ft"), "2 400,50 Ft"),
    ],
)
def test_people_read_amounts_as_their_locale_writes_them(minor: int, form: MoneyFormat, text: str) -> None:
    assert format_amount(minor, form) == text


@pytest.mark.parametrize(
    ("currency", "decimals", "smallest"),
    [
        ("EUR", 2, 1), ("USD", 2, 1), ("GBP", 2, 1), ("HUF", 2, 1), ("TWD", 2, 1), ("ISK", 2, 100), ("UGX", 2, 100),
        ("BIF", 0, 1), ("CLP", 0, 1), ("DJF", 0, 1), ("GNF", 0, 1), ("JPY", 0, 1), ("KMF", 0, 1), ("KRW", 0, 1),
        ("MGA", 0, 1), ("PYG", 0, 1), ("RWF", 0, 1), ("VND", 0, 1), ("VUV", 0, 1), ("XAF", 0, 1), ("XOF", 0, 1),
        ("XPF", 0, 1), ("BHD", 3, 10), ("JOD", 3, 10), ("KWD", 3, 10), ("OMR", 3, 10), ("TND", 3, 10),
    ],
)  # fmt: skip
def test_each_currency_is_counted_as_stripe_counts_it(currency: str, decimals: int, smallest: int) -> None:
    assert (exponent(currency), step(currency)) == (decimals, smallest)


@pytest.mark.parametrize(
    ("currency", "least"),
    [("EUR", 50), ("USD", 50), ("GBP", 30), ("JPY", 50), ("HUF", 17500), ("CZK", 1500), ("SEK", 300), ("ISK", 0)],
)
def test_the_least_charge_is_what_stripe_publishes(currency: str, least: int) -> None:
    assert minimum_charge(currency) == least


@pytest.mark.parametrize("currency", sorted(MINIMUM_CHARGE))
def test_the_least_charge_can_be_paid_in_its_currency(currency: str) -> None:
    assert minimum_charge(currency) > 0
    assert minimum_charge(currency) % step(currency) == 0


CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "ISK", "HUF"])


@given(CURRENCIES, st.integers(0, 999_999_999))
def test_an_amount_written_for_machines_reads_back_as_itself(currency: str, units: int) -> None:
    minor = units * step(currency)
    if minor < 10 ** (9 + exponent(currency)):
        assert parse_amount(amount_text(minor, currency), currency) == minor


@given(CURRENCIES, st.text(max_size=12))
def test_any_text_is_an_amount_or_is_refused(currency: str, text: str) -> None:
    try:
        assert parse_amount(text, currency) >= 0
    except InvalidAmount as refusal:
        assert repr(text) in str(refusal)  # noqa: PT017 — both ways are right, and the refusal quotes the text


@pytest.mark.parametrize(
    ("price", "amount", "per", "currency", "expected"),
    [
        (450, 250, 1000, "EUR", 1800),
        (450, 250, 100, "EUR", 180),
        (1000, 3000, 1000, "EUR", 333),
        (2000, 3000, 1000, "EUR", 667),
        (1, 8, 4, "EUR", 1),  # half a cent is rounded up
        (450, 700, 1000, "JPY", 643),
        (99900, 700, 1000, "ISK", 142700),
        (1000, 1, 1_000_000, "EUR", 1_000_000_000),
    ],
)
def test_a_unit_price_is_rounded_to_what_the_currency_is_paid_in(
    price: int, amount: int, per: int, currency: str, expected: int
) -> None:
    assert price_per(price, amount, per, currency) == expected


@pytest.mark.parametrize(
    ("amount", "weights", "smallest", "parts"),
    [
        (100, [1, 1, 1], 1, (34, 33, 33)),
        (200, [1, 1, 1], 1, (67, 67, 66)),
        (100, [100, 200, 300], 1, (17, 33, 50)),
        (10, [999, 1], 1, (10, 0)),
        (5, [0, 3, 0, 2], 1, (0, 3, 0, 2)),
        (500, [2400, 500], 1, (414, 86)),
        (0, [], 1, ()),
        (0, [0, 0], 1, (0, 0)),
        (0, [5, 7], 10, (0, 0)),
        (1000, [10, 10, 10], 10, (340, 330, 330)),
        (300, [12_300, 12_300], 100, (200, 100)),
    ],
)
def test_an_amount_is_split_in_proportion_and_the_largest_remainders_get_the_rest(
    amount: int, weights: list[int], smallest: int, parts: tuple[int, ...]
) -> None:
    assert split(amount, weights, smallest) == parts


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=60), st.sampled_from([1, 10, 100]))
def test_parts_add_up_and_none_is_further_from_its_share_than_a_step(amount: int, units: list[int], unit: int) -> None:
    weights, whole = [unit * one for one in units], unit * sum(units)
    amount = amount // unit * unit if whole else 0
    parts = split(amount, weights, unit)
    assert sum(parts) == amount
    assert all(part % unit == 0 for part in parts)
    pairs = list(zip(parts, weights, strict=True))
    assert all(abs(part * whole - amount * weight) < unit * whole for part, weight in pairs) or not whole
    assert amount > whole or all(0 <= part <= weight for part, weight in pairs)


def test_an_amount_finer_than_its_step_cannot_be_split() -> None:
    with pytest.raises(ValueError, match="105 is no multiple of 10"):
        split(105, [10, 20], 10)


@pytest.mark.parametrize(
    ("amount", "percent", "smallest", "part"),
    [
        (250, 1020, 1, 26),
        (250, 1019, 1, 25),
        (12_350, 1000, 10, 1240),
        (99_499, 1000, 100, 9900),
        (999, 10_000, 1, 999),
    ],
)
def test_a_percentage_of_an_amount_is_rounded_half_up(amount: int, percent: int, smallest: int, part: int) -> None:
    assert percent_of(amount, percent, smallest) == part


@pytest.mark.parametrize(
    ("percent", "text"), [(2300, "23"), (1350, "13.5"), (5, "0.05"), (10_000, "100"), (333, "3.33")]
)
def test_a_percentage_is_written_without_zeros_that_say_nothing(percent: int, text: str) -> None:
    assert percent_text(percent) == text
    assert percent_text(percent, ",") == text.replace(".", ",")
