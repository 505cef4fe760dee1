"""What past prices prove about a reduction: the lowest of the 30 days before it (directive 98/6/EC, article 6a)."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.price_history import Moment, Unproved, Why, reduction
from plugins.views import Reduction

TODAY = date(2026, 11, 24)
Past = Sequence[tuple[str, int | None]]


def moments(past: Past) -> list[Moment]:
    """Moments of 2026; a price of -1 stands for a version that cannot be read."""
    days = [(date.fromisoformat(f"2026-{day}"), price) for day, price in past]
    return [Moment(day, None, known=False) if price == -1 else Moment(day, price) for day, price in days]


def judged(past: Past, price: int, *, whole: bool = False) -> Reduction | Unproved:
    return reduction(moments(past), price, TODAY, whole=whole)


def why(past: Past, price: int, *, whole: bool = False) -> Why:
    outcome = judged(past, price, whole=whole)
    assert isinstance(outcome, Unproved)
    return outcome.why


def test_a_price_that_fell_once_shows_the_one_before() -> None:
    assert judged([("01-05", 3000), ("11-20", 2000)], 2000) == Reduction(3000, "2026-11-20")


def test_the_lowest_of_the_thirty_days_counts_not_the_last() -> None:
    """Raised shortly before the reduction: the trick that the law is against."""
    assert judged([("01-05", 2500), ("11-10", 4000), ("11-20", 2000)], 2000) == Reduction(2500, "2026-11-20")


def test_a_price_that_ended_before_the_thirty_days_does_not_count() -> None:
    """It stood until 20 October; the 30 days before 20 November begin on the 21st."""
    assert judged([("01-05", 1000), ("10-20", 3000), ("11-20", 2000)], 2000) == Reduction(3000, "2026-11-20")


def test_a_price_that_ended_on_the_first_of_the_thirty_days_counts() -> None:
    """It was still to be had on that morning."""
    assert why([("01-05", 1000), ("10-21", 3000), ("11-20", 2000)], 2000) == Why.NOT_LOWER


def test_a_price_that_stood_on_the_day_itself_counts() -> None:
    """Lowered, raised and lowered again within a day."""
    past = [("01-05", 3000), ("11-20", 1500), ("11-20", 3000), ("11-20", 2000)]
    assert why(past, 2000) == Why.NOT_LOWER


def test_each_step_down_is_a_reduction_of_its_own() -> None:
    """The price before the first step is what only some member states allow."""
    assert judged([("01-05", 3000), ("11-10", 2500), ("11-20", 2000)], 2000) == Reduction(2500, "2026-11-20")


def test_a_reduction_lasts_as_long_as_its_price() -> None:
    """Also when it began months ago, and whatever else was changed in the file meanwhile."""
    past = [("01-05", 3000), ("04-01", 2000), ("06-01", 2000), ("11-20", 2000)]
    assert judged(past, 2000) == Reduction(3000, "2026-04-01")


def test_a_price_that_rose_is_no_reduction() -> None:
    """Even if it was higher still before."""
    assert why([("01-05", 3000), ("11-10", 2000), ("11-20", 2500)], 2500) == Why.NOT_LOWER


def test_a_price_that_is_not_committed_yet_begins_today() -> None:
    assert judged([("01-05", 3000)], 2000) == Reduction(3000, "2026-11-24")


def test_a_price_that_is_not_committed_yet_may_be_a_rise() -> None:
    assert why([("01-05", 3000), ("11-20", 2000)], 2500) == Why.NOT_LOWER


def test_without_a_past_nothing_is_proved() -> None:
    assert why([], 2000) == Why.NO_HISTORY


def test_a_price_that_was_never_another_one_was_not_reduced() -> None:
    assert why([("01-05", 2000), ("03-01", 2000)], 2000) == Why.NEVER_CHANGED


def test_a_history_that_begins_within_the_thirty_days_proves_nothing() -> None:
    """A lower price may lie before it."""
    assert why([("10-22", 3000), ("11-20", 2000)], 2000) == Why.TOO_SHORT


def test_a_history_that_begins_thirty_days_before_is_enough() -> None:
    assert judged([("10-21", 3000), ("11-20", 2000)], 2000) == Reduction(3000, "2026-11-20")


def test_a_younger_product_counts_from_the_day_on_which_it_was_first_offered() -> None:
    """When its whole life is known."""
    past = [("11-01", 3200), ("11-05", 3000), ("11-10", 3400), ("11-20", 2000)]
    assert judged(past, 2000, whole=True) == Reduction(3000, "2026-11-20")


def test_a_product_that_was_never_offered_at_another_price_for_a_day_is_not_reduced() -> None:
    """Put on sale and reduced on the same day."""
    assert why([("11-20", 3000), ("11-20", 2000)], 2000, whole=True) == Why.NOT_FOR_SALE


def test_what_cannot_be_read_proves_nothing_if_it_lies_in_the_thirty_days() -> None:
    past = [("01-05", 3000), ("11-01", -1), ("11-02", 3000), ("11-20", 2000)]
    assert why(past, 2000) == Why.UNREADABLE


def test_what_cannot_be_read_does_no_harm_if_it_lies_before() -> None:
    past = [("01-05", 3000), ("09-01", -1), ("09-02", 3000), ("11-20", 2000)]
    assert judged(past, 2000) == Reduction(3000, "2026-11-20")


def test_a_reduction_that_began_unreadable_begins_where_it_can_be_read() -> None:
    """And then the unreadable version lies before it."""
    assert why([("01-05", 3000), ("11-19", -1), ("11-20", 2000)], 2000) == Why.UNREADABLE


def test_what_was_not_for_sale_in_the_thirty_days_has_no_price_to_compare_with() -> None:
    assert why([("01-05", 3000), ("09-01", None), ("11-20", 2000)], 2000) == Why.NOT_FOR_SALE


def test_taking_a_product_off_sale_ends_its_reduction() -> None:
    """What it cost before the gap counts as a price before."""
    past = [("01-05", 3000), ("11-01", 2000), ("11-10", None), ("11-20", 2000)]
    assert why(past, 2000) == Why.NOT_LOWER


@pytest.mark.parametrize("price", [2999, 1, 0])
def test_any_lower_price_is_a_reduction(price: int) -> None:
    assert judged([("01-05", 3000), ("11-20", price)], price) == Reduction(3000, "2026-11-20")


PRICES = st.sampled_from([None, 1000, 2000, 3000])
STEPS = st.lists(st.tuples(st.integers(0, 120), PRICES), min_size=1, max_size=8).map(
    lambda steps: sorted(steps, key=lambda step: -step[0])
)


@given(STEPS, st.sampled_from([1000, 2000, 3000]), st.booleans())
def test_what_is_proved_is_what_a_diary_of_the_days_says(
    steps: list[tuple[int, int | None]], price: int, whole: bool
) -> None:
    """The same told day by day: which prices could be had on each, and on which the present one began."""
    past = [Moment(TODAY - timedelta(days=ago), cost) for ago, cost in steps]
    outcome = reduction(past, price, TODAY, whole=whole)
    if isinstance(outcome, Unproved):
        return
    since = date.fromisoformat(outcome.since)
    before = [since - timedelta(days=ago) for ago in range(1, 31)]
    diary = {day: _on(past, day) for day in before}
    if not whole:
        assert past[0].day <= before[-1]
    assert outcome.was > price
    assert outcome.was <= min(cost for costs in diary.values() for cost in costs)
    assert any(outcome.was in _on(past, day) for day in [*before, since])
    days_since = [since + timedelta(days=ahead) for ahead in range(1, (TODAY - since).days)]
    assert all(_on(past, day) == {price} for day in days_since)


def _on(past: list[Moment], day: date) -> set[int]:
    """Every price that could be had on a day."""
    morning = [moment.price for moment in past if moment.day < day][-1:]
    changes = [moment.price for moment in past if moment.day == day]
    return {price for price in morning + changes if price is not None}
