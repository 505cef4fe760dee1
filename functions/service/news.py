"""News: what an event from Stripe sets off, whichever way it came in. Only its ids are believed."""

from functions.ports import Clock, PaymentEvent, Payments, Store
from functions.service.settlement import settle
from functions.shop.code import Codes
from functions.shop.listing import payment_list
from functions.shop.order import Order


def heed(event: PaymentEvent, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> tuple[Order, ...]:
    """Settle the orders that an event is about, and give them. It is safe to hear of it again (R18, R19).

    A payment that no order knows is another shop's, or one of which the session's own news has yet to come; that news
    then brings all of it.
    """
    if event.order:
        order = settle(event.order, store=store, payments=payments, clock=clock, codes=codes, session=event.session)
        return (order,)
    return tuple(
        settle(order_id, store=store, payments=payments, clock=clock, codes=codes, payment=event.payment)
        for order_id in store.listed(payment_list(event.payment)).ids
    )
