"""News of payments: refunds, disputes and warnings reach the order that they are about (R8)."""

from functions.ports import PaymentEvent
from functions.service.acting import perform
from functions.service.news import heed
from functions.service.settlement import settle
from functions.shop.acts import Actor, Cancel, GiveBack
from functions.shop.order import Order
from functions.shop.state import State
from functions.shop.status import DisputeStatus, PaymentStatus, dispute_status, payment_status
from tests.service.conftest import CODES, Till

CARD = "4242424242424242"


def bought(till: Till) -> Order:
    """An order of 14.50 EUR, paid."""
    order = till.order()
    till.standin.pay(order.session, CARD)
    return settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def heard(till: Till, payment: str) -> Order:
    """The order once news of its payment came in."""
    [order] = heed(
        PaymentEvent("evt_1", "", "", payment), store=till.store, payments=till.payments, clock=till.clock, codes=CODES
    )
    assert order == till.now(order.id)
    return order


def test_a_refund_in_the_dashboard_is_in_the_orders_ledger(till: Till) -> None:
    order = bought(till)
    till.standin.refund(order.payments[0].id, 450)
    after = heard(till, order.payments[0].id)
    assert [(refund.amount, refund.status) for refund in after.refunds] == [(450, "succeeded")]
    assert payment_status(after) is PaymentStatus.PARTIALLY_REFUNDED
    assert heard(till, order.payments[0].id) == after


def test_our_own_refund_is_there_once_however_often_it_is_told(till: Till) -> None:
    order = bought(till)
    act = GiveBack(450, "Sorry.", 0)
    for _ in range(2):
        after = perform(order.id, act, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert heard(till, order.payments[0].id) == after
    assert [(refund.amount, refund.status) for refund in after.refunds] == [(450, "succeeded")]


def test_a_refund_that_the_bank_sends_back_counts_no_more(till: Till) -> None:
    order = bought(till)
    cancel = Cancel(Actor.OWNER)
    after = perform(order.id, cancel, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert (after.state, till.stock()) == (State.CANCELLED, (1, 0))
    till.standin.fail_refund(after.refunds[0].stripe_id)
    assert payment_status(heard(till, order.payments[0].id)) is PaymentStatus.PAID


def test_a_dispute_holds_the_order_until_it_is_won(till: Till) -> None:
    order = bought(till)
    dispute = till.standin.dispute(order.payments[0].id)
    held = heard(till, order.payments[0].id)
    assert (dispute_status(held), bool(held.held)) == (DisputeStatus.OPEN, True)
    till.standin.move_dispute(dispute["id"], "won")
    # The next time it is settled it is asked for, for it is open here.
    won = settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert dispute_status(won) is DisputeStatus.WON


def test_a_warning_of_fraud_holds_the_order(till: Till) -> None:
    order = bought(till)
    till.standin.warn(order.payments[0].id)
    assert heard(till, order.payments[0].id).held.startswith("The card's issuer takes the payment for fraud.")


def test_payments_with_trouble_are_listed_once_each(till: Till) -> None:
    order = bought(till)
    payment = order.payments[0].id
    till.standin.refund(payment, 450)
    till.standin.warn(payment)
    till.standin.dispute(payment)
    assert till.payments.troubled_since(till.clock() - 60) == (payment,)
    assert till.payments.troubled_since(till.clock() + 3600) == ()


def test_news_of_a_payment_that_no_order_knows_is_no_error(till: Till) -> None:
    event = PaymentEvent("evt_1", "", "", "pi_of_another_shop")
    assert heed(event, store=till.store, payments=till.payments, clock=till.clock, codes=CODES) == ()
