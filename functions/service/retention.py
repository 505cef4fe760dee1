"""Retention: people are forgotten once the shop needs to know them no more (R29), by the reconciler once a day."""

from contextlib import suppress
from itertools import islice

from functions.log import Event, note
from functions.ports import Clock, Payments, Store
from functions.service.acting import perform
from functions.service.finding import ids_in
from functions.shop.acts import Erase
from functions.shop.code import Codes
from functions.shop.errors import Conflict, IllegalTransition
from functions.shop.listing import NOTICES, SENT_NOTICES, SENT_STATEMENTS, List, moment_key
from functions.shop.message import tried_for
from functions.shop.settings import Retention

DAY = 86_400
MOST = 1000  # orders of each kind in one run; the rest has time until the next


def forget_old(*, store: Store, payments: Payments, clock: Clock, codes: Codes, keep: Retention) -> int:
    """Erase people from orders that are old enough, addresses that have waited too long, and mails that belonged to no
    order: news as old as that, and withdrawals as old as an order that is over. How many orders it were.

    Invoices stay as they are: they are never deleted here. Tries are forgotten by the store at their own moments.
    """
    now, erased = clock(), 0
    for name, days in ((List.UNPAID, keep.unpaid), (List.FINISHED, keep.finished)):
        old = ids_in(name, store, newest_first=False, until=moment_key(now - days * DAY))
        for order_id in list(islice(old, MOST)):
            with suppress(Conflict, IllegalTransition):  # somebody is at it just now; so is the next run
                perform(order_id, Erase(), store=store, payments=payments, clock=clock, codes=codes)
                erased += 1
    store.forget_waiting_since(now - keep.waiting * DAY)
    _forget_notices(store, now, keep)
    note(Event.FORGOTTEN, count=erased)
    return erased


def _forget_notices(store: Store, now: int, keep: Retention) -> None:
    """Mails that belong to no order: those that were sent, and those that no mail server took in all that time."""
    for name, days in ((SENT_NOTICES, keep.waiting), (SENT_STATEMENTS, keep.finished)):
        sent = ids_in(name, store, newest_first=False, until=moment_key(now - days * DAY))
        for notice_id in list(islice(sent, MOST)):
            store.forget_notice(notice_id)
    for notice_id in list(islice(ids_in(NOTICES, store, newest_first=False), MOST)):
        notice = store.notice(notice_id)
        days = keep.finished if notice and notice.is_statement else keep.waiting
        if notice and tried_for(notice.message) >= days * DAY:
            store.forget_notice(notice_id)


def first_today(store: Store, now: int, what: str = "forget_old") -> bool:
    """Whether nobody has begun with it on this day (in UTC)."""
    return store.hit(f"{what}:{now // DAY}", now + 2 * DAY, now) == 1
