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
from functions.shop.facts import PaymentFacts, SessionFacts
from functions.shop.order import Order
from functions.shop.refunds import intended_refunds, refund_failing, refunded
from functions.shop.settling import decide, expire_unsold, waiting
from functions.shop.state import State
from functions.shop.trouble import learn

ATTEMPTS = 40  # writers that may come between us and our write, or take our invoice number, before we give up
INVOICE = "invoice"


def settle(
    order_id: str,
    *,
    store: Store,
    payments: Payments,
    clock: Clock,
    codes: Codes,
    session: str = "",
    payment: str = "",
    only_look: bool = False,
) -> Order:
    """Bring an order up to what Stripe says of `session` (its own one unless named), and have done what follows.

    Refunds, disputes and warnings are asked for where the session hints at some, or of the `payment` that is named.
    Who may `only_look` has the facts written down and Stripe asked for nothing: what follows is left to others (R25).
    """
    order = known(order_id, store)
    session = session or order.session
    if not session:
        return order
    facts = payments.session(session)
    if facts.order != order_id:
        return order
    if only_look:
        order = _noted(order, facts, store, clock, codes)
    else:
        order = record(order, facts, store=store, payments=payments, clock=clock, codes=codes)
    if payment or facts.troubled or _in_doubt(order):
        return learned(order, payments.payment(payment or facts.payment), store=store, clock=clock)
    return order


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
    """Write down what facts mean for an order, then try to make the refunds that follow from them, and close a payment
    page that came to be while its order was given up (R1).

    What cannot be done now the reconciler does: a refund stays written down, and an open page is found at Stripe.
    """
    order = _noted(order, facts, store, clock, codes)
    with suppress(Conflict, PaymentRefused, PaymentsUnavailable):
        order = make_refunds(order, store=store, payments=payments, clock=clock)
        if _left_open(order, facts):
            closed = payments.expire_session(facts.session)
            if closed.status != "open":  # else Stripe would not close it, and asking once more is for the next run
                return record(order, closed, store=store, payments=payments, clock=clock, codes=codes)
    return order


def _left_open(order: Order, facts: SessionFacts) -> bool:
    """Whether a payment page can still be paid though its order has ended."""
    return order.state is State.EXPIRED and facts.status == "open"


def learned(order: Order, facts: PaymentFacts, *, store: Store, clock: Clock) -> Order:
    """Write down what has happened to a payment of an order since it came in (R8)."""
    for _ in range(ATTEMPTS):
        left = store.balance(order.earned.account) if order.earned and order.earned.account else 0
        decision = learn(order, facts, clock(), points_left=left or 0)
        if decision == Decision(order):
            return order
        try:
            return save(decision, store)
        except (Conflict, NotEnough):
            order = known(order.id, store)
    raise Conflict(f"Order {order.id} is being written by too many at once.")


def make_refunds(order: Order, *, store: Store, payments: Payments, clock: Clock) -> Order:
    """Make every refund that is written down and not yet made. One key leads to one refund, so a crash does no harm.

    What went back of a payment already is looked up first: somebody may have given it back in Stripe's dashboard.
    Raises PaymentRefused when Stripe will not make one; the owner is told, and it stays written down.
    """
    for payment in dict.fromkeys(refund.payment for refund in intended_refunds(order)):
        order = learned(order, payments.payment(payment), store=store, clock=clock)
    for refund in intended_refunds(order):
        try:
            facts = payments.refund(refund.payment, refund.amount, refund.key)
        except PaymentRefused:
            told = refund_failing(order, refund.key, clock())
            if told != order:
                save(Decision(told), store)
            raise
        order = save(Decision(refunded(order, refund.key, facts, clock())), store)
    return order


def save(decision: Decision, store: Store) -> Order:
    """Write a decision as the next version of its order."""
    written = replace(decision.order, version=decision.order.version + 1)
    store.save(written, decision.stock, claims=decision.claims, entries=decision.entries, numbers=decision.numbers)
    return written


def decided(
    order: Order, facts: SessionFacts, store: Store, clock: Clock, codes: Codes, *, restock: bool = True
) -> Decision:
    """What facts mean for an order, whose points go to whoever pays, by the address they pay with."""
    account = points_account(facts.email or order.email, order.currency, codes)
    invoice = next_invoice(store) if facts.complete and not order.paid_like else 0
    return decide(order, facts, clock(), points_account=account, restock=restock, invoice=invoice)


def next_invoice(store: Store) -> int:
    """The number that the next invoice gets; it is taken by the write that uses it."""
    return store.last_number(INVOICE) + 1


def points_account(email: str, currency: str, codes: Codes) -> str:
    """Where the points of this buyer go; empty while nobody knows who it is."""
    return account_of(codes.points(customer_key(email)), currency) if email else ""


def known(order_id: str, store: Store) -> Order:
    """The order as it is now. Raises UnknownOrder."""
    order = store.order(order_id)
    if order is None:
        raise UnknownOrder(f"There is no order {order_id}.")
    return order


def _in_doubt(order: Order) -> bool:
    """Whether something about its money may still change at Stripe: a refund on its way, a dispute that is open."""
    return any(one.made and one.status == "pending" for one in order.refunds) or any(one.open for one in order.disputes)


def _noted(order: Order, facts: SessionFacts, store: Store, clock: Clock, codes: Codes) -> Order:
    """The order with what facts mean for it written down, whoever else writes it meanwhile."""
    for _ in range(ATTEMPTS):
        try:
            return _write(order, facts, store, clock, codes)
        except Conflict:
            order = known(order.id, store)
    raise Conflict(f"Order {order.id} is being written by too many at once.")


def _write(order: Order, facts: SessionFacts, store: Store, clock: Clock, codes: Codes) -> Order:
    decision = decided(order, facts, store, clock, codes)
    if decision == Decision(order):
        return order
    try:
        return save(decision, store)
    except OutOfStock as error:
        # Money came for an expired order whose goods are gone: what can wait is back-ordered, else it is given back.
        later = waiting(order, error.sku)
        if later != order:
            return _write(later, facts, store, clock, codes)
        return save(decided(order, facts, store, clock, codes, restock=False), store)
    except (NotEnough, UsedUp):
        # Money came for an expired order, and its balance has been spent, or its coupon used, by another one since.
        return save(decided(order, facts, store, clock, codes, restock=False), store)
