"""What shoppers read of a promise."""

import pytest

from functions.shop.day import ENGLISH
from functions.shop.promise import Promise
from functions.shop.promise_text import arrival_text, arrived_text, pickup_text, ready_text

NOW = 1795521000
HOUR = 3600


def by(seconds: int, arrives_from: str = "2026-11-26", arrives_to: str = "2026-11-28") -> Promise:
    return Promise("2026-11-25", arrives_from, arrives_to, NOW + seconds)


@pytest.mark.parametrize(
    ("left", "time"),
    [
        (2 * HOUR + 10 * 60, "2 h 10 min"),
        (2 * HOUR + 10 * 60 + 59, "2 h 10 min"),
        (2 * HOUR, "2 h"),
        (HOUR - 1, "59 min"),
        (60, "1 min"),
        (1, "1 min"),
        (24 * HOUR - 1, "23 h 59 min"),
    ],
)
def test_the_time_left_is_rounded_down_to_minutes(left: int, time: str) -> None:
    assert arrival_text(by(left), NOW, ENGLISH) == f"Order in {time}: arrives Thu 26 – Sat 28 Nov"


def test_nobody_is_hurried_a_day_ahead() -> None:
    assert arrival_text(by(24 * HOUR), NOW, ENGLISH) == "Arrives Thu 26 – Sat 28 Nov"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-26", "2026-11-26", "Arrives Thu 26 Nov"),
        ("2026-11-30", "2026-12-01", "Arrives Mon 30 Nov – Tue 1 Dec"),
        ("2026-12-31", "2027-01-04", "Arrives Thu 31 Dec – Mon 4 Jan"),
        ("2028-02-28", "2028-02-29", "Arrives Mon 28 – Tue 29 Feb"),
    ],
)
def test_days_are_written_with_the_month_once_where_they_share_it(first: str, last: str, text: str) -> None:
    assert arrival_text(by(48 * HOUR, first, last), NOW, ENGLISH) == text


def test_a_pickup_is_ready_from_the_last_day_on() -> None:
    assert pickup_text(by(2 * HOUR), NOW, ENGLISH) == "Order in 2 h: ready from Sat 28 Nov"
    assert pickup_text(by(48 * HOUR), NOW, ENGLISH) == "Ready from Sat 28 Nov"


def test_what_is_ordered_needs_no_hurry() -> None:
    assert arrived_text("2026-11-26", "2026-11-28", ENGLISH) == "Arrives Thu 26 – Sat 28 Nov"
    assert ready_text("2026-11-28", ENGLISH) == "Ready from Sat 28 Nov"
