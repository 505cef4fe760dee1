"""Sums, minimum and maximum amounts (rules R4 and R6 lean on these)."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from functions.local.standin import Standin
from functions.local.standin.currencies import shown
from functions.local.standin.pricing import shares, sums
from tests.standin.conftest import line

Create = Callable[..., stripe.checkout.Session]


@pytest.mark.parametrize(
    ("currency", "least"), [("eur", 50), ("usd", 50), ("gbp", 30), ("jpy", 50), ("czk", 1500), ("chf", 50)]
)
def test_a_total_below_the_smallest_charge_is_refused(
    create: Create, standin: Standin, currency: str, least: int
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Card", least - 1, 1, currency)], shipping_options=None)
    assert caught.value.code == "amount_too_small"
    assert standin.sessions() == []
    session = create(line_items=[line("Card", least, 1, currency)], shipping_options=None)
    assert session.amount_total == least


def test_a_total_of_zero_needs_no_payment(create: Create, client: stripe.StripeClient, standin: Standin) -> None:
    session = create(line_items=[line("Sticker", 0, 1)], shipping_options=None)
    assert (session.amount_total, session.payment_status) == (0, "no_payment_required")
    assert session.status == "open"
    standin.pay(session.id)
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.payment_status) == ("complete", "no_payment_required")
    assert found.payment_intent is None
    assert client.v1.payment_intents.list().data == []
    assert [event["type"] for event in standin.events()] == ["checkout.session.completed"]


def test_more_than_eight_digits_are_refused(create: Create) -> None:
    assert create(line_items=[line("Ship", 99_999_999, 1)], shipping_options=None).amount_total == 99_999_999
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Ship", 100_000_000, 1)])
    assert caught.value.code == "amount_too_large"


def test_a_price_below_zero_is_refused(create: Create) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Card", -1, 1)])
    assert caught.value.param == "line_items[0][price_data][unit_amount]"


@pytest.mark.parametrize(("currency", "good", "bad"), [("kwd", 1010, 1011), ("isk", 50_000, 50_010)])
def test_some_currencies_have_no_last_digits(create: Create, currency: str, good: int, bad: int) -> None:
    assert create(line_items=[line("Card", good, 1, currency)], shipping_options=None).amount_total == good
    with pytest.raises(stripe.InvalidRequestError):
        create(line_items=[line("Card", bad, 1, currency)], shipping_options=None)


@pytest.mark.parametrize(
    ("coupon", "discount", "total"),
    [
        ({"amount_off": 1000, "currency": "eur"}, 1000, 7340),
        ({"amount_off": 99_999, "currency": "eur"}, 7850, 490),
        ({"percent_off": 10}, 785, 7555),
        ({"percent_off": 12.5}, 981, 7359),
        ({"percent_off": 100}, 7850, 490),
    ],
)
def test_a_coupon_takes_from_the_lines_and_not_from_shipping(
    create: Create, client: stripe.StripeClient, coupon: Any, discount: int, total: int
) -> None:
    made = client.v1.coupons.create(coupon)
    session = create(discounts=[{"coupon": made.id}])
    assert session.total_details is not None
    assert (session.total_details.amount_discount, session.amount_total) == (discount, total)
    items = client.v1.checkout.sessions.line_items.list(session.id).data
    assert sum(item.amount_discount for item in items) == discount
    assert sum(item.amount_total for item in items) == 7850 - discount


def test_a_discount_is_split_in_proportion_to_the_last_cent() -> None:
    assert shares(100, [1, 1, 1]) == (34, 33, 33)
    assert shares(785, [6800, 1050]) == (680, 105)
    assert shares(0, [0, 0]) == (0, 0)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20), st.integers(0, 50_000))
def test_shares_add_up_and_never_exceed_their_line(amounts: list[int], off: int) -> None:
    coupon = {"amount_off": off, "percent_off": None}
    priced = sums(amounts, coupon, 0)
    assert priced.discount == min(off, sum(amounts))
    assert all(0 <= part <= amount for part, amount in zip(priced.discounts, amounts, strict=True))


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (2400, "eur", "€24.00"),
        (-785, "eur", "−€7.85"),
        (1_234_567, "usd", "$12,345.67"),
        (500, "jpy", "¥500"),
        (1010, "kwd", "1.010 KWD"),
        (2400, "chf", "24.00 CHF"),
    ],
)
def test_amounts_are_shown_as_people_read_them(amount: int, currency: str, text: str) -> None:
    assert shown(amount, currency) == text
