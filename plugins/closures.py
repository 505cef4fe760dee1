"""Days on which nobody is there, as pages tell of them: which are to come, and from when on a banner says so."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from functions.shop.settings import Closure

AHEAD = 7  # days before a long closure; a shorter one is announced as many days ahead as it lasts
MOST_TOLD, MOST_KNOWN = 3, 8
"""How many closures stand on each page: as banners for their days, and for "open now". Builds are made more often."""


class Notice(NamedTuple):
    """A closure with the days (ISO 8601) on which a banner tells of it; `due` says whether the page's day is one."""

    closure: Closure
    first: str
    last: str
    due: bool


def to_come(closures: Iterable[Closure], today: str) -> tuple[Closure, ...]:
    """Those that are not over on a day (ISO 8601), the next one first."""
    known = sorted((closure for closure in closures if closure.last >= today), key=lambda closure: closure.first)
    return tuple(known[:MOST_KNOWN])


def notices(closures: Iterable[Closure], today: str) -> tuple[Notice, ...]:
    """The banners for a page of that day: of closures that have something to say, those of the next weeks."""
    telling = (closure for closure in to_come(closures, today) if closure.message)
    return tuple(_notice(closure, today) for closure in islice(telling, MOST_TOLD))


def _notice(closure: Closure, today: str) -> Notice:
    begins, ends = date.fromisoformat(closure.first), date.fromisoformat(closure.last)
    ahead = min(AHEAD, (ends - begins).days + 1)
    told = (begins - timedelta(ahead)).isoformat()
    return Notice(closure, told, closure.last, told <= today <= closure.last)
