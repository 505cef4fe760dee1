"""Days on which nobody is there: which of them pages know, and when a banner tells of them."""

import pytest

from functions.shop.settings import Closure
from plugins.closures import notices, to_come

CHRISTMAS = Closure("2026-12-22", "2026-12-27", "Gone to see family")
MOVING = Closure("2026-12-01", "2026-12-14", "We are moving", orders=False)
BANK_HOLIDAY = Closure("2026-10-26", "2026-10-26", "October holiday")
SILENT = Closure("2026-11-30", "2026-11-30", "")


@pytest.mark.parametrize(
    ("closure", "told_from"),
    [(BANK_HOLIDAY, "2026-10-25"), (CHRISTMAS, "2026-12-16"), (MOVING, "2026-11-24")],
)
def test_a_closure_is_announced_as_many_days_ahead_as_it_lasts_a_week_at_most(closure: Closure, told_from: str) -> None:
    """A day off the day before; two weeks a week before."""
    (notice,) = notices([closure], "2026-10-01")
    assert (notice.first, notice.last) == (told_from, closure.last)


@pytest.mark.parametrize(
    ("today", "due"),
    [("2026-12-15", False), ("2026-12-16", True), ("2026-12-22", True), ("2026-12-27", True)],
)
def test_a_page_built_in_those_days_shows_it_without_script(today: str, due: bool) -> None:
    """From the first day of the announcement to the last of the closure."""
    (notice,) = notices([CHRISTMAS], today)
    assert notice.due is due


def test_what_is_over_is_not_told() -> None:
    """From the day after."""
    assert notices([CHRISTMAS], "2026-12-28") == ()
    assert to_come([CHRISTMAS], "2026-12-28") == ()


def test_a_closure_without_a_message_makes_no_banner_but_counts_for_the_hours() -> None:
    """Somebody who is away for a day may not want to talk of it."""
    assert notices([SILENT], "2026-11-24") == ()
    assert to_come([SILENT], "2026-11-24") == (SILENT,)


def test_pages_know_the_next_ones_first_and_not_years_of_them() -> None:
    """Three banners and eight closures; what comes later is in the next build."""
    many = [
        Closure(f"2027-{month:02}-{day:02}", f"2027-{month:02}-{day:02}", "x")
        for month in range(1, 13)
        for day in (9, 2)
    ]
    assert [notice.closure.first for notice in notices(many, "2026-12-31")] == [
        "2027-01-02", "2027-01-09", "2027-02-02",
    ]  # fmt: skip
    assert len(to_come(many, "2026-12-31")) == 8
