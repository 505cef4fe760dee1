"""What shoppers are promised: the examples a shop owner can read, and what holds for all promises."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.promise import Dispatch, Promise, PromiseRule, longest, promise
from functions.shop.settings import Closure
from functions.shop.working_days import Days
from tests.shop.promise_table import Example, examples

TUESDAY = int(datetime(2026, 11, 24, 11, 50, tzinfo=ZoneInfo("Europe/Dublin")).timestamp())
RULE = PromiseRule(
    "Europe/Dublin", Dispatch("14:00"), Days(1, 1), Days(1, 3), (0, 1, 2, 3, 4, 5), until="2028-12-31",
)  # fmt: skip

spans = st.tuples(st.integers(0, 2), st.integers(0, 3)).map(lambda pair: Days(pair[0], sum(pair)))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
holidays = st.frozensets(days, max_size=30)
closures = st.lists(st.tuples(days, days, st.booleans()), max_size=3).map(
    lambda found: tuple(Closure(min(one[:2]), max(one[:2]), "Away", one[2]) for one in found)
)
rules = st.builds(
    PromiseRule,
    time_zone=st.sampled_from(["Europe/Dublin", "America/New_York", "Asia/Tokyo", "America/Santiago"]),
    dispatch=st.builds(Dispatch, st.sampled_from(["00:00", "01:30", "02:30", "14:00", "24:00"]), weekdays),
    handling=spans,
    transit=spans,
    carrier_days=weekdays,
    until=st.just("2028-12-31"),
    home=holidays,
    abroad=holidays,
    closures=closures,
    release_date=st.one_of(st.just(""), days),
)
moments = st.integers(TUESDAY - 300 * 86400, TUESDAY + 300 * 86400)


def elapsed(seconds: int) -> str:
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_an_order_is_promised_what_the_table_says(example: Example) -> None:
    found = promise(example.rule, example.now)
    if found is None:
        assert example.dispatch_by == example.arrives == example.order_in == "-"
        return
    arrives = [found.arrives_from, found.arrives_to][found.arrives_from == found.arrives_to :]
    said = (found.dispatch_by, " to ".join(arrives), elapsed(found.order_by - example.now))
    assert said == (example.dispatch_by, example.arrives, example.order_in)


def test_every_line_of_the_table_is_read() -> None:
    assert len(list(examples())) == 66


def test_dates_are_data() -> None:
    assert promise(RULE, TUESDAY) == Promise("2026-11-25", "2026-11-26", "2026-11-28", TUESDAY + (2 * 60 + 10) * 60)


def test_nothing_is_promised_after_the_last_day_that_is_known() -> None:
    assert promise(replace(RULE, until="2026-11-27"), TUESDAY) is None
    assert promise(replace(RULE, until="2026-11-28"), TUESDAY) == promise(RULE, TUESDAY)


def test_a_pickup_is_ready_on_the_day_it_is_packed() -> None:
    pickup = replace(RULE, handling=Days(0, 1), transit=Days(0, 0), carrier_days=RULE.dispatch.packing_days)
    assert promise(pickup, TUESDAY) == Promise("2026-11-25", "2026-11-24", "2026-11-25", TUESDAY + 7800)


def test_the_longest_handling_of_a_cart_counts() -> None:
    usual = Days(1, 2)
    assert longest([Days(0, 0), Days(3, 3), usual], usual) == Days(3, 3)
    assert longest([Days(0, 5), Days(2, 3)], usual) == Days(2, 5)
    assert longest([Days(0, 0)], usual) == Days(0, 0)
    assert longest([], usual) == usual


@given(rules, moments)
def test_a_promise_is_in_order_and_holds_until_the_moment_it_names(rule: PromiseRule, now: int) -> None:
    found = promise(rule, now)
    if found is None:
        return
    assert found.arrives_from <= found.arrives_to
    assert found.dispatch_by <= found.arrives_to
    assert now < found.order_by
    assert promise(rule, found.order_by - 1) == found
    assert promise(rule, found.order_by) != found


@given(rules, moments, st.integers(0, 40 * 86400))
def test_who_orders_later_is_promised_no_earlier_day(rule: PromiseRule, now: int, wait: int) -> None:
    first, second = promise(rule, now), promise(rule, now + wait)
    if first and second:
        assert (first.dispatch_by, first.arrives_from, first.arrives_to) <= (
            second.dispatch_by, second.arrives_from, second.arrives_to,
        )  # fmt: skip
        assert first.arrives_to <= second.arrives_to


@given(rules, moments)
def test_a_parcel_leaves_and_arrives_on_days_that_the_carrier_works(rule: PromiseRule, now: int) -> None:
    found = promise(rule, now)
    if found is None:
        return
    every = (found.dispatch_by, found.arrives_from, found.arrives_to)
    assert {date.fromisoformat(day).weekday() for day in every} <= set(rule.carrier_days)
    assert not set(every) & rule.home
    assert not {found.arrives_from, found.arrives_to} & rule.abroad
    assert not any(closure.first <= found.dispatch_by <= closure.last for closure in rule.closures)
