"""What Stripe says of refunds, disputes and fraud warnings: the ledger equals Stripe's (R7, R8), and nothing leaves."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, Cancel, GiveBack, LetGo, Ship
from functions.shop.decision import Decision
from functions.shop.errors import IllegalTransition
from functions.shop.facts import PaymentFacts, RefundFacts
from functions.shop.ledger import Earning, Entry, EntryKind
from functions.shop.order import Order
from functions.shop.payment import Dispute, FraudWarning, Refund
from functions.shop.refunds import intended_refunds, refund_failing, refunded
from functions.shop.reversal import refundable
from functions.shop.status import DisputeStatus, PaymentStatus, dispute_status, payment_status
from functions.shop.trouble import learn
from tests.shop.balanced import POINTS_ACCOUNT
from tests.shop.living import LATER, done, mails, paid

DISPUTED = Dispute("du_1", "pi_1", 3350, "needs_response", "fraudulent", LATER)
WARNED = FraudWarning("issfr_1", "pi_1", "made_with_stolen_card", LATER)


def refund(amount: int, name: str = "re_1", status: str = "succeeded", key: str = "") -> RefundFacts:
    """A refund as Stripe lists it; made in the dashboard unless it has a key."""
    return RefundFacts(name, "pi_1", amount, status, key, LATER)


def told(order: Order, *refunds: RefundFacts, disputes: tuple[Dispute, ...] = (), points_left: int = 0) -> Order:
    """The order once Stripe was asked."""
    return learn(order, PaymentFacts("pi_1", refunds, disputes), LATER, points_left=points_left).order


def test_a_refund_from_the_dashboard_is_in_the_ledger_once_and_told() -> None:
    order = told(told(paid(), refund(1000)), refund(1000))
    assert order.refunds == (Refund("ORDER-1:re_1", "pi_1", 1000, "Made at Stripe.", LATER, "re_1", "succeeded"),)
    assert (refundable(order), payment_status(order)) == (2350, PaymentStatus.PARTIALLY_REFUNDED)
    assert mails(order) == ["confirmation", "refunded:ORDER-1:re_1"]


def test_it_takes_earned_points_with_it() -> None:
    order = replace(paid(), earned=Earning(100, POINTS_ACCOUNT))
    decision = learn(order, PaymentFacts("pi_1", (refund(1675),)), LATER, points_left=100)
    assert decision.entries == (
        Entry("ORDER-1:back-at-1675:points", POINTS_ACCOUNT, -50, EntryKind.TAKEN_BACK, "ORDER-1", LATER),
    )
    assert learn(decision.order, PaymentFacts("pi_1", (refund(1675),)), LATER, points_left=50) == Decision(
        decision.order
    )


@pytest.mark.parametrize("late", ["pending", "requires_action", "succeeded"])
def test_what_was_read_before_a_bank_sent_a_refund_back_is_no_news_after_it(late: str) -> None:
    """Two who asked Stripe at different moments may write in any order; else twice the money would seem to be back."""
    order = done(paid(), GiveBack(1000, "Broken.", 0))
    [intended] = intended_refunds(order)
    sent_back = told(order, refund(1000, key=intended.key), refund(1000, status="failed", key=intended.key))
    after = told(sent_back, refund(1000, status=late, key=intended.key))
    assert [one.status for one in after.refunds] == ["failed"]
    assert after == sent_back
    answer = refunded(sent_back, intended.key, refund(1000, status=late, key=intended.key), LATER)
    assert [one.status for one in answer.refunds] == ["failed"]


def test_our_own_refund_is_known_by_its_key_when_the_answer_to_making_it_was_lost() -> None:
    order = done(paid(), GiveBack(1000, "Broken.", 0))
    [intended] = intended_refunds(order)
    order = told(order, refund(1000, key=intended.key))
    assert [(one.key, one.stripe_id) for one in order.refunds] == [("ORDER-1:back-0", "re_1")]
    assert mails(order) == ["confirmation", "refunded:ORDER-1:back-0"]


def test_the_same_amount_given_back_by_hand_fulfils_what_was_intended() -> None:
    order = told(done(paid(), GiveBack(1000, "Broken.", 0)), refund(1000))
    assert [(one.key, one.stripe_id) for one in order.refunds] == [("ORDER-1:back-0", "re_1")]


def test_a_refund_that_is_known_fulfils_no_other_of_the_same_amount() -> None:
    first = told(paid(), refund(1000))
    order = told(done(first, GiveBack(1000, "Broken.", 0)), refund(1000))
    assert [(one.key, one.stripe_id) for one in order.refunds] == [("ORDER-1:re_1", "re_1"), ("ORDER-1:back-0", "")]


def test_what_is_intended_never_exceeds_what_is_left() -> None:
    order = told(done(paid(), GiveBack(3000, "Broken.", 0)), refund(1000))
    assert [(one.amount, one.made) for one in order.refunds] == [(2350, False), (1000, True)]
    order = told(order, refund(1000), refund(2350, "re_2"))
    assert [(one.amount, one.made) for one in order.refunds] == [(2350, True), (1000, True)]


def test_a_refund_that_fails_later_counts_no_more_and_the_owner_is_told() -> None:
    order = told(done(paid(), GiveBack(1000, "Broken.", 0)), refund(1000, status="pending", key="ORDER-1:back-0"))
    assert refundable(order) == 2350
    order = told(order, refund(1000, status="failed", key="ORDER-1:back-0"))
    assert (refundable(order), order.refunds[0].status) == (3350, "failed")
    assert mails(order)[-1] == "owner:refund_failed:ORDER-1:back-0"


def test_a_refund_that_stripe_refuses_stays_intended_and_the_owner_is_told_once() -> None:
    order = done(paid(), GiveBack(1000, "Broken.", 0))
    twice = refund_failing(refund_failing(order, "ORDER-1:back-0", LATER), "ORDER-1:back-0", LATER)
    assert len(intended_refunds(twice)) == 1
    assert mails(twice) == ["confirmation", "owner:refund_refused:ORDER-1:back-0"]


def test_of_a_refused_refund_the_owner_hears_no_more_once_all_has_gone_back_by_hand() -> None:
    """It is intended no more, so a mail that waits could not say how much it was; one that was sent stays noted."""
    order = refund_failing(done(paid(), GiveBack(3350, "Broken.", 0)), "ORDER-1:back-0", LATER)
    by_hand = (refund(1000), refund(2350, "re_2"))
    back = ["refunded:ORDER-1:re_1", "refunded:ORDER-1:re_2"]
    assert intended_refunds(told(order, *by_hand)) == ()
    assert mails(told(order, *by_hand)) == ["confirmation", *back]
    heard = replace(order, messages=tuple(replace(one, sent_at=LATER) for one in order.messages))
    assert mails(told(heard, *by_hand)) == ["confirmation", "owner:refund_refused:ORDER-1:back-0", *back]


def test_who_is_told_by_another_mail_is_not_told_twice() -> None:
    order = done(paid(), Cancel(Actor.OWNER))
    made = refunded(order, "ORDER-1:back-0", refund(3350, key="ORDER-1:back-0"), LATER)
    assert mails(made) == ["confirmation", "cancelled"]


def test_a_dispute_stops_the_parcel_until_it_is_decided() -> None:
    order = told(paid(), disputes=(DISPUTED,))
    assert (order.held, dispute_status(order)) == (
        "The buyer's bank disputes the payment. Answer it at Stripe first.", DisputeStatus.OPEN,
    )  # fmt: skip
    with pytest.raises(IllegalTransition, match="is held and cannot be shipped"):
        done(order, Ship("DHL", "1"))
    with pytest.raises(IllegalTransition, match="Order ORDER-1 is disputed"):
        done(order, LetGo())
    won = told(order, disputes=(replace(DISPUTED, status="won"),))
    assert (dispute_status(won), done(won, LetGo()).held) == (DisputeStatus.WON, "")
    assert mails(won)[1:] == ["owner:dispute:du_1:needs_response", "owner:dispute:du_1:won"]


def test_a_lost_dispute_leaves_nothing_to_give_back() -> None:
    lost = told(told(paid(), disputes=(DISPUTED,)), disputes=(replace(DISPUTED, status="lost"),))
    assert (dispute_status(lost), refundable(lost)) == (DisputeStatus.LOST, 0)
    assert done(lost, Cancel(Actor.OWNER)).refunds == ()


def test_a_fraud_warning_holds_the_order_and_tells_the_owner_once() -> None:
    facts = PaymentFacts("pi_1", warnings=(WARNED,))
    order = learn(learn(paid(), facts, LATER).order, facts, LATER).order
    assert order.held == "The card's issuer takes the payment for fraud. Giving it back avoids a dispute."
    assert mails(order) == ["confirmation", "owner:fraud_warning:issfr_1"]
    assert done(order, LetGo(), Ship("DHL", "1")).shipments


def test_what_has_left_already_is_not_held() -> None:
    order = told(done(paid(), Ship("DHL", "1")), disputes=(DISPUTED,))
    assert (order.held, mails(order)[-1]) == ("", "owner:dispute:du_1:needs_response")


def test_no_news_changes_nothing() -> None:
    assert learn(paid(), PaymentFacts("pi_1"), LATER) == Decision(paid())
