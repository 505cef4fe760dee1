"""News: what an event from Stripe sets off, whichever way it came in. Only its ids are believed."""

from functions.ports import Clock, PaymentEvent, Payments, Store
from functions.service.settlement import settle
from functions.shop.code import Codes
from functions.shop.listing import payment_list


def heed(event: PaymentEvent, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> tuple[str, ...]:
    """Settle the orders that an event is about, and say which those are. It is safe to hear of it again (R18, R19).

    A payment that no order knows is another shop's, or one of which the session's own news has yet to come; that news
    then brings all of it.
    """
    if event.order:
        settle(event.order, store=store, payments=payments, clock=clock, codes=codes, session=event.session)
        return (event.order,)
    concerned = store.listed(payment_list(event.payment)).ids
    for order_id in concerned:
        settle(order_id, store=store, payments=payments, clock=clock, codes=codes, payment=event.payment)
    return concerned
