"""The tax within a price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.tax import Tax, included_tax

VAT_23 = Tax("VAT", 2300)


@pytest.mark.parametrize(
    ("gross", "tax"),
    [(0, 0), (1, 0), (2, 0), (3, 1), (100, 19), (123, 23), (1230, 230), (2400, 449), (3350, 626), (9999, 1870)],
)
def test_of_a_price_with_23_percent_this_much_is_tax(gross: int, tax: int) -> None:
    assert included_tax(gross, VAT_23) == tax


@pytest.mark.parametrize(
    ("rate", "gross", "tax"),
    [
        (0, 1000, 0),
        (1350, 1135, 135),
        (700, 107, 7),
        (1900, 11900, 1900),
        (2000, 3, 1),
        (10_000, 1, 1),
        (550, 1055, 55),
    ],
)
def test_other_rates_work_alike_and_halves_round_up(rate: int, gross: int, tax: int) -> None:
    assert included_tax(gross, Tax("VAT", rate)) == tax


@pytest.mark.parametrize(
    ("rate", "text"),
    [(2300, "23"), (1350, "13.5"), (2000, "20"), (0, "0"), (825, "8.25"), (5, "0.05"), (10_000, "100")],
)
def test_a_rate_is_written_as_people_write_it(rate: int, text: str) -> None:
    assert Tax("VAT", rate).percent == text


RATES = st.integers(0, 10_000).map(lambda rate: Tax("VAT", rate))


@given(st.integers(0, 10**12), RATES)
def test_tax_is_the_whole_number_nearest_to_the_exact_share(gross: int, tax: Tax) -> None:
    exact_times_scale = gross * tax.rate
    scale = 10_000 + tax.rate
    assert abs(included_tax(gross, tax) * scale - exact_times_scale) * 2 <= scale


@given(st.integers(0, 10**12), RATES)
def test_net_and_tax_are_never_negative_and_add_up(gross: int, tax: Tax) -> None:
    part = included_tax(gross, tax)
    net = gross - part
    assert part >= 0
    assert net >= 0
    assert net + part == gross


@given(st.integers(0, 10**9), st.integers(0, 10**6), RATES)
def test_a_higher_price_never_holds_less_tax(gross: int, more: int, tax: Tax) -> None:
    assert included_tax(gross + more, tax) >= included_tax(gross, tax)
