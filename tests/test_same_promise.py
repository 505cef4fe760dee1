"""The browser promises what the shop does: theme/static/js/promise.js against functions/shop/promise.py, in Node."""

import json
import random
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel import Locale

from functions.shop.day import DayFormat
from functions.shop.promise import Dispatch, Promise, PromiseRule, promise
from functions.shop.promise_text import arrival_text
from functions.shop.settings import Closure
from functions.shop.working_days import Days
from plugins.content.day_format import day_format
from plugins.promise_data import promise_data
from tests.node_tools import node
from tests.shop.promise_table import examples

SCRIPT = Path(__file__).parents[1] / "theme" / "static" / "js" / "promise.js"
ASK = """
const day = (number) => new Date(number * 86400000).toISOString().slice(0, 10);
const answer = ({ data, now }) => {
  const found = promise(data.zone, data.rule, data.closed, now * 1000);
  return [found ? [...found.slice(0, 3).map(day), found[3] / 1000] : null, sentence(data, now * 1000)];
};
console.log(JSON.stringify(cases.map(answer)));
"""
ZONES = ("Europe/Dublin", "America/New_York", "Asia/Tokyo", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu",
         "America/Havana", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC")  # fmt: skip
LOCALES = ("en_IE", "en_US", "de_DE", "it_IT", "hu_HU", "ja_JP", "cs_CZ", "vi_VN")


class Case(NamedTuple):
    """A shopper who looks at a page that was built on a day."""

    rule: PromiseRule
    form: DayFormat
    built: date
    now: int


def asked(cases: list[Case]) -> list[tuple[list[Any] | None, str]]:
    """What the browser makes of each: days and moment, and the words."""
    given = [{"data": promise_data(case.rule, case.form, case.built), "now": case.now} for case in cases]
    program = f"{SCRIPT.read_text(encoding='utf-8')}\nconst cases = {json.dumps(given)};\n{ASK}"
    done = subprocess.run(
        [node(), "--input-type=module", "-"], input=program, capture_output=True, text=True, check=True
    )
    return [(found, words) for found, words in json.loads(done.stdout)]


def expected(case: Case) -> tuple[list[Any] | None, str]:
    """What the functions say who know no more than the page."""
    found = promise(replace(case.rule, until=f"{case.built.year + 1}-12-31"), case.now)
    return (_listed(found), arrival_text(found, case.now, case.form)) if found else (None, "")


def test_the_browser_promises_what_the_examples_say() -> None:
    form = day_format(Locale("en", "IE"))
    cases = [Case(one.rule, form, datetime.fromtimestamp(one.now, UTC).date(), one.now) for one in examples()]
    assert asked(cases) == [expected(case) for case in cases]


@pytest.mark.slow
def test_the_browser_promises_the_same_at_a_thousand_moments() -> None:
    chance = random.Random(4)  # noqa: S311 (the same cases in every run)
    forms = [day_format(Locale.parse(name)) for name in LOCALES]
    cases = [_case(chance, chance.choice(forms)) for _ in range(1000)]
    wanted = [expected(case) for case in cases]
    assert asked(cases) == wanted
    assert sum(found is not None for found, _ in wanted) > 500
    assert sum(words.startswith("Order in ") for _, words in wanted) > 100


def test_a_page_is_true_a_year_after_it_was_built_and_says_nothing_when_it_knows_nothing() -> None:
    rule = PromiseRule("Europe/Dublin", Dispatch("14:00"), Days(1, 1), Days(1, 3), (0, 1, 2, 3, 4, 5), "2028-12-31")
    form, built = day_format(Locale("en", "IE")), date(2026, 11, 24)
    moments = ("2026-11-24T11:50", "2027-11-23T11:50", "2027-12-28T11:50", "2027-12-29T11:50")
    cases = [Case(rule, form, built, int(datetime.fromisoformat(f"{at}+00:00").timestamp())) for at in moments]
    assert [words for _, words in asked(cases)] == [
        "Order in 2 h 10 min: arrives Thu 26 – Sat 28 Nov",
        "Order in 2 h 10 min: arrives Thu 25 – Sat 27 Nov",
        "",
        "",
    ]


def _listed(found: Promise) -> list[Any]:
    return [found.dispatch_by, found.arrives_from, found.arrives_to, found.order_by]


def _case(chance: random.Random, form: DayFormat) -> Case:
    built = date(2026, 1, 1) + timedelta(chance.randrange(365))
    rule = PromiseRule(
        chance.choice(ZONES),
        Dispatch(
            chance.choice(["00:00", "00:30", "01:30", "02:15", "09:00", "14:00", "17:45", "24:00"]), _week(chance)
        ),
        _span(chance),
        _span(chance),
        _week(chance),
        "2028-12-31",
        home=_holidays(chance),
        abroad=_holidays(chance),
        closures=tuple(_closure(chance) for _ in range(chance.randrange(4))),
        release_date=_day(chance) if chance.random() < 0.2 else "",
    )
    return Case(rule, form, built, _moment(chance, built))


def _moment(chance: random.Random, built: date) -> int:
    """Up to a year later, often close to a change of clocks or to a full hour."""
    start = int(datetime(built.year, built.month, built.day, 12, tzinfo=UTC).timestamp())
    if chance.random() < 0.3:
        changes = ("2026-03-08T07:00", "2026-03-29T01:00", "2026-10-25T01:00", "2026-11-01T06:00", "2027-03-28T01:00",
                   "2026-04-05T03:00", "2026-09-06T04:00", "2026-10-03T15:30", "2027-04-03T15:00")  # fmt: skip
        near = [int(datetime.fromisoformat(f"{change}+00:00").timestamp()) for change in changes]
        return chance.choice([moment for moment in near if moment > start]) + chance.randrange(-7200, 7201, 60)
    return start + chance.randrange(0, 365 * 86400, chance.choice([1, 60, 900, 3600]))


def _week(chance: random.Random) -> tuple[int, ...]:
    return chance.choice([(0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5), tuple(range(7)), (2, 5), (6,), (0, 2, 4)])


def _span(chance: random.Random) -> Days:
    least = chance.randrange(4)
    return Days(least, least + chance.choice([0, 1, 2, 9]))


def _holidays(chance: random.Random) -> frozenset[str]:
    return frozenset(_day(chance) for _ in range(chance.randrange(40)))


def _closure(chance: random.Random) -> Closure:
    first = _day(chance)
    last = (date.fromisoformat(first) + timedelta(chance.choice([0, 0, 1, 6, 13, 60]))).isoformat()
    return Closure(first, last, "Away", orders=chance.random() < 0.7)


def _day(chance: random.Random) -> str:
    return (date(2026, 1, 1) + timedelta(chance.randrange(1000))).isoformat()
