"""What a page carries, so that it can keep its promise true by itself."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from functions.shop.day import ENGLISH
from functions.shop.promise import Dispatch, PromiseRule
from functions.shop.settings import Closure
from functions.shop.working_days import Days
from plugins.content.day_format import day_format
from plugins.promise_data import promise_data

TODAY = date(2026, 11, 24)
RULE = PromiseRule(
    "Europe/Dublin",
    Dispatch("14:00", (0, 1, 2, 3, 4)),
    Days(1, 2),
    Days(1, 3),
    (0, 1, 2, 3, 4, 5),
    "2028-12-31",
    home=frozenset({"2025-12-25", "2026-12-25", "2027-12-31", "2028-01-01"}),
    abroad=frozenset({"2026-12-25", "2027-12-30"}),
    closures=(
        Closure("2026-12-25", "2026-12-25", "Christmas Day"),
        Closure("2027-12-20", "2028-01-03", "Away", orders=False),
        Closure("2027-12-01", "2027-12-01", "Taking stock"),
        Closure("2020-01-01", "2020-12-31", "Long ago"),
    ),
)


def test_a_page_carries_rule_closed_days_and_words() -> None:
    assert promise_data(RULE, ENGLISH, TODAY) == {
        "zone": "Europe/Dublin",
        "rule": "840 1 2 1 3 21183 0 01234 012345",
        "closed": "371 0/1/11-0 30/11-0",
        "words": "Arrives {days}|Order in {time}: arrives {days}|{count} h|{count} min|"
        "{E} {d} – |{E} {d} {MMM}|{E} {d} {MMM} – |{E} {d} {MMM}|"
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec",
    }


def test_a_pre_order_carries_its_release() -> None:
    released = replace(RULE, release_date="2027-05-12")
    assert promise_data(released, ENGLISH, TODAY)["rule"] == "840 1 2 1 3 21183 20950 01234 012345"


def test_a_page_is_the_same_on_every_day_of_a_year() -> None:
    assert promise_data(RULE, ENGLISH, date(2026, 1, 1)) == promise_data(RULE, ENGLISH, date(2026, 12, 31))


@pytest.mark.slow
def test_no_language_has_words_that_would_run_together() -> None:
    for name in locale_identifiers():
        words = promise_data(RULE, day_format(Locale.parse(name)), TODAY)["words"]
        assert len(words.split("|")) == 4 + 4 + 7 + 12
