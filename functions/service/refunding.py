"""Refunding: money of a paid order goes back the way it came, to the card and to balances, and points go with it."""

from contextlib import suppress

from functions.ports import Clock, Payments, Store
from functions.service.settlement import ATTEMPTS, known, make_refunds, save
from functions.shop.errors import Conflict, NotEnough, PaymentRefused, PaymentsUnavailable
from functions.shop.order import Order
from functions.shop.reversal import give_back


def refund(
    order_id: str, amount: int, *, reason: str, number: int, store: Store, payments: Payments, clock: Clock
) -> Order:
    """Give back so much of an order (minor units), once for each `number`: `order.reversals` as it was when asked for.

    A refund that Stripe cannot make now stays written down, and the reconciler makes it.
    """
    for _ in range(ATTEMPTS):
        order = known(order_id, store)
        try:
            order = _given_back(order, amount, reason, number, store, clock)
            break
        except (Conflict, NotEnough):
            continue  # somebody wrote the order, or spent the points, between reading and writing
    else:
        raise Conflict(f"Order {order_id} is being written by too many at once.")
    with suppress(Conflict, PaymentRefused, PaymentsUnavailable):
        order = make_refunds(order, store=store, payments=payments)
    return order


def _given_back(order: Order, amount: int, reason: str, number: int, store: Store, clock: Clock) -> Order:
    account = order.earned.account if order.earned else ""
    left = {account: store.balance(account) or 0} if account else {}
    decision = give_back(order, amount, left, reason=reason, number=number, now=clock())
    return order if decision.order == order else save(decision, store)
