"""Days as people write them, and the one after."""

import pytest

from functions.shop.day import day_after, day_text


@pytest.mark.parametrize(
    ("day", "text"),
    [("2027-05-12", "12 May 2027"), ("2027-01-01", "1 January 2027"), ("2028-02-29", "29 February 2028")],
)
def test_a_day_is_written_out(day: str, text: str) -> None:
    assert day_text(day) == text


@pytest.mark.parametrize(
    ("day", "after"), [("2027-05-12", "2027-05-13"), ("2027-12-31", "2028-01-01"), ("2028-02-28", "2028-02-29")]
)
def test_the_next_day(day: str, after: str) -> None:
    assert day_after(day) == after
