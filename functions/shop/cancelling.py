"""Cancelling: nothing is sent, everything goes back; also when a customer withdraws from the contract."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from functions.shop import ledger
from functions.shop.acts import Actor, Cancel, Withdraw
from functions.shop.decision import Decision, claims_moved, stock_moved
from functions.shop.errors import IllegalTransition
from functions.shop.message import Kind
from functions.shop.order import Order, moved, owing
from functions.shop.returns import Return, ReturnState, Withdrawal, claimed
from functions.shop.reversal import give_back, refundable
from functions.shop.sentence import Sentence
from functions.shop.shipment import listed, packable
from functions.shop.state import SOLD, State


def can_cancel(order: Order, by: Actor) -> bool:
    """Whether it can still be cancelled: while nothing has left; by its customer, until it is packed."""
    return order.state is State.PAID and not order.shipments and (by is Actor.OWNER or not order.packed_at)


def cancel(order: Order, act: Cancel, balances: Mapping[str, int], now: int) -> Decision:
    """Nothing is sent; money, balances, points, uses and stock go back, and gift cards that were bought are void.

    `balances` are what is left on its accounts. A gift card that has been used cannot be void, so the order stays.
    """
    if order.state is State.CANCELLED:
        return Decision(order)
    if not can_cancel(order, act.by):
        raise IllegalTransition(_too_late(order))
    voided = _voided(order, balances, now)
    back = _all_back(voided.order, balances, act.reason, now)
    ended = replace(moved(back.order, State.CANCELLED), cancelled_at=now)
    told = owing(ended, Kind.CANCELLED, now)
    if act.by is Actor.CUSTOMER:
        told = owing(told, Kind.OWNER, now, about="cancelled")
    stock = stock_moved(order, on_hand=1, reserved=0)
    return Decision(told, stock, claims_moved(order, -1), (*voided.entries, *back.entries))


def withdraw(order: Order, act: Withdraw, balances: Mapping[str, int], now: int) -> Decision:
    """The statement is kept and its receipt is due, whatever else is so. What has not been packed is cancelled at once;
    what may have left becomes a return that needs no approval, and a return that was asked for needs none any more.
    """
    if any(one.id == act.id for one in order.withdrawals):
        return Decision(order)
    said = Withdrawal(act.id, act.name, act.email, act.text, now)
    noted = owing(
        replace(order, withdrawals=(*order.withdrawals, said)), Kind.WITHDRAWAL, now, about=act.id, to=act.email
    )
    noted = owing(noted, Kind.OWNER, now, about=f"withdrawal:{act.id}")
    if can_cancel(order, Actor.CUSTOMER) and not _used(order, balances):
        return cancel(noted, Cancel(Actor.CUSTOMER, "The customer has withdrawn."), balances, now)
    return Decision(_sent_back(noted, act, now))


class Outcome(StrEnum):
    """What comes of a withdrawal."""

    CANCELLED = "cancelled"
    CANCELLED_BEFORE = "cancelled before"
    RETURN = "return"
    AGREED_BEFORE = "agreed before"
    UNCLEAR = "unclear"


def outcome(order: Order, said: Withdrawal) -> Outcome:
    """What comes of one of an order's withdrawals: the order is cancelled by it or had been, its pieces come back by a
    return of its own or by one that was there, or a person must look.
    """
    if order.state is State.CANCELLED:
        return Outcome.CANCELLED if said.at <= order.cancelled_at else Outcome.CANCELLED_BEFORE
    if any(one.id == said.id for one in order.returns):
        return Outcome.RETURN
    agreed = any(one.state is ReturnState.APPROVED for one in order.returns)
    return Outcome.AGREED_BEFORE if agreed else Outcome.UNCLEAR


def _sent_back(order: Order, act: Withdraw, now: int) -> Order:
    if order.state not in SOLD:
        return order
    for asked in [one for one in order.returns if one.state is ReturnState.ASKED]:
        agreed = replace(asked, state=ReturnState.APPROVED, answered_at=now)
        order = replace(order, returns=tuple(agreed if one.id == asked.id else one for one in order.returns))
        order = owing(order, Kind.RETURN_APPROVED, now, about=asked.id)
    left = listed(packable(order) - claimed(order))
    if not left:
        return order
    back = Return(act.id, left, act.text, now, ReturnState.APPROVED, answered_at=now)
    return owing(replace(order, returns=(*order.returns, back)), Kind.RETURN_APPROVED, now, about=act.id)


def _too_late(order: Order) -> str:
    if order.packed_at and order.state is State.PAID:
        return Sentence("Order {id} is packed already and can no longer be cancelled here.", id=order.id)
    return f"Order {order.id} is {order.state}; only a paid order of which nothing has left can be cancelled."


def _credited(order: Order) -> bool:
    """Whether the gift cards that it buys have their balance."""
    return any(message.kind is Kind.GIFT_CARD for message in order.messages)


def _used(order: Order, balances: Mapping[str, int]) -> bool:
    """Whether a gift card that it bought has been spent from."""
    return _credited(order) and any(balances.get(card.account, 0) < card.amount for card in order.cards)


def _voided(order: Order, balances: Mapping[str, int], now: int) -> Decision:
    if _used(order, balances):
        raise IllegalTransition(
            Sentence("A gift card that order {id} bought has been used, so it cannot be cancelled.", id=order.id)
        )
    entries = ledger.voided(order.id, order.cards, now) if _credited(order) else ()
    unsent = tuple(one for one in order.messages if one.kind is not Kind.GIFT_CARD or one.sent_at)
    cards = tuple(replace(card, void=True) for card in order.cards)
    return Decision(replace(order, cards=cards, messages=unsent), entries=entries)


def _all_back(order: Order, balances: Mapping[str, int], reason: str, now: int) -> Decision:
    amount = refundable(order)
    if not amount:
        return Decision(order)
    return give_back(
        order,
        amount,
        balances,
        reason=reason or "The order was cancelled.",
        number=order.reversals,
        now=now,
        told=True,
    )
