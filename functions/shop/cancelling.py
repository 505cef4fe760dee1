"""Cancelling: nothing is sent, everything goes back; also when a customer withdraws from the contract."""

from collections.abc import Mapping
from dataclasses import replace

from functions.shop import ledger
from functions.shop.acts import Actor, Cancel, Withdraw
from functions.shop.decision import Decision, claims_moved, gone, stock_changed
from functions.shop.errors import IllegalTransition
from functions.shop.message import HANDS_OVER, Kind
from functions.shop.order import Order, moved, owing, stopped
from functions.shop.returns import Outcome, Return, ReturnState, Withdrawal, claimed
from functions.shop.reversal import give_back, refundable
from functions.shop.sentence import Sentence
from functions.shop.shipment import listed, parcelled, to_ship
from functions.shop.state import LEAVING, SOLD, State
from functions.shop.withdrawn import UNSENT, freed


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
    ended = _without_returns(replace(moved(freed(back.order), State.CANCELLED), cancelled_at=now))
    told = owing(ended, Kind.CANCELLED, now)
    if act.by is Actor.CUSTOMER:
        told = owing(told, Kind.OWNER, now, about="cancelled")
    return Decision(told, stock_changed(gone(order)), claims_moved(order, -1), (*voided.entries, *back.entries))


def withdraw(order: Order, act: Withdraw, balances: Mapping[str, int], now: int) -> Decision:
    """The statement is kept and its receipt is due, whatever else is so. What has not been packed is cancelled at once;
    what may have left becomes a return that needs no approval, and a return that was asked for needs none any more.
    What has not left is held, for its customer reads that it is not sent.
    """
    if any(one.id == act.id for one in order.withdrawals):
        return Decision(order)
    said = Withdrawal(act.id, act.name, act.email, act.text, now)
    noted = owing(
        replace(order, withdrawals=(*order.withdrawals, said)), Kind.WITHDRAWAL, now, about=act.id, to=act.email
    )
    noted = owing(noted, Kind.OWNER, now, about=f"withdrawal:{act.id}")
    if can_cancel(order, Actor.CUSTOMER) and not used(order, balances):
        done = cancel(noted, Cancel(Actor.CUSTOMER, "The customer has withdrawn."), balances, now)
    else:
        done = Decision(_kept_here(_sent_back(noted, act, now)))
    said = replace(said, outcome=_outcome(order, done.order, act))
    return replace(done, order=replace(done.order, withdrawals=(*order.withdrawals, said)))


def _outcome(before: Order, after: Order, act: Withdraw) -> Outcome:
    """What came of a statement."""
    if before.state not in SOLD:
        return Outcome.ENDED if before.paid_like else Outcome.UNPAID
    if after.state is State.CANCELLED:
        return Outcome.CANCELLED
    if any(one.id == act.id for one in after.returns):
        return _of_new_return(before)
    states = {one.state for one in before.returns}
    return next((outcome for state, outcome in _OF_OLD_RETURNS.items() if state in states), Outcome.NOTHING)


def _of_new_return(before: Order) -> Outcome:
    if not before.shipments:
        return Outcome.UNSENT
    return Outcome.PARTLY_SENT if to_ship(before) else Outcome.SENT


_OF_OLD_RETURNS = {
    ReturnState.ASKED: Outcome.AGREED,
    ReturnState.APPROVED: Outcome.COMING,
    ReturnState.RECEIVED: Outcome.RETURNED,
}
"""What it came to where all was claimed by returns: what is least far tells."""


def _sent_back(order: Order, act: Withdraw, now: int) -> Order:
    if order.state not in SOLD:
        return order
    for asked in [one for one in order.returns if one.state is ReturnState.ASKED]:
        agreed = replace(asked, state=ReturnState.APPROVED, answered_at=now)
        order = replace(order, returns=tuple(agreed if one.id == asked.id else one for one in order.returns))
        order = owing(order, Kind.RETURN_APPROVED, now, about=asked.id)
    left = listed(parcelled(order) - claimed(order))
    if not left:
        return order
    back = Return(act.id, left, act.text, now, ReturnState.APPROVED, answered_at=now)
    return owing(replace(order, returns=(*order.returns, back)), Kind.RETURN_APPROVED, now, about=act.id)


def _kept_here(order: Order) -> Order:
    return stopped(order, UNSENT) if order.state in LEAVING and to_ship(order) else order


def _without_returns(order: Order) -> Order:
    """The order without what was to come back after its customer withdrew while it was packed: nothing has left."""
    closed = (replace(one, state=ReturnState.REJECTED) if one.open else one for one in order.returns)
    messages = (one for one in order.messages if one.sent_at or one.kind is not Kind.RETURN_APPROVED)
    return replace(order, returns=tuple(closed), messages=tuple(messages))


def _too_late(order: Order) -> str:
    if order.packed_at and order.state is State.PAID:
        return Sentence("Order {id} is packed already and can no longer be cancelled here.", id=order.id)
    return f"Order {order.id} is {order.state}; only a paid order of which nothing has left can be cancelled."


def _credited(order: Order) -> bool:
    """Whether the gift cards that it buys have their balance."""
    return any(message.kind is Kind.GIFT_CARD for message in order.messages)


def used(order: Order, balances: Mapping[str, int]) -> bool:
    """Whether a gift card that it bought has been spent from."""
    return _credited(order) and any(balances.get(card.account, 0) < card.amount for card in order.cards)


def _voided(order: Order, balances: Mapping[str, int], now: int) -> Decision:
    if used(order, balances):
        raise IllegalTransition(
            Sentence("A gift card that order {id} bought has been used, so it cannot be cancelled.", id=order.id)
        )
    entries = ledger.voided(order.id, order.cards, now) if _credited(order) else ()
    kept = tuple(one for one in order.messages if one.kind not in HANDS_OVER or one.sent_at)
    cards = tuple(replace(card, void=True) for card in order.cards)
    return Decision(replace(order, cards=cards, messages=kept), entries=entries)


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
