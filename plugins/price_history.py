"""The price before a reduction: what the past prices of a SKU prove, and what they do not.

The rule is article 6a of directive 98/6/EC (as amended by directive (EU) 2019/2161): who announces a reduction shows
the lowest price that was applied in the 30 days before it. We read it strictly, so that what is shown holds in every
member state:

- A reduction begins on the day on which the price last became what it is now. A price that falls in steps begins anew
  with each step: paragraph 4 allows member states to keep the price before the first step, and not all of them do.
- Every price that was in force on one of the 30 days counts, and so does one that stood earlier on the day itself.
- A younger product counts from the day on which it was first offered (paragraph 5), if that day is known.
- Whatever is not known is not proved: a version that cannot be read, a history that begins too late, a day on which the
  product was not for sale at any price.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from plugins.views import Reduction

PERIOD = timedelta(days=30)


class Moment(NamedTuple):
    """From a day on something costs `price`; None when it is not for sale. What is not `known` was not readable."""

    day: date
    price: int | None
    known: bool = True


class Why(StrEnum):
    """Why no price before a reduction is proved."""

    NO_HISTORY = "no history"
    NEVER_CHANGED = "never changed"
    TOO_SHORT = "history too short"
    UNREADABLE = "unreadable"
    NOT_FOR_SALE = "not for sale"
    NOT_LOWER = "not lower"


class Unproved(NamedTuple):
    """No reduction can be shown. `since` is when it began, `day` the day in question, `lowest` what was found."""

    why: Why
    since: date
    day: date
    lowest: int = 0


def reduction(past: Sequence[Moment], price: int, today: date, *, whole: bool) -> Reduction | Unproved:
    """What `past`, the oldest moment first, proves about the present price.

    `whole` says that the first moment is where the product's life begins. A price that differs from the last moment's
    has not been committed: it begins today.
    """
    if not past:
        return Unproved(Why.NO_HISTORY, today, today)
    line = tuple(past) if past[-1].price == price else (*past, Moment(today, price))
    start = _start(line, price)
    since = line[start].day
    if start == 0:
        return Unproved(Why.NEVER_CHANGED, since, since)
    if line[0].day > since - PERIOD and not whole:
        return Unproved(Why.TOO_SHORT, since, line[0].day)
    return _judged(_in_force(line[: start + 1], since), price, since)


def _start(line: Sequence[Moment], price: int) -> int:
    """Where the unbroken run of the present price begins."""
    others = [place for place, moment in enumerate(line) if not (moment.known and moment.price == price)]
    return others[-1] + 1 if others else 0


def _in_force(line: Sequence[Moment], since: date) -> list[Moment]:
    """The moments that reach into the 30 days before `since`, where the last one begins."""
    return [moment for moment, following in pairwise(line) if following.day >= since - PERIOD]


def _judged(before: Sequence[Moment], price: int, since: date) -> Reduction | Unproved:
    unreadable = [moment for moment in before if not moment.known]
    if unreadable:
        return Unproved(Why.UNREADABLE, since, unreadable[-1].day)
    if not any(moment.price is not None and moment.day < since for moment in before):
        return Unproved(Why.NOT_FOR_SALE, since, since)
    lowest = min(moment.price for moment in before if moment.price is not None)
    return Reduction(lowest, since.isoformat()) if lowest > price else Unproved(Why.NOT_LOWER, since, since, lowest)
