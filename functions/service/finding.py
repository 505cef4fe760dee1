"""Finding: orders by what an owner knows of them, and the lists of orders that wait for something."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice

from functions.ports import TOGETHER, Store
from functions.service.settlement import known
from functions.shop.errors import UnknownOrder
from functions.shop.lateness import must_arrive, must_leave
from functions.shop.listing import List, payment_list, search_list
from functions.shop.order import Order
from functions.shop.order_number import LEAST, begins, compact, spellings

PAGE = 500  # ids that are read at once
_SHOWN = 5


def find_order(text: str, store: Store) -> Order:
    """The one order that a number, or its beginning, leads to. Raises UnknownOrder for none and for several."""
    for order_id in spellings(text):
        if order := store.order(order_id):
            return order
    if len(compact(text)) < LEAST:
        raise UnknownOrder(f"{text!r} is too short. Type at least {LEAST} signs of the order's number.")
    found = [order_id for order_id in ids_in(List.ALL, store) if begins(order_id, text)]
    if not found:
        raise UnknownOrder(f"There is no order {text.strip()}.")
    if len(found) > 1:
        raise UnknownOrder(f"Several orders begin with {text.strip()}: {', '.join(found[:_SHOWN])}. Type more of it.")
    return known(found[0], store)


def search(text: str, store: Store) -> Iterator[Order]:
    """Orders by number, e-mail address, name, tracking number, invoice or payment, the newest first."""
    whole = (order_id for order_id in spellings(text) if store.order(order_id))
    found = [*whole, *ids_in(search_list(text), store), *ids_in(payment_list(text.strip()), store)]
    if not found and (words := text.split()):
        first, *others = (list(ids_in(search_list(word), store)) for word in words)
        found = [order_id for order_id in first if all(order_id in other for other in others)]
    if not found:
        found = [order_id for order_id in ids_in(List.ALL, store) if begins(order_id, text)]
    return read(dict.fromkeys(found), store)


def orders_in(name: str, store: Store, *, newest_first: bool = False) -> Iterator[Order]:
    """The orders in a list, read as they are asked for."""
    return read(ids_in(name, store, newest_first=newest_first), store)


def read(order_ids: Iterable[str], store: Store) -> Iterator[Order]:
    """The orders with these ids, some at a time. Raises UnknownOrder."""
    following = iter(order_ids)
    while some := tuple(islice(following, TOGETHER)):
        found = store.orders(some)
        yield from (found.get(order_id) or known(order_id, store) for order_id in some)


def late_orders(store: Store, today: str) -> Iterator[Order]:
    """Orders that should have left or must today, held ones among them, then those that should have arrived or must
    today; each by the day that was promised.
    """
    to_ship, on_the_way = (
        read(ids_in(name, store, newest_first=False, until=today), store) for name in (List.TO_SHIP, List.ON_THE_WAY)
    )
    kept = (order for order in orders_in(List.HELD, store) if must_leave(order, today))
    leaving = merge(to_ship, sorted(kept, key=_day_of_leaving), key=_day_of_leaving)
    yield from (order for order in leaving if must_leave(order, today))
    yield from (order for order in on_the_way if must_arrive(order, today) and not must_leave(order, today))


def _day_of_leaving(order: Order) -> str:
    return order.dispatch_by


def ids_in(name: str, store: Store, *, newest_first: bool = True, until: str = "") -> Iterator[str]:
    """All ids in a list, page by page."""
    cursor = ""
    while True:
        page = store.listed(name, until=until, newest_first=newest_first, cursor=cursor, limit=PAGE)
        yield from page.ids
        cursor = page.cursor
        if not cursor:
            return
