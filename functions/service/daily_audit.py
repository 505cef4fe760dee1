"""The daily audit: once a day the books are compared by themselves, and the owner is told of what does not agree.

Nothing is mended: a number that is silently made right hides what made it wrong.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from functions.log import Event, note
from functions.ports import Clock, Store
from functions.service.audit import Finding, audit
from functions.service.retention import first_today
from functions.shop.day import local_time
from functions.shop.errors import Conflict, ShopError
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice

LONGEST = 300  # seconds in which the books of some 100,000 orders are compared
LEAST = 30  # seconds without which it is left to the next run
SPARE = 60  # seconds that are kept back, for a call that hangs and for the notice
MOST = 20  # findings in one mail


class AuditUnfinished(ShopError):
    """The books were not compared to their end."""


def audit_today(
    *, store: Store, clock: Clock, time_left: Callable[[], float], timer: Callable[[], float] = time.monotonic
) -> int:
    """Compare the books, in the first run of a day (UTC) that has the time, and write the owner's notice when they do
    not agree. How many findings there were.

    `time_left` says for how many seconds this process may go on. Raises AuditUnfinished when there are too many orders;
    what was found by then is told.
    """
    now, seconds = clock(), min(LONGEST, time_left() - SPARE)
    if seconds < LEAST or not first_today(store, now, "audit"):
        return 0
    ends, found = timer() + seconds, list[Finding]()

    def in_time() -> None:
        if timer() > ends:
            raise AuditUnfinished("There was no time to compare all orders. pouch audit takes all that it needs.")

    try:
        for finding in audit(store=store, in_time=in_time):
            found.append(finding)
    except AuditUnfinished:
        _tell(found, Event.AUDIT_UNFINISHED, store, now)
        raise
    _tell(found, Event.AUDITED, store, now)
    return len(found)


def _tell(found: Sequence[Finding], event: Event, store: Store, now: int) -> None:
    note(event, count=len(found))
    if not found:
        return
    day = local_time(now, "UTC")[:10]
    said = "\n".join(f"{one.rule} {one.about}: {one.text}" for one in found[:MOST])
    facts = {"day": day, "count": str(len(found)), "findings": said}
    with suppress(Conflict):  # another run was faster
        store.save_notice(Notice(f"audit:{day}", 1, Message(Kind.OWNER, "", now, key="owner:audit"), facts))
