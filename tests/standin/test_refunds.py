"""Refunds through the real library (rules R7 and R8 lean on these)."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from functions.local.standin import Standin
from tests.standin.conftest import client_of

pytestmark = pytest.mark.slow


Create = Callable[..., stripe.checkout.Session]


@pytest.fixture
def paid(create: Create, client: stripe.StripeClient, standin: Standin) -> str:
    """The payment intent of a session that was paid: 83.40."""
    session = create()
    standin.pay(session.id)
    return str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)


def charge_of(client: stripe.StripeClient, payment: str) -> stripe.Charge:
    return client.v1.charges.list({"payment_intent": payment}).data[0]


def test_a_refund_without_an_amount_returns_everything(client: stripe.StripeClient, paid: str) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid, "metadata": {"order_id": "o1"}})
    assert (refund.amount, refund.currency, refund.status) == (8340, "eur", "succeeded")
    assert refund.metadata is not None
    assert refund.metadata.to_dict() == {"order_id": "o1"}
    charge = charge_of(client, paid)
    assert (charge.amount_refunded, charge.refunded) == (8340, True)


def test_parts_can_be_refunded_until_nothing_is_left(client: stripe.StripeClient, paid: str) -> None:
    charge = charge_of(client, paid)
    assert client.v1.refunds.create({"charge": charge.id, "amount": 3000}).amount == 3000
    assert charge_of(client, paid).refunded is False
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"charge": charge.id, "amount": 5341})
    assert caught.value.param == "amount"
    assert charge_of(client, paid).amount_refunded == 3000
    assert client.v1.refunds.create({"payment_intent": paid}).amount == 5340
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": paid, "amount": 1})
    assert caught.value.code == "charge_already_refunded"
    assert charge_of(client, paid).amount_refunded == 8340


@pytest.mark.parametrize("amount", [0, -1, 8341, 100_000_000])
def test_an_impossible_amount_is_refused(client: stripe.StripeClient, paid: str, amount: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": paid, "amount": amount})
    assert caught.value.param == "amount"
    assert client.v1.refunds.list().data == []


def test_a_refund_names_either_the_charge_or_the_payment(client: stripe.StripeClient, paid: str) -> None:
    neither: Any = {}
    both: Any = {"payment_intent": paid, "charge": charge_of(client, paid).id}
    for params in (neither, both):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.refunds.create(params)
        assert caught.value.param == "payment_intent"


def test_what_was_not_paid_cannot_be_refunded(create: Create, client: stripe.StripeClient, standin: Standin) -> None:
    declined = standin.pay(create().id, "4000000000000002").session["payment_intent"]
    delayed = standin.pay(create().id, "AT611904300234573201").session["payment_intent"]
    for payment in (declined, delayed):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.refunds.create({"payment_intent": payment})
        assert caught.value.code == "charge_not_refundable"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": "pi_none"})
    assert caught.value.code == "resource_missing"


def test_refunds_are_found_by_payment_and_by_charge(
    client: stripe.StripeClient, paid: str, create: Create, standin: Standin
) -> None:
    other = standin.pay(create().id).session["payment_intent"]
    first = client.v1.refunds.create({"payment_intent": paid, "amount": 100})
    client.v1.refunds.create({"payment_intent": other, "amount": 200})
    assert [refund.id for refund in client.v1.refunds.list({"payment_intent": paid}).data] == [first.id]
    charge = charge_of(client, paid)
    assert [refund.id for refund in client.v1.refunds.list({"charge": charge.id}).data] == [first.id]
    whole: Any = client.v1.charges.retrieve(charge.id, {"expand": ["refunds"]})
    assert [refund.amount for refund in whole.refunds.data] == [100]
    assert client.v1.refunds.retrieve(first.id).amount == 100


def test_a_refund_with_a_key_happens_once(client: stripe.StripeClient, paid: str, standin: Standin) -> None:
    key: Any = {"idempotency_key": "o1/refund/1"}
    standin.fail_calls("close_after", match="POST /v1/refunds")
    params: Any = {"payment_intent": paid, "amount": 3000}
    refund = client_of(standin, retries=1).v1.refunds.create(params, key)
    assert client.v1.refunds.create(params, key).id == refund.id
    assert charge_of(client, paid).amount_refunded == 3000


def test_metadata_of_a_refund_can_be_changed(client: stripe.StripeClient, paid: str) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid})
    changed = client.v1.refunds.update(refund.id, {"metadata": {"note": "late"}})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"note": "late"}


def test_a_refund_in_the_dashboard_is_seen_like_any_other(
    client: stripe.StripeClient, paid: str, standin: Standin
) -> None:
    made = standin.refund(paid, 1000)
    assert [refund.id for refund in client.v1.refunds.list({"payment_intent": paid}).data] == [made["id"]]
    events = client.v1.events.list({"types": ["charge.refunded", "refund.created"]}).data
    assert [event.type for event in events] == ["refund.created", "charge.refunded"]
    assert events[0].request is not None
    assert events[0].request.id is None


def test_a_refund_that_the_bank_sends_back_is_not_refunded(
    client: stripe.StripeClient, paid: str, standin: Standin
) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid})
    standin.fail_refund(refund.id)
    assert client.v1.refunds.retrieve(refund.id).status == "failed"
    assert charge_of(client, paid).amount_refunded == 0
    assert client.v1.refunds.create({"payment_intent": paid}).amount == 8340
