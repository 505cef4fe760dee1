"""Disputes and fraud warnings, as a bank and a card's issuer bring them about."""

from collections.abc import Callable

import pytest
import stripe

from functions.local.standin import Standin
from functions.local.standin.errors import ApiError

Create = Callable[..., stripe.checkout.Session]
CARD = "4242424242424242"


@pytest.fixture
def payment(create: Create, standin: Standin) -> str:
    """The payment intent of a session that was paid."""
    session = create()
    standin.pay(session.id, CARD)
    return str(standin.sessions()[0]["payment_intent"])


def test_a_dispute_is_opened_moves_on_and_is_decided(
    client: stripe.StripeClient, standin: Standin, payment: str
) -> None:
    made = standin.dispute(payment, "product_not_received")
    dispute = client.v1.disputes.retrieve(made["id"])
    assert (dispute.status, dispute.reason, dispute.payment_intent) == (
        "needs_response",
        "product_not_received",
        payment,
    )
    assert client.v1.charges.retrieve(str(dispute.charge)).disputed is True
    standin.move_dispute(made["id"], "under_review")
    standin.move_dispute(made["id"], "lost")
    assert [one.status for one in client.v1.disputes.list({"payment_intent": payment}).data] == ["lost"]
    assert [event["type"] for event in standin.events()][:4] == [
        "charge.dispute.closed", "charge.dispute.updated", "charge.dispute.funds_withdrawn", "charge.dispute.created",
    ]  # fmt: skip


def test_a_charge_is_disputed_once_and_a_dispute_ends_as_stripes_do(standin: Standin, payment: str) -> None:
    made = standin.dispute(payment)
    with pytest.raises(ApiError, match="disputed already"):
        standin.dispute(payment)
    with pytest.raises(ApiError, match="can become lost, under_review, won, not gone"):
        standin.move_dispute(made["id"], "gone")


def test_a_warning_is_listed_by_its_payment(client: stripe.StripeClient, standin: Standin, payment: str) -> None:
    made = standin.warn(payment)
    [warning] = client.v1.radar.early_fraud_warnings.list({"payment_intent": payment}).data
    assert (warning.id, warning.fraud_type, warning.actionable) == (made["id"], "made_with_stolen_card", True)
    assert client.v1.radar.early_fraud_warnings.list({"payment_intent": "pi_other"}).data == []
    assert client.v1.radar.early_fraud_warnings.retrieve(made["id"]).payment_intent == payment
    assert standin.events()[0]["type"] == "radar.early_fraud_warning.created"


def test_what_was_not_paid_can_be_neither_disputed_nor_warned_of(create: Create, standin: Standin) -> None:
    create()
    for act in (standin.dispute, standin.warn):
        with pytest.raises(ApiError):
            act("pi_nothing")
