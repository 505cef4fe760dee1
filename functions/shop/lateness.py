"""Lateness: how orders stand against the days that were promised, for their owner and for their customers."""

from enum import StrEnum

from functions.shop.day import day_after, day_before, local_time
from functions.shop.order import Order
from functions.shop.shipment import Shipment, to_ship
from functions.shop.state import LEAVING, State


class Due(StrEnum):
    """What its owner must look at."""

    LATE_TO_LEAVE = "late_to_leave"
    LATE_TO_ARRIVE = "late_to_arrive"
    ARRIVING = "arriving"  # today is the last day on which it should arrive
    SOON = "soon"  # it must leave today or tomorrow


class Punctuality(StrEnum):
    """How something stands against the day that was promised for it."""

    UNKNOWN = "unknown"  # nothing was promised
    AHEAD = "ahead"  # there is time
    KEPT = "kept"
    LATE = "late"  # the day is over, and it has not happened
    MISSED = "missed"  # it happened, but later


def due(order: Order, today: str) -> Due | None:
    """How it stands on a day (ISO 8601) in the shop's time zone; None when there is time, or nothing was promised.

    A parcel counts as late once the last day on which it should arrive is over and nobody has said that it has.
    """
    if must_leave(order, day_before(today)):
        return Due.LATE_TO_LEAVE
    if must_arrive(order, today):
        return Due.ARRIVING if order.arrives_to == today else Due.LATE_TO_ARRIVE
    return Due.SOON if must_leave(order, day_after(today)) else None


def must_leave(order: Order, day: str) -> bool:
    """Whether it was promised to leave by this day, and something of it has not, held or not."""
    waits = order.state in LEAVING and bool(to_ship(order))
    return waits and "" < order.dispatch_by <= day


def must_arrive(order: Order, day: str) -> bool:
    """Whether it was promised to arrive by this day, and nobody has said that all that has left did."""
    return _on_the_way(order) and "" < order.arrives_to <= day


def leaving(order: Order, now: int, time_zone: str) -> Punctuality:
    """Whether it left by the day on which it was to leave. What was ordered to be sent later does not count."""
    days = [parcel.shipped_at for parcel in _prompt(order)]
    return _kept(order.dispatch_by, _last(order, days), now, time_zone)


def arriving(order: Order, now: int, time_zone: str) -> Punctuality:
    """Whether it arrived by the last of the days that were promised. What was to be sent later does not count."""
    days = [parcel.delivered_at for parcel in _prompt(order)]
    return _kept(order.arrives_to, _last(order, days), now, time_zone)


def _on_the_way(order: Order) -> bool:
    return order.state in {State.PARTIALLY_SHIPPED, State.SHIPPED} and not all(
        parcel.delivered_at for parcel in order.shipments
    )


def _prompt(order: Order) -> list[Shipment]:
    """The parcels that hold something which was not to be sent later."""
    return [one for one in order.shipments if any(not order.lines[item.line].late for item in one.items)]


def _last(order: Order, moments: list[int]) -> int:
    """The last of these moments; 0 while there is one to come."""
    waiting = any(not order.lines[item.line].late for item in to_ship(order))
    return 0 if waiting or not all(moments) else max(moments, default=0)


def _kept(promised: str, at: int, now: int, time_zone: str) -> Punctuality:
    if not promised:
        return Punctuality.UNKNOWN
    day = local_time(at or now, time_zone)[:10]
    if at:
        return Punctuality.KEPT if day <= promised else Punctuality.MISSED
    return Punctuality.AHEAD if day <= promised else Punctuality.LATE
