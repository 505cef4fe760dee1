"""A customer withdraws while a debit is pending; when the money comes, a person looks before anything is sent."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, Cancel, LetGo, Pack, Ship
from functions.shop.decision import Decision
from functions.shop.errors import IllegalTransition
from functions.shop.order import Order
from functions.shop.returns import Outcome
from functions.shop.settling import decide
from functions.shop.state import State
from functions.shop.withdrawal_text import PAID_SINCE, to_come
from tests.shop.living import PAID_AT, decided, done, mails
from tests.shop.sample import facts, placed
from tests.shop.withdrawn import STATEMENT

HELD = "Its customer had withdrawn before the money came. Cancel it, and the money goes back."


def awaiting() -> Order:
    """The sample order, its debit promised and not there yet, and its customer has withdrawn."""
    waits = decide(replace(placed(), session="cs_1"), facts(payment_status="unpaid"), PAID_AT - 9).order
    return done(waits, STATEMENT)


def paid_after(order: Order, amount: int = 3350) -> Decision:
    """What the money does when it comes."""
    return decide(order, facts(amount=amount), PAID_AT, invoice=7)


def test_money_that_comes_after_a_withdrawal_confirms_nothing_and_tells_the_owner() -> None:
    waits = awaiting()
    assert (waits.state, waits.withdrawals[0].outcome) == (State.AWAITING_PAYMENT, Outcome.UNPAID)
    order = paid_after(waits).order
    assert (order.state, order.held, order.paid_at, order.invoice) == (State.PAID, HELD, PAID_AT, 7)
    assert mails(order) == ["awaiting_payment", "withdrawal:W1", "owner:withdrawal:W1", "held"]
    assert to_come(order) == PAID_SINCE
    for act in (Pack(), Ship("DHL", "1")):
        with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 is held and cannot be"):
            done(order, act)


def test_another_amount_than_ordered_is_said_as_well() -> None:
    held = paid_after(awaiting(), amount=3000).order.held
    assert held == f"Stripe charged 3000 EUR (in minor units) instead of 3350 EUR. {HELD}"


def test_late_money_for_an_order_that_had_expired_is_held_as_well() -> None:
    expired = done(replace(placed(), session="cs_1", state=State.EXPIRED), STATEMENT)
    assert paid_after(expired).order.held == HELD


def test_cancelling_it_gives_everything_back_and_it_is_held_no_more() -> None:
    cancelled = done(paid_after(awaiting()).order, Cancel(Actor.OWNER))
    assert (cancelled.state, cancelled.held) == (State.CANCELLED, "")
    assert [refund.amount for refund in cancelled.refunds] == [3350]
    assert mails(cancelled)[-2:] == ["held", "cancelled"]


def test_letting_it_go_confirms_it_once() -> None:
    """Its customer has thought again."""
    free = done(paid_after(awaiting()).order, LetGo())
    assert (free.held, mails(free)[-2:], to_come(free)) == ("", ["held", "confirmation"], None)
    assert decided(free, LetGo()) == Decision(free)
    assert done(free, Ship("DHL", "1")).state is State.SHIPPED


def test_letting_go_what_was_confirmed_before_confirms_nothing_again() -> None:
    held = decide(replace(placed(), session="cs_1"), facts(amount=3000), PAID_AT).order
    assert mails(done(held, LetGo())) == ["confirmation", "held"]
