"""Settlement: the one way in which an order learns about its payment.

Webhook, order page, reconciler and release all end here: ask Stripe for the facts, decide in a pure function, write in
one conditional transaction. Doing it twice, or at once from two sides, comes to the same.
"""

from contextlib import suppress
from dataclasses import replace

from functions.ports import Clock, Payments, Store
from functions.shop.code import Codes, account_of
from functions.shop.decision import Decision
from functions.shop.email import customer_key
from functions.shop.errors import (
    Conflict,
    NotEnough,
    OutOfStock,
    PaymentRefused,
    PaymentsUnavailable,
    UnknownOrder,
    UsedUp,
)
from functions.shop.facts import SessionFacts
from functions.shop.order import Order, intended_refunds, refunded
from functions.shop.settling import decide, expire_unsold, waiting

ATTEMPTS = 8  # writers that may come between us and our write before we give up with Conflict


def settle(order_id: str, *, store: Store, payments: Payments, clock: Clock, codes: Codes, session: str = "") -> Order:
    """Bring an order up to what Stripe says of `session` (its own one unless named), refunds included."""
    order = known(order_id, store)
    session = session or order.session
    if not session:
        return order
    facts = payments.session(session)
    if facts.order != order_id:
        return order
    return record(order, facts, store=store, payments=payments, clock=clock, codes=codes)


def release(order_id: str, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> Order:
    """Give an unpaid order up: close its payment page, free what it reserved. It may turn out to be paid."""
    order = known(order_id, store)
    if not order.open:
        return order
    session = order.session or lost_session(order, payments)
    if not session:
        return save(expire_unsold(order, clock()), store)
    facts = payments.expire_session(session)
    return record(order, facts, store=store, payments=payments, clock=clock, codes=codes)


def lost_session(order: Order, payments: Payments) -> str:
    """The session that was made for an order when the answer to making it was lost; empty when there is none."""
    made = payments.sessions_since(order.created_at)
    return next((facts.session for facts in made if facts.order == order.id), "")


def record(order: Order, facts: SessionFacts, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> Order:
    """Write down what facts mean for an order, then try to make the refunds that follow from them.

    A refund that cannot be made now stays written down, and the reconciler makes it.
    """
    for _ in range(ATTEMPTS):
        try:
            order = _write(order, facts, store, clock, codes)
            break
        except Conflict:
            order = known(order.id, store)
    else:
        raise Conflict(f"Order {order.id} is being written by too many at once.")
    with suppress(Conflict, PaymentRefused, PaymentsUnavailable):
        order = make_refunds(order, store=store, payments=payments)
    return order


def make_refunds(order: Order, *, store: Store, payments: Payments) -> Order:
    """Make every refund that is written down and not yet made. One key leads to one refund, so a crash does no harm."""
    for refund in intended_refunds(order):
        stripe_id = payments.refund(refund.payment, refund.amount, refund.key)
        order = save(Decision(refunded(order, refund.key, stripe_id)), store)
    return order


def save(decision: Decision, store: Store) -> Order:
    """Write a decision as the next version of its order."""
    written = replace(decision.order, version=decision.order.version + 1)
    store.save(written, decision.stock, claims=decision.claims, entries=decision.entries)
    return written


def decided(order: Order, facts: SessionFacts, clock: Clock, codes: Codes, *, restock: bool = True) -> Decision:
    """What facts mean for an order, whose points go to whoever pays, by the address they pay with."""
    email = facts.email or order.email
    account = account_of(codes.points(customer_key(email)), order.currency) if email else ""
    return decide(order, facts, clock(), points_account=account, restock=restock)


def known(order_id: str, store: Store) -> Order:
    """The order as it is now. Raises UnknownOrder."""
    order = store.order(order_id)
    if order is None:
        raise UnknownOrder(f"There is no order {order_id}.")
    return order


def _write(order: Order, facts: SessionFacts, store: Store, clock: Clock, codes: Codes) -> Order:
    decision = decided(order, facts, clock, codes)
    if decision == Decision(order):
        return order
    try:
        return save(decision, store)
    except OutOfStock as error:
        # Money came for an expired order whose goods are gone: what can wait is back-ordered, else it is given back.
        later = waiting(order, error.sku)
        if later != order:
            return _write(later, facts, store, clock, codes)
        return save(decided(order, facts, clock, codes, restock=False), store)
    except (NotEnough, UsedUp):
        # Money came for an expired order, and its balance has been spent, or its coupon used, by another one since.
        return save(decided(order, facts, clock, codes, restock=False), store)
