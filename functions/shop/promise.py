"""Promises: on which day a parcel leaves, between which days it arrives, and until when ordering keeps these dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from functions.shop.calendar import NEVER, Calendar
from functions.shop.day import day_after
from functions.shop.working_days import Days

if TYPE_CHECKING:  # settings hold what is promised, so they import this module
    from functions.shop.settings import Closure

FURTHEST = 300
"""Days: nothing later is promised. So a date without its year cannot be mistaken, and every search ends."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """When a shop packs: on these weekdays (Monday is 0), what was ordered before `cut_off` (`14:00`) on the same day.

    The cut-off is in the shop's time zone; `24:00` means that the whole day counts.
    """

    cut_off: str = "24:00"
    packing_days: tuple[int, ...] = (0, 1, 2, 3, 4)


USUAL = Dispatch()
"""What holds until an owner says otherwise."""


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """Everything that a promise depends on, but for the moment of ordering.

    `handling` is counted in days on which the shop packs, `transit` in days on which the carrier works (`carrier_days`,
    weekdays from Monday, 0). Public holidays (ISO days) are `home`, where the shop is, or `abroad`, where the parcel
    goes. In `closures` nothing is packed or handed over. Until the `release_date` of a pre-order nothing is packed
    either. After `until` (an ISO day) no holidays are known, so nothing is promised.
    """

    time_zone: str
    dispatch: Dispatch
    handling: Days
    transit: Days
    carrier_days: tuple[int, ...]
    until: str
    home: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    closures: tuple[Closure, ...] = ()
    release_date: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """ISO days: the parcel leaves on `dispatch_by` at the latest and arrives from `arrives_from` to `arrives_to`.

    Who orders before `order_by` (Unix seconds) is promised the same days.
    """

    dispatch_by: str
    arrives_from: str
    arrives_to: str
    order_by: int


def promise(rule: PromiseRule, now: int) -> Promise | None:
    """What is promised to whoever orders now (Unix seconds).

    None when no orders are taken today, or when no dates can be known: the shop never packs, the carrier never works,
    or it all lies too far ahead.
    """
    today = datetime.fromtimestamp(now, ZoneInfo(rule.time_zone)).date()
    calendars = _Calendars(rule, min(rule.until, (today + timedelta(FURTHEST)).isoformat()))
    if calendars.is_shut(today.isoformat()):
        return None
    packed = calendars.packed_first(today.isoformat(), now)
    found = calendars.dates(packed)
    if NEVER in found:
        return None
    return Promise(*found, order_by=calendars.order_by(today.isoformat(), packed))


def packed_first(rule: PromiseRule, now: int) -> str:
    """The first day on which what is ordered now (Unix seconds) is packed."""
    today = datetime.fromtimestamp(now, ZoneInfo(rule.time_zone)).date().isoformat()
    return _Calendars(rule, rule.until).packed_first(today, now)


def longest(handlings: Iterable[Days], usual: Days) -> Days:
    """The handling of a whole cart: the longest of its products', or the shop's `usual` one when it is empty."""
    every = list(handlings) or [usual]
    return replace(usual, least=max(days.least for days in every), most=max(days.most for days in every))


class _Calendars:
    """The three calendars of a rule: the shop packs, the carrier collects, the carrier is on its way."""

    def __init__(self, rule: PromiseRule, until: str) -> None:
        spans = [(closure.first, closure.last) for closure in rule.closures]
        away = tuple((first, last) for first, last in spans if first < last)
        closed = rule.home.union(first for first, last in spans if first == last)  # most closures are one holiday
        self.rule = rule
        self.packing = Calendar(rule.dispatch.packing_days, until, closed, away)
        self.leaving = Calendar(rule.carrier_days, until, closed, away)
        self.moving = Calendar(rule.carrier_days, until, rule.home | rule.abroad)

    def is_shut(self, day: str) -> bool:
        """Whether no orders are taken on a day."""
        return any(not closure.orders and closure.first <= day <= closure.last for closure in self.rule.closures)

    def packed_first(self, today: str, now: int) -> str:
        """The first day of handling: today only before the cut-off, and never before the release."""
        day = self.packing.working_day(today, int(now >= self.cut_off(today)))
        return self.packing.working_day(max(day, self.rule.release_date))

    def dates(self, packed_first: str) -> tuple[str, str, str]:
        """When it leaves at the latest, and when it arrives at the earliest and at the latest."""
        handling, transit = self.rule.handling, self.rule.transit
        early = self.leaving.working_day(self.packing.working_day(packed_first, handling.least))
        late = self.leaving.working_day(self.packing.working_day(packed_first, handling.most))
        return late, self.moving.working_day(early, transit.least), self.moving.working_day(late, transit.most)

    def order_by(self, today: str, packed_first: str) -> int:
        """The last cut-off that leads to the same dates, or when the shop stops taking orders before that."""
        dates, last = self.dates(packed_first), packed_first
        while self.dates(later := self.packing.working_day(last, 1)) == dates:
            last = later
        day = today
        while day < last:
            day = day_after(day)
            if self.is_shut(day):
                return self._moment(day, "00:00")
        return self.cut_off(last)

    def cut_off(self, day: str) -> int:
        """The moment of the cut-off on a day."""
        return self._moment(day, self.rule.dispatch.cut_off)

    def _moment(self, day: str, time: str) -> int:
        """Unix seconds for a local time. One that clocks skip or show twice counts as before they are changed."""
        if time == "24:00":
            return self._moment(day_after(day), "00:00")
        hour, minute = map(int, time.split(":"))
        year, month, number = map(int, day.split("-"))
        local = datetime(year, month, number, hour, minute, tzinfo=ZoneInfo(self.rule.time_zone))
        return int(local.timestamp())
