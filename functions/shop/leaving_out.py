"""Leaving out: pieces of a paid order that are never sent, are on sale again, and whose money is back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from functions.shop.acts import GiveBack
from functions.shop.decision import Decision, never_left, stock_changed
from functions.shop.errors import IllegalTransition
from functions.shop.fulfilment import concluded
from functions.shop.order import Order
from functions.shop.portion import Portion
from functions.shop.reversal import give_back
from functions.shop.shipment import counted, listed, to_ship
from functions.shop.state import LEAVING


def leave_out(order: Order, act: GiveBack, portion: Portion, balances: Mapping[str, int], now: int) -> Decision:
    """The order without the pieces of `portion.unsent`, and with the amount given back; with nothing where their money
    went back before. Once only, like any money. Raises IllegalTransition for what has left, for pieces from which their
    customer has withdrawn, and for all that is left of an order of which nothing was sent: that is cancelled.
    """
    if act.number != order.reversals:
        return Decision(order)
    pieces = Counter(dict(enumerate(portion.unsent)))
    _must_be_here(order, pieces)
    _must_not_be_all(order, pieces)
    back = _given(order, act, portion, balances, now)
    return replace(back, order=concluded(back.order), stock=stock_changed(never_left(order, listed(pieces))))


def _given(order: Order, act: GiveBack, portion: Portion, balances: Mapping[str, int], now: int) -> Decision:
    if act.amount:
        return give_back(order, act.amount, balances, reason=act.reason, number=act.number, now=now, portion=portion)
    return Decision(replace(order, reversals=order.reversals + 1, portions=(*order.portions, portion)))


def _must_be_here(order: Order, pieces: Counter[int]) -> None:
    if order.state not in LEAVING or pieces - counted(to_ship(order)):
        raise IllegalTransition(f"Not so many pieces of order {order.id} are still to be sent. Nothing was changed.")
    if any(back.open and any(one.id == back.id for one in order.withdrawals) for back in order.returns):
        raise IllegalTransition(
            f"The customer of order {order.id} has withdrawn from it, so what has not left is not sent anyway. "
            "It goes back on sale when you cancel the order, or receive the rest of it."
        )


def _must_not_be_all(order: Order, pieces: Counter[int]) -> None:
    """Of an order of which nothing is sent delivery goes back as well, and its customer reads that it is cancelled."""
    more = order.shipments or any(line.digital for line in order.lines)
    if not more and not counted(to_ship(order)) - pieces:
        raise IllegalTransition(
            f"Nothing of order {order.id} would be left to send. Cancel it, and all of its money goes back: "
            f"pouch cancel {order.id}"
        )
