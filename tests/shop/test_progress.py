"""How far an order has come, and whether it keeps what was promised."""

from dataclasses import replace

from functions.shop.acts import Actor, Cancel, Deliver, Pack, Ship
from functions.shop.order import Order
from functions.shop.progress import Punctuality, Stage, Step, arriving, leaving, steps
from functions.shop.shipment import Pieces
from tests.shop.living import LATER, PAID_AT, POSTCARDS, PRINT, done, paid
from tests.shop.sample import NOW

ZONE, DAY = "Europe/Dublin", 86_400


def promised() -> Order:
    """A paid order of Friday 15 January 2027 that leaves on Monday and arrives from Tuesday to Thursday."""
    return replace(paid(), dispatch_by="2027-01-18", arrives_from="2027-01-19", arrives_to="2027-01-21")


def stages(order: Order) -> list[tuple[str, int]]:
    return [(step.stage.value, step.at) for step in steps(order)]


def test_a_paid_order_has_its_next_steps_before_it() -> None:
    """What is to come has no moment yet."""
    assert stages(paid()) == [("ordered", NOW), ("paid", PAID_AT), ("packed", 0), ("shipped", 0), ("delivered", 0)]
    assert [step.stage for step in steps(paid()) if step.here] == [Stage.PAID]


def test_each_parcel_has_steps_of_its_own_and_so_has_the_rest() -> None:
    """Two parcels: one is there, the other has not left."""
    order = done(paid(), Ship("DHL", "1", (Pieces(POSTCARDS, 2),)), Deliver(), now=LATER)
    parcel = order.shipments[0]
    assert steps(order)[2:] == (
        Step(Stage.PACKED, LATER),
        Step(Stage.SHIPPED, LATER, parcel),
        Step(Stage.SHIPPED),
        Step(Stage.DELIVERED, LATER, parcel, here=True),
        Step(Stage.DELIVERED),
    )


def test_a_cancelled_order_ends_there() -> None:
    """Nothing is to come."""
    cancelled = done(paid(), Cancel(Actor.CUSTOMER), now=LATER)
    assert stages(cancelled) == [("ordered", NOW), ("paid", PAID_AT), ("cancelled", LATER)]


def test_files_have_no_parcels() -> None:
    """They go by e-mail once it is paid."""
    order = replace(paid(), lines=tuple(replace(line, digital=True) for line in paid().lines))
    assert stages(order) == [("ordered", NOW), ("paid", PAID_AT)]


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
