"""Days: texts such as `2027-05-12` (ISO 8601), which sort as they follow each other, and how people write them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class DayFormat:
    """How a locale writes days; the build takes it from CLDR, everything else uses it.

    `weekdays` (from Monday) and `months` are short names. A pattern writes one day; its gaps are named as in CLDR:
    `{E}` the weekday, `{d}` the day, `{M}` the month's number, `{MMM}` its short and `{MMMM}` its whole name, `{y}` the
    year; `{dd}` and `{MM}` have two digits. `whole` is a day with its year. Two days are written without it, with the
    patterns of `within` when they share a month, else with those of `across`; a single day as the second of those.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    whole_months: tuple[str, ...]
    whole: str
    within: tuple[str, str]
    across: tuple[str, str]


ENGLISH = DayFormat(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    whole_months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    whole="{d} {MMMM} {y}",
    within=("{E} {d} – ", "{E} {d} {MMM}"),
    across=("{E} {d} {MMM} – ", "{E} {d} {MMM}"),
)  # fmt: skip


def day_text(day: str, form: DayFormat = ENGLISH) -> str:
    """The day as people write it: `12 May 2027`."""
    return _written(day, form.whole, form)


def days_text(first: str, last: str, form: DayFormat = ENGLISH) -> str:
    """From one day to another, or the one day, without the year: `Thu 26 – Sat 28 Nov`."""
    if first == last:
        return _written(first, form.across[1], form)
    begins, ends = form.within if first[:7] == last[:7] else form.across
    return _written(first, begins, form) + _written(last, ends, form)


def local_time(now: int, time_zone: str) -> str:
    """A moment in Unix seconds by the clock of a time zone, such as `2026-12-01T09:30`."""
    return datetime.fromtimestamp(now, ZoneInfo(time_zone)).strftime("%Y-%m-%dT%H:%M")


def day_after(day: str) -> str:
    """The next day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    """The day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _written(day: str, pattern: str, form: DayFormat) -> str:
    found = date.fromisoformat(day)
    return pattern.format(
        E=form.weekdays[found.weekday()],
        d=found.day,
        dd=f"{found.day:02}",
        M=found.month,
        MM=f"{found.month:02}",
        MMM=form.months[found.month - 1],
        MMMM=form.whole_months[found.month - 1],
        y=found.year,
    )
