"""Calendars: on which days somebody works, and the public holidays of countries. Days are ISO 8601 texts."""

from dataclasses import dataclass
from datetime import date

from functions.shop.day import day_after

NEVER = "9999-12-31"
"""A day that does not come as far as anybody knows: it lies after every calendar's last."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which somebody works: these weekdays (Monday is 0) without those that are `closed` or in `away`.

    `away` holds first and last days. Nothing is known after `until`, so no working day is found there.
    """

    weekdays: tuple[int, ...]
    until: str
    closed: frozenset[str] = frozenset()
    away: tuple[tuple[str, str], ...] = ()

    def works_on(self, day: str) -> bool:
        """Whether it is a working day."""
        return (
            date.fromisoformat(day).weekday() in self.weekdays
            and day not in self.closed
            and not any(first <= day <= last for first, last in self.away)
        )

    def working_day(self, day: str, count: int = 0) -> str:
        """The so-manieth working day after a day; for 0 the day itself or the first one after it. NEVER if none is."""
        left = count
        day = day_after(day) if count and day <= self.until else day
        while day <= self.until:
            if self.works_on(day):
                left -= 1
                if left <= 0:
                    return day
            day = day_after(day)
        return NEVER


@dataclass(frozen=True, slots=True)
class Holidays:
    """Public holidays by country (ISO 3166, or ISO 3166-2 for a part of one), and by year.

    A release keeps them for each destination, so they are short: `{"IE": {"2026": "0101 0317"}}`, month and day.
    Nothing is known after `until`. The shop keeps those of `home`.
    """

    days: dict[str, dict[str, str]]
    until: str
    home: str

    def of(self, place: str) -> frozenset[str]:
        """The holidays of one place; none where nobody knows any."""
        years = self.days.get(place, {}).items()
        return frozenset(f"{year}-{day[:2]}-{day[2:]}" for year, days in years for day in days.split())
