"""Reversals: how money that is given back is shared out between the payment, balances and points of an order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from functions.shop import ledger
from functions.shop.decision import Decision
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Earning
from functions.shop.money import split, step
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.state import State

_GIVES_BACK = frozenset({State.PAID, State.PARTIALLY_SHIPPED, State.SHIPPED, State.DELIVERED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Reversal:
    """So much to the payment, so much to each balance that paid, and so many of the earned points that go again."""

    payment: int
    balances: tuple[int, ...]
    points: int


def refundable(order: Order) -> int:
    """What can still be given back, in minor units. What gift cards cost is not: they are spent, not returned."""
    return _paid(order) - _given_back(order)


def reversal(order: Order, amount: int) -> Reversal:
    """How `amount` (minor units) is given back: in proportion to what is left of each of those that paid.

    So parts add up to it exactly, none gets more than it paid, and giving all back in any portions gives each what it
    paid. Points go in proportion to all that has been given back, rounded down, and with the last of it the last of
    them. Raises ValueError for more than is left, or what the currency cannot pay.
    """
    if not 0 < amount <= refundable(order):
        raise ValueError(f"{amount} cannot be given back; {refundable(order)} is left of order {order.id}")
    left = (refundable(order) - sum(one.left for one in order.spent), *(one.left for one in order.spent))
    payment, *balances = split(amount, left, step(order.currency))
    return Reversal(payment, tuple(balances), _points(order, amount))


def give_back(
    order: Order, amount: int, balances: Mapping[str, int], *, reason: str, number: int, now: int
) -> Decision:
    """The order with `amount` given back: the refund that is intended, and the entries of its balances and points.

    `number` is how many times something was given back before, and makes this one happen once. `balances` are what is
    left on the accounts now; points that are spent already cannot go again, and the order says how many those are.
    """
    if order.state not in _GIVES_BACK:
        raise IllegalTransition(f"Order {order.id} is {order.state}; money is given back of a paid order only.")
    if number != order.reversals:
        return Decision(order)
    parts, act = reversal(order, amount), f"back-{number}"
    points = min(parts.points, balances.get(order.earned.account, 0)) if order.earned else 0
    entries = (
        *ledger.given_back(order.id, order.spent, parts.balances, now, act),
        *ledger.taken_back(order.id, order.earned, points, now, act),
    )
    given = [replace(one, returned=one.returned + back) for one, back in zip(order.spent, parts.balances, strict=True)]
    after = replace(order, spent=tuple(given), earned=_reversed(order.earned, parts.points, points))
    return Decision(
        _with_refund(replace(after, reversals=number + 1), parts.payment, reason, act, now), entries=entries
    )


def _paid(order: Order) -> int:
    """What came in for things that can be given back, by the payment and from balances."""
    payment = order.payments[0].amount if order.payments else 0
    return payment + sum(one.amount for one in order.spent) - sum(card.amount for card in order.cards)


def _given_back(order: Order) -> int:
    """What has been given back so far, by way of the payment and of balances."""
    first = order.payments[0].id if order.payments else ""
    refunds = sum(refund.amount for refund in order.refunds if refund.payment == first)
    return refunds + sum(one.returned for one in order.spent)


def _points(order: Order, amount: int) -> int:
    earned = order.earned
    if not earned or not earned.account:
        return 0
    least = step(order.currency)
    gone = earned.amount * (_given_back(order) + amount) // (_paid(order) * least) * least
    return gone - earned.reversed - earned.missing


def _reversed(earned: Earning | None, wanted: int, taken: int) -> Earning | None:
    if not earned:
        return None
    return replace(earned, reversed=earned.reversed + taken, missing=earned.missing + wanted - taken)


def _with_refund(order: Order, amount: int, reason: str, act: str, now: int) -> Order:
    if not amount:
        return order
    refund = Refund(f"{order.id}:{act}", order.payments[0].id, amount, reason, now)
    return replace(order, refunds=(*order.refunds, refund))
