"""Erasing: a customer is forgotten, in all of their orders and wherever else the shop knows of them (R29)."""

from collections.abc import Iterable

from functions.ports import Clock, Payments, Store
from functions.service.acting import perform
from functions.service.finding import ids_in, orders_in
from functions.shop.acts import Erase
from functions.shop.code import Codes
from functions.shop.correspondence import erase
from functions.shop.email import customer_key
from functions.shop.listing import NOTICES, SENT_NOTICES, SENT_STATEMENTS, search_list
from functions.shop.order import Order


def orders_of(email: str, store: Store) -> tuple[Order, ...]:
    """The orders under an e-mail address, the newest first."""
    orders = orders_in(search_list(email), store, newest_first=True)
    return tuple(order for order in orders if order.email.casefold() == email.casefold())


def erase_customer(
    email: str, orders: Iterable[Order], *, store: Store, payments: Payments, clock: Clock, codes: Codes
) -> tuple[Order, ...]:
    """Forget an address: in its orders, in mails of none, among those who wait for stock, and as a customer. Doing it
    again is no harm.

    Raises IllegalTransition, and forgets nothing, while one of the orders is not finished.
    """
    orders = tuple(orders)
    for order in orders:
        erase(order, Erase(), clock())
    erased = tuple(
        perform(order.id, Erase(), store=store, payments=payments, clock=clock, codes=codes) for order in orders
    )
    for known_as in {address.lower() for address in (email, *(order.email for order in orders)) if address}:
        store.forget_waiting(known_as)
        store.forget_customer(customer_key(known_as))
        _forget_notices(known_as, store)
    return erased


def _forget_notices(email: str, store: Store) -> None:
    """Forget the mails of no order that went to an address, wait to go there, or tell the owner of it."""
    for name in (NOTICES, SENT_NOTICES, SENT_STATEMENTS):
        for notice_id in list(ids_in(name, store)):
            notice = store.notice(notice_id)
            if notice and email in {said.lower() for said in (notice.message.to, *notice.facts.values())}:
                store.forget_notice(notice_id)
