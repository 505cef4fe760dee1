"""The late watch: the owner is told of promises before they break, in one mail a day."""

from collections.abc import Iterable
from contextlib import suppress

from functions.ports import Clock, Store
from functions.service.finding import read
from functions.shop.day import local_time
from functions.shop.errors import Conflict
from functions.shop.lateness import must_arrive, must_leave
from functions.shop.listing import List
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice, as_days
from functions.shop.order import Order

MOST = 100  # orders of each list that are looked at, those of the latest days first


def lateness(*, store: Store, today: str) -> dict[str, tuple[Order, ...]]:
    """What cannot wait on a day (ISO 8601, where the shop is): orders that are `due` to leave today, `overdue`, `held`
    though they are one of these, `arriving` by today at the latest, or `undelivered` though they should have arrived.
    """
    leaving = [order for order in _latest(List.TO_SHIP, store, until=today) if must_leave(order, today)]
    on_the_way = [order for order in _latest(List.ON_THE_WAY, store, until=today) if must_arrive(order, today)]
    return {
        "due": _by_day(order for order in leaving if order.dispatch_by == today),
        "overdue": _by_day(order for order in leaving if order.dispatch_by < today),
        "held": _by_day(order for order in _latest(List.HELD, store) if must_leave(order, today)),
        "arriving": _by_day(order for order in on_the_way if order.arrives_to == today),
        "undelivered": _by_day(order for order in on_the_way if order.arrives_to < today),
    }


def watch(*, store: Store, clock: Clock, time_zone: str) -> bool:
    """Write the owner's notice of this day, if there is anything to tell and none was written yet."""
    now = clock()
    today = local_time(now, time_zone)[:10]
    if store.notice(f"late:{today}"):
        return False
    found = lateness(store=store, today=today)
    if not any(found.values()):
        return False
    facts = {"day": today} | {name: as_days(_promises(name, orders)) for name, orders in found.items()}
    with suppress(Conflict):  # another run was faster
        store.save_notice(Notice(f"late:{today}", 1, Message(Kind.OWNER, "", now, key="owner:late"), facts))
        return True
    return False


def _latest(name: str, store: Store, *, until: str = "") -> tuple[Order, ...]:
    return tuple(read(store.listed(name, until=until, newest_first=True, limit=MOST).ids, store))


def _by_day(orders: Iterable[Order]) -> tuple[Order, ...]:
    return tuple(sorted(orders, key=lambda order: (order.dispatch_by, order.arrives_to, order.id)))


def _promises(name: str, orders: Iterable[Order]) -> dict[str, str]:
    """The day that was promised, by the number of the order."""
    arrives = name in {"arriving", "undelivered"}
    return {order.id: order.arrives_to if arrives else order.dispatch_by for order in orders}
