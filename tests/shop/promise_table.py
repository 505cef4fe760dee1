"""The examples in promises.md as rules, moments and promises."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.shop.promise import Dispatch, PromiseRule
from functions.shop.settings import Closure
from functions.shop.working_days import Days

TABLE = Path(__file__).with_name("promises.md")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG_KNOWN = "2029-12-31"
_SETTING = re.compile(r"In (\S+), packed ([a-z -]+), carried ([a-z -]+)\.")
_DAY = r"\d{4}-\d\d-\d\d"


class Example(NamedTuple):
    """An order at a moment (Unix seconds), and what the table says: days, and how long ordering keeps them."""

    name: str
    rule: PromiseRule
    now: int
    dispatch_by: str
    arrives: str
    order_in: str


def examples() -> Iterator[Example]:
    """Every line of every table."""
    zone = packed = carried = ""
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if setting := _SETTING.match(text):
            zone, packed, carried = setting.groups()
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        if text.startswith("|") and re.match(r"[A-Z][a-z]{2} \d", cells[0]):
            yield _example(zone, weekdays(packed), weekdays(carried), *cells)


def weekdays(text: str) -> tuple[int, ...]:
    """`mon-fri` or `wed sat` as numbers from Monday, 0."""
    spans = (span.partition("-") for span in text.split())
    return tuple(day for first, _, last in spans for day in range(WEEK.index(first), WEEK.index(last or first) + 1))


def _example(zone: str, packed: tuple[int, ...], carried: tuple[int, ...], at: str, *cells: str) -> Example:
    cut_off, handling, transit, closed, dispatch_by, arrives, order_in = cells
    moment = datetime.fromisoformat(at[4:])
    assert f"{moment:%a}" == at[:3], at
    rule = PromiseRule(
        zone,
        Dispatch(cut_off, packed),
        _days(handling),
        _days(transit),
        carried,
        LONG_KNOWN,
        home=frozenset(re.findall(rf"\bhere ({_DAY})", closed)),
        abroad=frozenset(re.findall(f"there ({_DAY})", closed)),
        closures=tuple(_closures(closed)),
        release_date="".join(re.findall(f"released ({_DAY})", closed)),
    )
    now = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    name = f"{at}, {zone}, {', '.join(cells[:4])}"
    return Example(name, rule, int(now.timestamp()), _iso(dispatch_by), _iso(arrives), order_in)


def _closures(closed: str) -> Iterator[Closure]:
    for kind, first, last in re.findall(f"(away|shut) ({_DAY}) to ({_DAY})", closed):
        yield Closure(first, last, "Away", orders=kind == "away")


def _days(text: str) -> Days:
    least, _, most = text.partition("-")
    return Days(int(least), int(most or least))


def _iso(text: str) -> str:
    """`Thu 2026-11-26 to Sat 2026-11-28` without the weekdays, once they are right."""
    for weekday, day in re.findall(rf"(\w{{3}}) ({_DAY})", text):
        assert f"{date.fromisoformat(day):%a}" == weekday, text
    return re.sub(r"[A-Z]\w\w ", "", text)
