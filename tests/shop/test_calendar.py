"""Working days, and public holidays by country."""

import pytest

from functions.shop.calendar import NEVER, Calendar, Holidays
from functions.shop.record import from_json, to_json

WEEK = Calendar(
    (0, 1, 2, 3, 4), until="2026-12-31", closed=frozenset({"2026-11-25"}), away=(("2026-12-03", "2026-12-06"),)
)
HOLIDAYS = Holidays(
    {"IE": {"2026": "0101 0317", "2027": "0101"}, "GB-SCT": {"2026": "1130"}}, until="2027-12-31", home="IE"
)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-24", 1, "2026-11-26"),
        ("2026-11-25", 0, "2026-11-26"),
        ("2026-11-25", 1, "2026-11-26"),
        ("2026-11-25", 2, "2026-11-27"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-28", 3, "2026-12-02"),
        ("2026-11-28", 4, "2026-12-07"),
        ("2026-12-30", 1, "2026-12-31"),
        ("2026-12-31", 0, "2026-12-31"),
        ("2026-12-31", 1, NEVER),
        ("2027-01-04", 0, NEVER),
        (NEVER, 0, NEVER),
        (NEVER, 3, NEVER),
    ],
)
def test_working_days_are_counted_over_weekends_and_closed_days_as_far_as_they_are_known(
    day: str, count: int, found: str
) -> None:
    assert WEEK.working_day(day, count) == found


def test_who_never_works_has_no_working_day() -> None:
    assert Calendar((), until="2026-12-31").working_day("2026-11-24") == NEVER


def test_holidays_are_kept_short_and_read_as_days() -> None:
    assert HOLIDAYS.of("IE") == {"2026-01-01", "2026-03-17", "2027-01-01"}
    assert HOLIDAYS.of("GB-SCT") == {"2026-11-30"}
    assert HOLIDAYS.of("GB") == frozenset()


def test_holidays_are_stored_as_they_are() -> None:
    assert from_json(Holidays, to_json(HOLIDAYS)) == HOLIDAYS
