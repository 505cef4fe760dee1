"""The late watch: the owner is told of promises before they break, in one mail a day."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from functions.ports import Clock, Store
from functions.shop.day import local_time
from functions.shop.errors import Conflict
from functions.shop.listing import List
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice

MOST = 100  # orders of each kind in one mail


@dataclass(frozen=True, slots=True)
class Lateness:
    """Ids of orders: `due` must leave today, `overdue` should have left, `undelivered` should have arrived."""

    due: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.due or self.overdue or self.undelivered)


def lateness(*, store: Store, today: str) -> Lateness:
    """What must leave today, should have left, or should have arrived; `today` is an ISO day where the shop is."""
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    overdue = store.listed(List.TO_SHIP, until=yesterday, limit=MOST).ids
    until_today = store.listed(List.TO_SHIP, until=today, limit=2 * MOST).ids
    undelivered = store.listed(List.ON_THE_WAY, until=yesterday, limit=MOST).ids
    return Lateness(tuple(one for one in until_today if one not in overdue)[:MOST], overdue, undelivered)


def watch(*, store: Store, clock: Clock, time_zone: str) -> bool:
    """Write the owner's notice of this day, if there is anything to tell and none was written yet."""
    now = clock()
    today = local_time(now, time_zone)[:10]
    found = lateness(store=store, today=today)
    if not found.any or store.notice(f"late:{today}"):
        return False
    facts = {"day": today} | {
        name: " ".join(ids)
        for name, ids in (("due", found.due), ("overdue", found.overdue), ("undelivered", found.undelivered))
    }
    with suppress(Conflict):  # another run was faster
        store.save_notice(Notice(f"late:{today}", 1, Message(Kind.OWNER, "", now, key="owner:late"), facts))
        return True
    return False
