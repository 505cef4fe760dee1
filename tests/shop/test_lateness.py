"""Which orders are late, which will be, and which kept what was promised."""

from dataclasses import replace

import pytest

from functions.shop.acts import Deliver, Hold, Pack, Ship
from functions.shop.lateness import Due, Punctuality, arriving, due, leaving
from functions.shop.order import Order
from functions.shop.shipment import Pieces
from tests.shop.living import POSTCARDS, PRINT, done, paid
from tests.shop.sample import NOW

ZONE, DAY = "Europe/Dublin", 86_400

PROMISED = replace(paid(), dispatch_by="2026-12-01", arrives_from="2026-12-03", arrives_to="2026-12-04")
BEGUN = done(PROMISED, Ship("DHL", "1", (Pieces(POSTCARDS, 1),)))
SHIPPED = done(PROMISED, Ship("DHL", "1"))


def promised() -> Order:
    """A paid order of Friday 15 January 2027 that leaves on Monday and arrives from Tuesday to Thursday."""
    return replace(paid(), dispatch_by="2027-01-18", arrives_from="2027-01-19", arrives_to="2027-01-21")


@pytest.mark.parametrize(
    ("order", "today", "expected"),
    [
        (PROMISED, "2026-11-29", None),
        (PROMISED, "2026-11-30", Due.SOON),
        (PROMISED, "2026-12-01", Due.SOON),
        (PROMISED, "2026-12-02", Due.LATE_TO_LEAVE),
        (BEGUN, "2026-12-02", Due.LATE_TO_LEAVE),
        (done(PROMISED, Hold("Ask Ada.")), "2026-12-02", Due.LATE_TO_LEAVE),
        (SHIPPED, "2026-12-03", None),
        (SHIPPED, "2026-12-04", Due.ARRIVING),
        (SHIPPED, "2026-12-05", Due.LATE_TO_ARRIVE),
        (done(SHIPPED, Deliver()), "2026-12-05", None),
        (paid(), "2026-12-05", None),
    ],
)
def test_an_order_is_late_the_day_after_what_was_promised(order: Order, today: str, expected: Due | None) -> None:
    assert due(order, today) is expected


def test_without_a_promise_nothing_is_late() -> None:
    """An order of old."""
    assert (leaving(paid(), NOW + 99 * DAY, ZONE), arriving(paid(), NOW + 99 * DAY, ZONE)) == ("unknown", "unknown")


def test_what_has_not_left_by_the_end_of_its_day_is_late() -> None:
    """NOW is 08:00 on Friday; Monday is the day."""
    assert leaving(promised(), NOW + 3 * DAY, ZONE) is Punctuality.AHEAD
    assert leaving(promised(), NOW + 4 * DAY, ZONE) is Punctuality.LATE
    assert leaving(done(promised(), Pack(), now=NOW + DAY), NOW + 4 * DAY, ZONE) is Punctuality.LATE


def test_what_left_and_arrived_in_time_kept_the_promise() -> None:
    """Sent on Monday, there on Thursday."""
    sent = done(promised(), Ship("DHL", "1"), now=NOW + 3 * DAY)
    assert (leaving(sent, NOW + 5 * DAY, ZONE), arriving(sent, NOW + 5 * DAY, ZONE)) == ("kept", "ahead")
    there = done(sent, Deliver(), now=NOW + 6 * DAY)
    assert arriving(there, NOW + 60 * DAY, ZONE) is Punctuality.KEPT


def test_what_came_later_missed_it() -> None:
    """Sent on Tuesday, there on Friday."""
    sent = done(promised(), Ship("DHL", "1"), now=NOW + 4 * DAY)
    assert (leaving(sent, NOW + 7 * DAY, ZONE), arriving(sent, NOW + 7 * DAY, ZONE)) == ("missed", "late")
    assert arriving(done(sent, Deliver(), now=NOW + 7 * DAY), NOW + 60 * DAY, ZONE) is Punctuality.MISSED


def test_what_was_ordered_to_come_later_is_not_late() -> None:
    """The print is a pre-order; the postcards are there."""
    lines = tuple(
        replace(line, release_date="2027-05-01" if at == PRINT else "") for at, line in enumerate(paid().lines)
    )
    order = replace(promised(), lines=lines)
    sent = done(order, Ship("DHL", "1", (Pieces(POSTCARDS, 2),)), Deliver(), now=NOW + 3 * DAY)
    assert (leaving(sent, NOW + 60 * DAY, ZONE), arriving(sent, NOW + 60 * DAY, ZONE)) == ("kept", "kept")
