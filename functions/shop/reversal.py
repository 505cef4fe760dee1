"""Reversals: how money that is given back is shared out between the payment, balances and points of an order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from functions.shop import ledger
from functions.shop.decision import Decision
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Credit
from functions.shop.message import Kind
from functions.shop.money import split, step
from functions.shop.order import Order, owing
from functions.shop.portion import Portion
from functions.shop.refunds import intending
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
    order: Order,
    amount: int,
    balances: Mapping[str, int],
    *,
    reason: str,
    number: int,
    now: int,
    told: bool = False,
    portion: Portion | None = None,
) -> Decision:
    """The order with `amount` given back: the refund that is intended, and the entries of its balances and points.

    `number` is how many times something was given back before, and makes this one happen once. `balances` are what is
    left on the accounts now; points that are spent already cannot go again, and the order says how many those are.
    `told` says that another mail tells the customer; else the refund does once Stripe has made it, or a mail of its own
    where all of it goes to balances. `portion` is what it is given back for, if it is for pieces.
    """
    if order.state not in _GIVES_BACK:
        raise IllegalTransition(f"Order {order.id} is {order.state}; money is given back of a paid order only.")
    if number != order.reversals:
        return Decision(order)
    if not 0 < amount <= refundable(order):
        raise IllegalTransition(f"{amount} cannot be given back; {refundable(order)} is left of order {order.id}.")
    parts, act = reversal(order, amount), f"back-{number}"
    entries = ledger.given_back(order.id, order.spent, parts.balances, now, act)
    given = [replace(one, returned=one.returned + back) for one, back in zip(order.spent, parts.balances, strict=True)]
    lessened = _without_points(order, parts.points, _left(order, balances), now, act)
    portions = (*order.portions, portion) if portion else order.portions
    after = replace(lessened.order, spent=tuple(given), reversals=number + 1, portions=portions)
    after = replace(after, credits=(*order.credits, *_credits(order, parts, now)))
    if parts.payment:
        after = intending(after, order.payments[0], parts.payment, reason, now, act=act, told=told)
    elif not told:
        after = owing(after, Kind.REFUNDED, now, about=next_key(order))
    return Decision(after, entries=(*entries, *lessened.entries))


def next_key(order: Order) -> str:
    """The key of what is given back next: that of its refund, and of its credits."""
    return f"{order.id}:back-{order.reversals}"


def _credits(order: Order, parts: Reversal, now: int) -> Iterator[Credit]:
    """What goes to each balance."""
    for one, amount in zip(order.spent, parts.balances, strict=True):
        if amount:
            yield Credit(next_key(order), one.label, amount, now)


def points_reversed(order: Order, points_left: int, now: int) -> Decision:
    """The order, of which money went back by other hands, without the points that this money had earned."""
    given = _given_back(order)
    points = _points(order, 0) if given else 0
    return _without_points(order, points, points_left, now, f"back-at-{given}") if points > 0 else Decision(order)


def _left(order: Order, balances: Mapping[str, int]) -> int:
    """What is left of the points of its buyer."""
    return balances.get(order.earned.account, 0) if order.earned else 0


def _without_points(order: Order, points: int, left: int, now: int, act: str) -> Decision:
    """The order without so many of the points it earned, as far as they are not spent."""
    if not order.earned or not points:
        return Decision(order)
    taken = min(points, left)
    earned = replace(
        order.earned,
        reversed=order.earned.reversed + taken,
        missing=order.earned.missing + points - taken,
    )
    entries = ledger.taken_back(order.id, order.earned, taken, now, act)
    return Decision(replace(order, earned=earned), entries=entries)


def _paid(order: Order) -> int:
    """What came in for things that can be given back, by the payment and from balances."""
    payment = order.payments[0].amount if order.payments else 0
    return payment + sum(one.amount for one in order.spent) - sum(card.amount for card in order.cards if not card.void)


def _given_back(order: Order) -> int:
    """What has gone back so far, by way of the payment and of balances; what a bank took back is gone as well."""
    first = order.payments[0].id if order.payments else ""
    refunds = sum(one.amount for one in order.refunds if one.payment == first and one.counts)
    disputed = sum(one.amount for one in order.disputes if one.payment == first and one.lost)
    return refunds + disputed + sum(one.returned for one in order.spent)


def _points(order: Order, amount: int) -> int:
    earned = order.earned
    if not earned or not earned.account:
        return 0
    least = step(order.currency)
    gone = earned.amount * (_given_back(order) + amount) // (_paid(order) * least) * least
    return gone - earned.reversed - earned.missing
