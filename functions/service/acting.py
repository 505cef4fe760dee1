"""Acting: the one way by which the owner or a customer does something to an order, from the desk or a page."""

from contextlib import suppress

from functions.ports import Clock, Payments, Store
from functions.service.settlement import ATTEMPTS, known, make_refunds, next_invoice, points_account, save
from functions.shop.acts import Act
from functions.shop.code import Codes
from functions.shop.decision import Decision
from functions.shop.errors import Conflict, NotEnough, OutOfStock, PaymentRefused, PaymentsUnavailable
from functions.shop.life import Known, accounts, apply, takes_number
from functions.shop.order import Order


def perform(order_id: str, act: Act, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> Order:
    """Do something to an order, once however often it is asked for, and make the refunds that follow from it.

    Raises IllegalTransition, with a sentence that says why, when it cannot be done. A refund that Stripe cannot make
    now stays written down, and the reconciler makes it.
    """
    for _ in range(ATTEMPTS):
        order = known(order_id, store)
        try:
            order = _done(order, act, store, clock, codes)
            break
        except (Conflict, NotEnough, OutOfStock):
            continue  # somebody wrote the order, or moved what it needs, between reading and writing
    else:
        raise Conflict(f"Order {order_id} is being written by too many at once.")
    with suppress(Conflict, PaymentRefused, PaymentsUnavailable):
        order = make_refunds(order, store=store, payments=payments, clock=clock)
    return order


def _done(order: Order, act: Act, store: Store, clock: Clock, codes: Codes) -> Order:
    balances = {account: store.balance(account) or 0 for account in accounts(order)}
    account = points_account(order.email, order.currency, codes)
    invoice = next_invoice(store) if takes_number(order, act) else 0
    decision = apply(order, act, Known(clock(), balances, account, invoice))
    return order if decision == Decision(order) else save(decision, store)
