"""Balances and orders: what they pay, when it is taken and comes back, and what an order sells and earns."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.acts import Actor, Cancel, LetGo
from functions.shop.code import BalanceKind, account_of, label
from functions.shop.day import ENGLISH
from functions.shop.decision import ClaimChange, Decision
from functions.shop.ledger import Card, Earning, Entry, EntryKind, Spending, cards_in, spendable, spendings
from functions.shop.life import Known, apply
from functions.shop.message import Kind, Message
from functions.shop.placing import place
from functions.shop.points import Points, points_for
from functions.shop.record import from_json, to_json
from functions.shop.settling import credit, decide, expire_unsold
from functions.shop.state import State
from tests.shop.balanced import (
    CARD_ACCOUNT,
    CODES,
    GIFT,
    ONCE,
    POINTS_ACCOUNT,
    balance,
    pays,
    spending,
    with_cards,
)
from tests.shop.sample import NOW, cart, facts, placed, quote

LATER = NOW + 600
TAKEN = Entry("ORDER-1:spend:0", CARD_ACCOUNT, -1000, EntryKind.SPENT, "ORDER-1", NOW)
BACK = Entry("ORDER-1:end:0", CARD_ACCOUNT, 1000, EntryKind.GIVEN_BACK, "ORDER-1", LATER)
TAKEN_LATE = Entry("ORDER-1:spend-late:0", CARD_ACCOUNT, -1000, EntryKind.SPENT, "ORDER-1", LATER)
LESS = facts(amount=2350)


@pytest.mark.parametrize(
    ("left", "total", "currency", "spent"),
    [
        (1000, 3350, "EUR", 1000),
        (3350, 3350, "EUR", 3350),
        (9900, 3350, "EUR", 3350),
        (3300, 3350, "EUR", 3300),
        (3301, 3350, "EUR", 3300),
        (3349, 3350, "EUR", 3300),
        (0, 3350, "EUR", 0),
        (40, 80, "EUR", 30),
        (10, 30, "EUR", 0),
        (30, 30, "EUR", 30),
        (0, 0, "EUR", 0),
        (980, 1000, "JPY", 950),
        (500, 1000, "KWD", 500),
    ],
)
def test_what_is_left_to_be_charged_is_nothing_or_enough(left: int, total: int, currency: str, spent: int) -> None:
    assert spendable(left, total, currency) == spent


@given(left=st.integers(0, 9999), total=st.integers(0, 9999), currency=st.sampled_from(["EUR", "JPY", "HUF", "CZK"]))
def test_a_balance_pays_no_more_than_it_has_or_is_asked_for(left: int, total: int, currency: str) -> None:
    spent = spendable(left, total, currency)
    least = {"EUR": 50, "JPY": 50, "HUF": 17500, "CZK": 1500}[currency]
    assert 0 <= spent <= min(left, total)
    assert total - spent == 0 or total - spent >= least or spent == 0


def test_the_first_balance_pays_first_and_one_that_pays_nothing_is_left_out() -> None:
    found = spendings([balance(1000), balance(5000, POINTS_ACCOUNT), balance(70)], 3350, "EUR")
    assert found == (
        Spending(CARD_ACCOUNT, BalanceKind.GIFT_CARD, 1000, label(GIFT)),
        Spending(POINTS_ACCOUNT, BalanceKind.POINTS, 2350, label(GIFT)),
    )


def test_two_balances_that_cover_all_together_leave_nothing_to_charge() -> None:
    assert [one.amount for one in spendings([balance(980), balance(30)], 1000, "EUR")] == [980, 20]


def test_no_balance_pays_for_a_gift_card() -> None:
    assert [one.amount for one in spendings([balance(9000)], 5500, "EUR", cards=5000)] == [500]
    assert spendings([balance(9000)], 5000, "EUR", cards=5000) == ()


def test_an_order_takes_what_it_spends_and_uses_when_it_is_placed_and_asks_stripe_for_the_rest() -> None:
    decision = spending(1000, claims=(ONCE,))
    assert (decision.order.total, decision.order.due) == (3350, 2350)
    assert (decision.entries, decision.claims) == ((TAKEN,), (ClaimChange(ONCE, 1),))


def test_an_order_that_is_never_paid_gives_all_of_it_back() -> None:
    order = spending(1000, claims=(ONCE,)).order
    ended = expire_unsold(order, LATER)
    assert (ended.entries, ended.claims) == ((BACK,), (ClaimChange(ONCE, -1),))
    unpaid = decide(replace(order, session="cs_1"), facts(status="expired", payment_status="unpaid"), LATER)
    assert (unpaid.order.state, unpaid.entries, unpaid.claims) == (State.EXPIRED, (BACK,), (ClaimChange(ONCE, -1),))


def test_a_paid_order_keeps_what_it_spent_and_used() -> None:
    paid = decide(spending(1000, claims=(ONCE,)).order, LESS, LATER)
    assert (paid.order.state, paid.order.held, paid.entries, paid.claims) == (State.PAID, "", (), ())
    assert decide(paid.order, LESS, LATER + 60) == Decision(paid.order)


def test_late_money_takes_again_what_was_given_back() -> None:
    ended = expire_unsold(spending(1000, claims=(ONCE,)).order, LATER).order
    paid = decide(ended, LESS, LATER)
    assert (paid.order.state, paid.entries, paid.claims) == (State.PAID, (TAKEN_LATE,), (ClaimChange(ONCE, 1),))


def test_late_money_whose_balance_is_gone_is_given_back_and_takes_nothing() -> None:
    ended = expire_unsold(spending(1000, claims=(ONCE,)).order, LATER).order
    sorry = decide(ended, LESS, LATER, restock=False)
    assert (sorry.order.state, sorry.entries, sorry.claims) == (State.UNFULFILLABLE, (), ())
    assert [refund.amount for refund in sorry.order.refunds] == [2350]


def test_an_order_that_charges_the_whole_total_although_a_balance_paid_is_held() -> None:
    held = decide(spending(1000).order, facts(amount=3350), LATER).order.held
    assert held == "Stripe charged 3350 EUR (in minor units) instead of 2350 EUR."


def test_an_order_that_balances_pay_in_full_needs_no_payment() -> None:
    order = spending(9999).order
    free = facts(amount=0, payment_status="no_payment_required", payment="")
    assert order.due == 0
    assert decide(order, free, LATER).order.state is State.PAID


# Gift cards


def test_each_gift_card_becomes_a_balance_in_the_write_that_settles_its_order_and_a_mail_is_owed() -> None:
    bought = with_cards()
    cards = cards_in(bought.lines, "ORDER-1", "EUR", CODES)
    codes = [CODES.gift_card("ORDER-1", 0), CODES.gift_card("ORDER-1", 1)]
    assert cards == tuple(Card(account_of(code, "EUR"), 2500, label(code)) for code in codes)
    order = place("ORDER-1", bought, "release-1", NOW, cards=cards).order
    paid = decide(order, facts(amount=order.total), LATER)
    assert paid.entries == (
        Entry("ORDER-1:card:0", cards[0].account, 2500, EntryKind.SOLD, "ORDER-1", LATER),
        Entry("ORDER-1:card:1", cards[1].account, 2500, EntryKind.SOLD, "ORDER-1", LATER),
    )
    assert Message(Kind.GIFT_CARD, "ada@example.org", LATER) in paid.order.messages


def test_gift_cards_of_a_held_order_wait_until_it_is_let_go_and_come_once() -> None:
    bought = with_cards(1)
    cards = cards_in(bought.lines, "ORDER-1", "EUR", CODES)
    order = place("ORDER-1", bought, "release-1", NOW, cards=cards, points=5).order
    held = decide(order, facts(amount=100), LATER, points_account=POINTS_ACCOUNT)
    assert (held.entries, [message.kind for message in held.order.messages]) == ((), [Kind.CONFIRMATION, Kind.HELD])
    free = credit(replace(held.order, held=""), LATER, points_account=POINTS_ACCOUNT)
    assert [entry.key for entry in free.entries] == ["ORDER-1:card:0", "ORDER-1:points"]
    again = credit(free.order, LATER, points_account=POINTS_ACCOUNT)
    assert (again.order, again.entries) == (free.order, free.entries)


def test_what_was_cancelled_while_it_was_held_has_no_balance_when_it_is_let_go() -> None:
    """Neither gift cards nor points: their money went back."""
    bought = with_cards(1)
    cards = cards_in(bought.lines, "ORDER-1", "EUR", CODES)
    order = place("ORDER-1", bought, "release-1", NOW, cards=cards, points=5).order
    held = decide(order, facts(amount=100), LATER, points_account=POINTS_ACCOUNT).order
    known = Known(LATER, points_account=POINTS_ACCOUNT)
    cancelled = apply(held, Cancel(Actor.OWNER), known).order
    free = apply(cancelled, LetGo(), known)
    assert (free.order.held, free.entries, free.order.earned) == ("", (), held.earned)
    assert [message.kind for message in free.order.messages] == [Kind.CONFIRMATION, Kind.HELD, Kind.CANCELLED]


def test_a_gift_card_is_sent_by_mail() -> None:
    assert [line.promise(ENGLISH) for line in with_cards().lines] == ["", "A code, sent by e-mail"]


# Points


@pytest.mark.parametrize(
    ("discounts", "points", "earned"),
    [
        ((0, 0), Points(100, 5), 25),
        ((0, 1), Points(100, 5), 25),
        ((0, 0), Points(1000, 100), 0),
        ((100, 0), Points(100, 5), 20),
        ((0, 0), None, 0),
    ],
)
def test_goods_earn_points_after_discounts_and_gift_cards_none(
    discounts: tuple[int, int], points: Points | None, earned: int
) -> None:
    assert points_for(with_cards().lines, discounts, points) == earned


def test_points_are_earned_once_by_whoever_pays() -> None:
    order = place("ORDER-1", quote(cart(CARD=2, PRINT_A4=1)), "release-1", NOW, points=145).order
    assert order.earned == Earning(145)
    paid = decide(order, facts(), LATER, points_account=POINTS_ACCOUNT)
    assert paid.order.earned == Earning(145, POINTS_ACCOUNT)
    assert paid.entries == (Entry("ORDER-1:points", POINTS_ACCOUNT, 145, EntryKind.EARNED, "ORDER-1", LATER),)
    twice = decide(paid.order, facts(session="cs_2", payment="pi_2"), LATER, points_account=POINTS_ACCOUNT)
    assert twice.entries == ()


def test_an_order_with_balances_comes_back_from_its_record_and_older_records_have_none() -> None:
    order = replace(spending(1000, claims=(ONCE,)).order, earned=Earning(5), cards=(Card(CARD_ACCOUNT, 2500, "x"),))
    kept = to_json(order)
    assert from_json(type(order), kept) == order
    old = {name: value for name, value in to_json(placed()).items() if name not in _NEW}
    assert from_json(type(order), old) == placed()
    assert pays(1000)[0].left == 1000


_NEW = {"spent", "cards", "earned", "claims", "reversals"}
