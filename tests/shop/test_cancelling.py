"""Cancelling and withdrawing: everything goes back, once (R7, R12, R14)."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, AskReturn, Cancel, Deliver, Erase, Pack, Ship
from functions.shop.code import account_of, label
from functions.shop.decision import ClaimChange, Decision, StockChange
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Card, Entry, EntryKind
from functions.shop.message import Kind
from functions.shop.order import Order, owing
from functions.shop.payment import Payment, Refund
from functions.shop.placing import place
from functions.shop.returns import Outcome, Return, ReturnState, Withdrawal
from functions.shop.settling import decide
from functions.shop.shipment import Pieces
from functions.shop.state import State
from functions.shop.status import PaymentStatus, payment_status
from tests.shop.balanced import CARD_ACCOUNT, CODES, ONCE, POINTS_ACCOUNT, spending, with_cards
from tests.shop.living import LATER, PAID_AT, decided, done, mails, paid
from tests.shop.sample import NOW, facts, placed
from tests.shop.withdrawn import STATEMENT, withdrawn

BY_CUSTOMER = Cancel(Actor.CUSTOMER, "Ordered twice.")


def test_a_cancelled_order_gives_back_its_money_and_its_stock() -> None:
    decision = decided(paid(), BY_CUSTOMER)
    order = decision.order
    assert (order.state, order.cancelled_at) == (State.CANCELLED, LATER)
    assert order.refunds == (Refund("ORDER-1:back-0", "pi_1", 3350, "Ordered twice.", LATER, told=True),)
    assert decision.stock == (StockChange("CARD", 2, 0), StockChange("PRINT-A4", 1, 0))
    assert mails(order) == ["confirmation", "cancelled", "owner:cancelled"]
    assert payment_status(order) is PaymentStatus.REFUNDED


def test_cancelling_twice_changes_nothing() -> None:
    order = done(paid(), BY_CUSTOMER)
    assert decided(order, BY_CUSTOMER, now=LATER + 9) == Decision(order)


def test_a_customer_can_cancel_until_it_is_packed_and_the_owner_until_it_has_left() -> None:
    packed = done(paid(), Pack())
    with pytest.raises(IllegalTransition) as caught:
        done(packed, BY_CUSTOMER)
    assert str(caught.value) == "Order ORDER-1 is packed already and can no longer be cancelled here."
    assert mails(done(packed, Cancel(Actor.OWNER))) == ["confirmation", "cancelled"]
    with pytest.raises(IllegalTransition, match="Order ORDER-1 is shipped; only a paid order of which nothing has"):
        done(packed, Ship("DHL", "1"), Cancel(Actor.OWNER))


def test_an_unpaid_order_is_not_cancelled_but_ends() -> None:
    with pytest.raises(IllegalTransition, match="Order ORDER-1 is pending; only a paid order"):
        done(placed(), Cancel(Actor.OWNER))


def test_balances_points_and_uses_go_back_with_the_money() -> None:
    bought = spending(1000, claims=(ONCE,)).order
    bought = decide(replace(bought, session="cs_1"), facts(amount=2350), PAID_AT).order
    assert decided(bought, BY_CUSTOMER).entries == (
        Entry("ORDER-1:back-0:0", CARD_ACCOUNT, 1000, EntryKind.GIVEN_BACK, "ORDER-1", LATER),
    )
    assert decided(bought, BY_CUSTOMER).claims == (ClaimChange(ONCE, -1),)
    assert [refund.amount for refund in done(bought, BY_CUSTOMER).refunds] == [2350]


def test_points_that_it_earned_go_as_far_as_they_are_not_spent() -> None:
    decision = place("ORDER-1", with_cards(0), "release-1", NOW, points=40)
    order = decide(decision.order, facts(amount=950), PAID_AT, points_account=POINTS_ACCOUNT).order
    back = decided(order, BY_CUSTOMER, balances={POINTS_ACCOUNT: 25})
    assert back.entries == (
        Entry("ORDER-1:back-0:points", POINTS_ACCOUNT, -25, EntryKind.TAKEN_BACK, "ORDER-1", LATER),
    )
    assert (back.order.earned and back.order.earned.missing) == 15


def gift_cards() -> Order:
    """Two postcards and two gift cards of 25.00 EUR, paid."""
    codes = [CODES.gift_card("ORDER-1", number) for number in range(2)]
    bought = tuple(Card(account_of(code, "EUR"), 2500, label(code)) for code in codes)
    order = place("ORDER-1", with_cards(2), "release-1", NOW, cards=bought).order
    return decide(replace(order, session="cs_1"), facts(amount=order.due), PAID_AT).order


def test_gift_cards_that_nobody_has_used_are_void_and_paid_back() -> None:
    order = gift_cards()
    balances = {card.account: 2500 for card in order.cards}
    decision = decided(order, BY_CUSTOMER, balances=balances)
    assert [(entry.key, entry.amount, entry.kind) for entry in decision.entries] == [
        ("ORDER-1:void:0", -2500, EntryKind.VOIDED),
        ("ORDER-1:void:1", -2500, EntryKind.VOIDED),
    ]
    assert [refund.amount for refund in decision.order.refunds] == [order.payments[0].amount]
    assert all(card.void for card in decision.order.cards)
    assert "gift_card" not in mails(decision.order)


@pytest.mark.parametrize("kind", [Kind.GIFT_CARD, Kind.DOWNLOAD])
def test_what_a_mail_would_hand_over_is_not_mailed_once_it_is_cancelled(kind: Kind) -> None:
    """Nobody could write it any more, and it would be tried for days."""
    assert mails(done(owing(paid(), kind, NOW), Cancel(Actor.OWNER))) == ["confirmation", "cancelled"]


def test_an_order_whose_gift_card_was_used_cannot_be_cancelled() -> None:
    order = gift_cards()
    balances = {order.cards[0].account: 2500, order.cards[1].account: 2499}
    with pytest.raises(IllegalTransition, match="A gift card that order ORDER-1 bought has been used"):
        decided(order, BY_CUSTOMER, balances=balances)


def test_a_free_order_is_cancelled_without_a_refund() -> None:
    free = replace(paid(), payments=(Payment("cs_1", "cs_1", 0, "EUR", PAID_AT),), total=0)
    assert (done(free, BY_CUSTOMER).state, done(free, BY_CUSTOMER).refunds) == (State.CANCELLED, ())


def test_withdrawing_before_it_is_packed_cancels_it_with_a_receipt() -> None:
    order = done(paid(), STATEMENT)
    said = Withdrawal("W1", "Ada Byrne", "ada@example.org", "I withdraw from my order.", LATER, Outcome.CANCELLED)
    assert order.withdrawals == (said,)
    assert order.state is State.CANCELLED
    assert mails(order) == ["confirmation", "withdrawal:W1", "owner:withdrawal:W1", "cancelled", "owner:cancelled"]


def test_withdrawing_from_what_may_have_left_is_a_return_that_needs_no_approval() -> None:
    order = done(paid(), Ship("DHL", "1"), Deliver(), STATEMENT)
    everything = (Pieces(0, 2), Pieces(1, 1))
    assert order.returns == (Return("W1", everything, STATEMENT.text, LATER, ReturnState.APPROVED, answered_at=LATER),)
    assert order.state is State.DELIVERED
    assert mails(order)[-3:] == ["withdrawal:W1", "owner:withdrawal:W1", "return_approved:W1"]


def test_withdrawing_approves_a_return_that_was_asked_for_before() -> None:
    asked = AskReturn("R1", (Pieces(0, 1),), "Too small.", 14)
    order = done(paid(), Ship("DHL", "1"), Deliver(), asked, STATEMENT)
    assert [(one.id, one.state, one.items) for one in order.returns] == [
        ("R1", ReturnState.APPROVED, (Pieces(0, 1),)), ("W1", ReturnState.APPROVED, (Pieces(0, 1), Pieces(1, 1))),
    ]  # fmt: skip
    assert mails(order)[-2:] == ["return_approved:R1", "return_approved:W1"]


def test_the_same_statement_twice_is_one() -> None:
    order = done(paid(), STATEMENT)
    assert decided(order, STATEMENT, now=LATER + 5) == Decision(order)


def test_a_statement_is_kept_and_confirmed_in_any_state() -> None:
    order = done(placed(), STATEMENT)
    assert (order.state, mails(order)) == (State.PENDING, ["withdrawal:W1", "owner:withdrawal:W1"])
    assert [message.to for message in order.messages] == ["ada@example.org", ""]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.UNKNOWN])
def test_a_statement_keeps_what_came_of_it(outcome: Outcome) -> None:
    """As it was at that moment; a second statement has an outcome of its own."""
    order = withdrawn(outcome)
    assert [one.outcome for one in order.withdrawals] == [outcome]
    again = done(order, replace(STATEMENT, id="W2"))
    assert [one.id for one in again.withdrawals] == ["W1", "W2"]
    assert again.withdrawals[0].outcome is outcome


def test_a_packed_order_that_is_cancelled_after_a_withdrawal_waits_for_nothing_to_come_back() -> None:
    """It never left, so the mail that says where to send it goes nowhere, and its customer can be forgotten."""
    packed = withdrawn(Outcome.UNSENT)
    assert [(one.id, one.state) for one in packed.returns] == [("W1", ReturnState.APPROVED)]
    assert mails(packed)[-1] == "return_approved:W1"
    cancelled = done(packed, Cancel(Actor.OWNER))
    assert [(one.id, one.state) for one in cancelled.returns] == [("W1", ReturnState.REJECTED)]
    assert mails(cancelled) == ["confirmation", "withdrawal:W1", "owner:withdrawal:W1", "cancelled"]
    assert done(cancelled, Erase()).email == ""


def test_a_second_payment_after_cancelling_goes_back_as_well() -> None:
    order = decide(done(paid(), BY_CUSTOMER), facts(session="cs_2", payment="pi_2"), LATER).order
    assert [(refund.payment, refund.amount) for refund in order.refunds] == [("pi_1", 3350), ("pi_2", 3350)]
