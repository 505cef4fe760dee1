"""Reversals: what goes back to the card, to balances, and from points; any portions of it add up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.code import label
from functions.shop.decision import Decision
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Card, Credit, Earning, Entry, EntryKind, Spending
from functions.shop.order import Order
from functions.shop.payment import Payment, Refund
from functions.shop.reversal import Reversal, give_back, refundable, reversal
from functions.shop.state import State
from tests.shop.balanced import CARD_ACCOUNT, GIFT, POINTS_ACCOUNT, pays, with_cards
from tests.shop.sample import NOW, placed

pytestmark = pytest.mark.slow


PLENTY = {POINTS_ACCOUNT: 10**9}


def paid(*spent: Spending, points: int = 0, total: int = 3350, currency: str = "EUR") -> Order:
    """A paid order."""
    due = total - sum(one.amount for one in spent)
    return replace(
        placed(),
        state=State.PAID,
        total=total,
        currency=currency,
        spent=spent,
        payments=(Payment("pi_1", "cs_1", due, currency, NOW),),
        earned=Earning(points, POINTS_ACCOUNT) if points else None,
    )


def back(order: Order, amount: int, left: int = 100_000) -> Decision:
    """The order with so much given back, while so many points are left on the account."""
    return give_back(order, amount, {POINTS_ACCOUNT: left}, reason="Broken.", number=order.reversals, now=NOW)


def test_money_goes_back_in_proportion_to_what_paid() -> None:
    order = paid(*pays(1000), *pays(500, POINTS_ACCOUNT), points=167)
    assert reversal(order, 3350) == Reversal(1850, (1000, 500), 167)
    assert reversal(order, 335) == Reversal(185, (100, 50), 16)
    assert reversal(order, 1) == Reversal(1, (0, 0), 0)


def test_what_is_written_is_an_intended_refund_and_an_entry_each() -> None:
    decision = back(paid(*pays(1000), points=167), 1675)
    assert decision.order.refunds == (Refund("ORDER-1:back-0", "pi_1", 1175, "Broken.", NOW),)
    assert decision.entries == (
        Entry("ORDER-1:back-0:0", CARD_ACCOUNT, 500, EntryKind.GIVEN_BACK, "ORDER-1", NOW),
        Entry("ORDER-1:back-0:points", POINTS_ACCOUNT, -83, EntryKind.TAKEN_BACK, "ORDER-1", NOW),
    )
    assert (decision.order.earned, decision.order.spent[0].returned) == (Earning(167, POINTS_ACCOUNT, 83), 500)
    assert decision.order.credits == (Credit("ORDER-1:back-0", label(GIFT), 500, NOW),)


def test_the_customer_is_told_of_money_that_goes_to_balances_alone() -> None:
    """At once, under the key of what went back; no refund of the payment will tell them later."""
    order = paid(*pays(3350))
    once = back(order, 950).order
    assert once.refunds == ()
    assert once.credits == (Credit("ORDER-1:back-0", label(GIFT), 950, NOW),)
    assert [message.name for message in once.messages] == ["refunded:ORDER-1:back-0"]
    twice = back(once, 2400).order
    assert [message.name for message in twice.messages] == ["refunded:ORDER-1:back-0", "refunded:ORDER-1:back-1"]


def test_no_second_mail_tells_what_another_one_tells() -> None:
    """A refund is told of once Stripe has made it; a cancellation and a return have mails of their own."""
    assert back(paid(*pays(1000)), 335).order.messages == ()
    told = give_back(paid(*pays(3350)), 950, {}, reason="Return R1", number=0, now=NOW, told=True)
    assert told.order.messages == ()


def test_points_that_are_spent_already_stay_and_the_order_says_how_many() -> None:
    first = back(paid(points=167), 3000, left=100)
    assert first.order.earned == Earning(167, POINTS_ACCOUNT, reversed=100, missing=49)
    last = back(first.order, 350, left=100)
    assert last.order.earned == Earning(167, POINTS_ACCOUNT, reversed=118, missing=49)
    assert [entry.amount for entry in back(paid(points=167), 3000, left=0).entries] == []


def test_the_same_request_twice_gives_back_once() -> None:
    order = paid(*pays(1000))
    once = back(order, 100).order
    assert give_back(once, 100, {}, reason="Broken.", number=0, now=NOW) == Decision(once)


def test_a_refund_of_a_second_payment_does_not_count_as_given_back() -> None:
    order = replace(paid(), refunds=(Refund("x", "pi_2", 3350, "Paid before.", NOW),))
    assert refundable(order) == 3350


def test_what_gift_cards_cost_is_not_given_back() -> None:
    bought = with_cards(1)
    order = replace(paid(total=bought.total), cards=(Card(CARD_ACCOUNT, 2500, "GIFT-…AB2C"),))
    assert refundable(order) == bought.total - 2500


@pytest.mark.parametrize("amount", [0, -1, 3351])
def test_more_than_was_paid_or_nothing_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="3350 is left of order ORDER-1"):
        reversal(paid(), amount)


@pytest.mark.parametrize("state", [State.PENDING, State.AWAITING_PAYMENT, State.EXPIRED, State.UNFULFILLABLE])
def test_an_order_that_was_not_paid_gives_nothing_back(state: State) -> None:
    with pytest.raises(IllegalTransition, match=f"is {state}; money"):
        back(replace(paid(), state=state), 100)


@given(st.data(), st.sampled_from([("EUR", 1), ("JPY", 1), ("KWD", 10), ("ISK", 100)]))
def test_any_portions_of_a_refund_give_each_exactly_what_it_paid(data: st.DataObject, money: tuple[str, int]) -> None:
    currency, least = money
    card, points, due, earned = data.draw(st.tuples(*[st.integers(0, 5000)] * 4))
    spent = (
        replace(pays(1)[0], amount=card * least),
        replace(pays(1, POINTS_ACCOUNT)[0], amount=points * least),
    )
    total = (card + points + due) * least
    order = paid(*spent, points=earned * least, total=total, currency=currency)
    balances = {CARD_ACCOUNT: 0, POINTS_ACCOUNT: earned * least}
    while left := refundable(order):
        amount = data.draw(st.integers(1, left // least)) * least
        decision = give_back(order, amount, PLENTY, reason="Broken.", number=order.reversals, now=NOW)
        given_now = sum(refund.amount for refund in decision.order.refunds[len(order.refunds) :])
        given_now += sum(e.amount for e in decision.entries if e.kind is EntryKind.GIVEN_BACK)
        assert given_now == amount
        assert all(e.amount > 0 or e.kind is EntryKind.TAKEN_BACK for e in decision.entries)
        for entry in decision.entries:
            balances[entry.account] += entry.amount
        order = decision.order
    assert sum(refund.amount for refund in order.refunds) == due * least
    assert all(one.left == 0 for one in order.spent)
    assert balances == {CARD_ACCOUNT: card * least, POINTS_ACCOUNT: points * least + (0 if total else earned * least)}
