"""Settlement: money that comes late, twice, in the wrong amount, or while calls fail."""

from dataclasses import replace

import pytest

from functions.adapters.stripe_payments import StripePayments
from functions.ports import Payments
from functions.service.reconcile import reconcile
from functions.service.settlement import record, release, save, settle
from functions.shop.decision import Decision
from functions.shop.errors import PaymentsUnavailable, UnknownOrder
from functions.shop.facts import SessionFacts
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.settling import expire_unsold
from functions.shop.state import State
from tests.service.conftest import CODES, SmallRelease, Till, write

pytestmark = pytest.mark.slow


BUYER = "ORDR-0001-AAAA"


def settled(till: Till, order: Order, session: str = "") -> Order:
    return settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES, session=session)


def released(till: Till, order: Order) -> Order:
    return release(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def ended_here_but_open_at_stripe(till: Till) -> tuple[Order, str]:
    """An order that was given up because the answer to making its session was lost (R1)."""
    till.lose_the_answer_to("POST /v1/checkout/sessions")
    with pytest.raises(PaymentsUnavailable):
        till.order()
    order = save(expire_unsold(till.now(), till.clock()), till.store)
    [session] = till.standin.sessions()
    return order, session["id"]


def test_money_after_the_end_takes_its_stock_again_when_it_is_still_there(till: Till) -> None:
    order, session = ended_here_but_open_at_stripe(till)
    till.standin.pay(session, "4242424242424242")
    paid = settled(till, order, session)
    assert (paid.state, paid.refunds, len(paid.payments)) == (State.PAID, (), 1)
    assert till.stock() == (0, 0)


def test_money_after_the_end_is_given_back_when_the_goods_are_gone(till: Till) -> None:
    order, session = ended_here_but_open_at_stripe(till)
    till.order("ORDR-0002-BBBB")
    till.standin.pay(session, "4242424242424242")
    sorry = settled(till, order, session)
    assert sorry.state is State.UNFULFILLABLE
    [refund] = sorry.refunds
    assert (refund.amount, bool(refund.stripe_id)) == (1450, True)
    assert [message.kind.value for message in sorry.messages] == ["apology"]
    assert till.stock() == (1, 1)
    assert settled(till, order, session) == sorry


def test_a_refund_that_fails_midway_is_made_once_when_settled_again(till: Till) -> None:
    order, session = ended_here_but_open_at_stripe(till)
    till.order("ORDR-0002-BBBB")
    till.standin.pay(session, "4242424242424242")
    till.lose_the_answer_to("POST /v1/refunds")
    assert settled(till, order, session).refunds[0].stripe_id == ""
    assert till.store.listed(List.REFUNDS).ids == (BUYER,)
    till.clock.now += 25 * 3600
    again = settled(till, order, session)
    assert again.refunds[0].stripe_id
    [charge] = [s["payment_intent"] for s in till.standin.sessions() if s["id"] == session]
    made = till.payments.refund(charge, 1450, again.refunds[0].key)
    assert made.id == again.refunds[0].stripe_id
    assert till.store.listed(List.REFUNDS).ids == ()


def test_a_second_payment_is_refunded_in_full(till: Till) -> None:
    """And the order stays as it is (R3)."""
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    paid = settled(till, order)
    facts = till.payments.session(order.session)
    twice = replace(facts, session="cs_second")
    after = record(paid, twice, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert (after.state, len(after.payments), len(after.refunds)) == (State.PAID, 2, 1)
    assert after.refunds[0].amount == order.total
    assert till.stock() == (0, 0)


def test_another_amount_than_ordered_holds_the_order_and_tells_the_owner(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    facts = replace(till.payments.session(order.session), amount=1400)
    held = record(order, facts, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert held.state is State.PAID
    assert held.held == "Stripe charged 1400 EUR (in minor units) instead of 1450 EUR."
    assert [message.kind.value for message in held.messages] == ["confirmation", "held"]


def test_a_delayed_payment_waits_and_then_settles(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "AT611904300234573201")
    waiting = settled(till, order)
    assert (waiting.state, till.stock()) == (State.AWAITING_PAYMENT, (1, 1))
    till.clock.now += 60
    paid = settled(till, order)
    assert (paid.state, till.stock()) == (State.PAID, (0, 0))


def test_a_delayed_payment_that_bounces_frees_the_stock(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "AT861904300235473202")
    assert settled(till, order).state is State.AWAITING_PAYMENT
    till.clock.now += 60
    ended = settled(till, order)
    assert (ended.state, till.stock()) == (State.EXPIRED, (1, 0))


def test_releasing_an_order_that_was_just_paid_leaves_it_paid(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    assert released(till, order).state is State.PAID
    assert till.stock() == (0, 0)


def test_when_stripe_does_not_answer_nothing_changes(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    till.standin.fail_calls("close_before", times=3)
    with pytest.raises(PaymentsUnavailable):
        settled(till, order)
    assert till.now() == order
    assert settled(till, order).state is State.PAID


def test_a_write_that_came_between_is_read_and_decided_upon_again(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    save(Decision(replace(order, held="The owner is looking at it.")), till.store)
    facts = till.payments.session(order.session)
    paid = record(order, facts, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert (paid.state, paid.version) == (State.PAID, order.version + 2)


def test_an_unknown_order_is_an_error_that_says_so(till: Till) -> None:
    with pytest.raises(UnknownOrder, match="There is no order NOPE"):
        settle("NOPE", store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def test_giving_up_an_order_whose_payment_page_was_never_answered_closes_that_page_too(till: Till) -> None:
    till.lose_the_answer_to("POST /v1/checkout/sessions")
    with pytest.raises(PaymentsUnavailable):
        till.order()
    assert released(till, till.now()).state is State.EXPIRED
    assert [session["status"] for session in till.standin.sessions()] == ["expired"]
    assert till.stock() == (1, 0)


def test_a_refund_that_the_owner_has_made_by_hand_is_not_made_again(till: Till) -> None:
    order, session = ended_here_but_open_at_stripe(till)
    till.order("ORDR-0002-BBBB")
    till.standin.pay(session, "4242424242424242")
    [intent] = [s["payment_intent"] for s in till.standin.sessions() if s["id"] == session]
    by_hand = till.standin.refund(intent)
    sorry = settled(till, order, session)
    assert [refund.stripe_id for refund in sorry.refunds] == [by_hand["id"]]


def heard(till: Till, order: Order, session: str, payments: Payments) -> Order:
    facts = till.payments.session(session)
    return record(order, facts, store=till.store, payments=payments, clock=till.clock, codes=CODES)


def test_a_page_that_is_open_though_its_order_has_ended_is_closed_and_not_shown(till: Till) -> None:
    """Nobody can pay for nothing (R1)."""
    ended, session = ended_here_but_open_at_stripe(till)
    assert heard(till, ended, session, till.payments) == ended
    assert till.payments.session(session).status == "expired"


def test_a_page_that_cannot_be_closed_now_is_closed_by_the_reconciler(till: Till) -> None:
    ended, session = ended_here_but_open_at_stripe(till)
    till.standin.fail_calls("close_before", times=3, match="POST /v1/checkout/sessions")
    assert heard(till, ended, session, till.payments) == ended
    assert till.payments.session(session).status == "open"
    release = SmallRelease()
    report = reconcile(
        store=till.store, payments=till.payments, mail=till.mail, clock=till.clock, codes=CODES, write=write,
        release=release,
    )  # fmt: skip
    assert (report.failures, till.payments.session(session).status, till.now()) == ((), "expired", ended)


def test_a_page_that_stripe_will_not_close_is_not_asked_about_for_ever(till: Till) -> None:
    """Once a run is enough."""
    ended, session = ended_here_but_open_at_stripe(till)
    asked = []

    class Stubborn(StripePayments):
        def expire_session(self, session_id: str) -> SessionFacts:
            asked.append(session_id)
            return till.payments.session(session_id)

    stubborn = Stubborn("sk_test_x", shop="http://127.0.0.1:8000", api_base=till.standin.url)
    assert heard(till, ended, session, stubborn) == ended
    assert asked == [session]
