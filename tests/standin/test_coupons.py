"""Coupons through the real library."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from functions.local.standin import Standin
from tests.standin.conftest import Clock

Create = Callable[..., stripe.checkout.Session]


def test_a_coupon_is_made_read_listed_and_deleted(client: stripe.StripeClient) -> None:
    made = client.v1.coupons.create(
        {"amount_off": 500, "currency": "eur", "name": "Five off", "duration": "once", "metadata": {"a": "b"}}
    )
    assert (made.amount_off, made.currency, made.percent_off, made.valid) == (500, "eur", None, True)
    assert client.v1.coupons.retrieve(made.id).name == "Five off"
    assert [coupon.id for coupon in client.v1.coupons.list().data] == [made.id]
    assert client.v1.coupons.delete(made.id).deleted is True
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.coupons.retrieve(made.id)
    assert caught.value.code == "resource_missing"


def test_a_coupon_has_the_name_it_is_given_once(client: stripe.StripeClient) -> None:
    assert client.v1.coupons.create({"id": "GALE10", "percent_off": 10}).id == "GALE10"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.coupons.create({"id": "GALE10", "percent_off": 20})
    assert caught.value.code == "resource_already_exists"
    assert client.v1.coupons.retrieve("GALE10").percent_off == 10.0


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({}, "percent_off"),
        ({"percent_off": 10, "amount_off": 100, "currency": "eur"}, "percent_off"),
        ({"percent_off": 0}, "percent_off"),
        ({"percent_off": 100.5}, "percent_off"),
        ({"amount_off": 100}, "currency"),
        ({"amount_off": 0, "currency": "eur"}, "amount_off"),
        ({"amount_off": 100, "currency": "EUR"}, "currency"),
        ({"percent_off": 10, "duration": "repeating"}, "duration"),
        ({"percent_off": 10, "name": "n" * 41}, "name"),
    ],
)
def test_a_faulty_coupon_is_refused(client: stripe.StripeClient, params: Any, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.coupons.create(params)
    assert caught.value.param == param


def test_a_coupon_counts_when_the_session_is_complete(
    client: stripe.StripeClient, create: Create, standin: Standin
) -> None:
    client.v1.coupons.create({"id": "ONCE", "percent_off": 10, "max_redemptions": 1})
    first = create(discounts=[{"coupon": "ONCE"}])
    assert client.v1.coupons.retrieve("ONCE").times_redeemed == 0
    standin.pay(first.id)
    assert client.v1.coupons.retrieve("ONCE").times_redeemed == 1
    assert client.v1.coupons.retrieve("ONCE").valid is False
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(discounts=[{"coupon": "ONCE"}])
    assert caught.value.code == "coupon_expired"


def test_a_coupon_ends_with_its_last_day(client: stripe.StripeClient, create: Create, clock: Clock) -> None:
    client.v1.coupons.create({"id": "MAY", "percent_off": 10, "redeem_by": 1_800_000_060})
    create(discounts=[{"coupon": "MAY"}])
    clock.now += 61
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(discounts=[{"coupon": "MAY"}])
    assert caught.value.code == "coupon_expired"


def test_a_session_takes_one_coupon_of_its_own_currency(client: stripe.StripeClient, create: Create) -> None:
    client.v1.coupons.create({"id": "DOLLAR", "amount_off": 100, "currency": "usd"})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(discounts=[{"coupon": "DOLLAR"}])
    assert caught.value.param == "discounts[0][coupon]"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(discounts=[{"coupon": "NONE"}])
    assert caught.value.code == "resource_missing"
    client.v1.coupons.create({"id": "TEN", "percent_off": 10})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(discounts=[{"coupon": "TEN"}, {"coupon": "TEN"}])
    assert caught.value.param == "discounts"


def test_a_session_keeps_its_discount_when_the_coupon_is_deleted(
    client: stripe.StripeClient, create: Create, standin: Standin
) -> None:
    client.v1.coupons.create({"id": "TEN", "percent_off": 10})
    session = create(discounts=[{"coupon": "TEN"}])
    client.v1.coupons.delete("TEN")
    standin.pay(session.id)
    assert client.v1.checkout.sessions.retrieve(session.id).amount_total == 7555
