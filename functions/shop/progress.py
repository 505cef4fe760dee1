"""Progress: how far an order has come, step by step, and whether it came by the days that were promised."""

from dataclasses import dataclass, replace
from enum import StrEnum

from functions.shop.day import local_time
from functions.shop.order import Order
from functions.shop.shipment import Shipment, packable, to_ship
from functions.shop.state import State


class Stage(StrEnum):
    """What a step is."""

    ORDERED = "ordered"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `at` is when it was done (Unix seconds), 0 while it is still to come; `here` marks the last one done.

    `parcel` is the one that it is about, where there is one already.
    """

    stage: Stage
    at: int = 0
    parcel: Shipment | None = None
    here: bool = False


class Punctuality(StrEnum):
    """How something stands against the day that was promised for it."""

    UNKNOWN = "unknown"  # nothing was promised
    AHEAD = "ahead"  # there is time
    KEPT = "kept"
    LATE = "late"  # the day is over, and it has not happened
    MISSED = "missed"  # it happened, but later


def steps(order: Order) -> tuple[Step, ...]:
    """All steps of an order, done and to come. What is sent by e-mail alone has no parcels."""
    begun = (Step(Stage.ORDERED, order.created_at), Step(Stage.PAID, order.paid_at))
    if order.state is State.CANCELLED:
        return _marked((*begun, Step(Stage.CANCELLED, order.cancelled_at)))
    if not packable(order):
        return _marked(begun)
    return _marked((*begun, Step(Stage.PACKED, order.packed_at), *_sending(order)))


def leaving(order: Order, now: int, time_zone: str) -> Punctuality:
    """Whether it left by the day on which it was to leave. What was ordered to be sent later does not count."""
    days = [parcel.shipped_at for parcel in _prompt(order)]
    return _kept(order.dispatch_by, _last(order, days), now, time_zone)


def arriving(order: Order, now: int, time_zone: str) -> Punctuality:
    """Whether it arrived by the last of the days that were promised. What was to be sent later does not count."""
    days = [parcel.delivered_at for parcel in _prompt(order)]
    return _kept(order.arrives_to, _last(order, days), now, time_zone)


def _sending(order: Order) -> tuple[Step, ...]:
    """What has left and what has not; what is there, and one step for all that is not."""
    rest = bool(to_ship(order))
    sent = [Step(Stage.SHIPPED, parcel.shipped_at, parcel) for parcel in order.shipments]
    there = [Step(Stage.DELIVERED, one.delivered_at, one) for one in order.shipments if one.delivered_at]
    to_come = [Step(Stage.DELIVERED)] if rest or len(there) < len(sent) else []
    return (*sent, *([Step(Stage.SHIPPED)] if rest else []), *there, *to_come)


def _marked(found: tuple[Step, ...]) -> tuple[Step, ...]:
    here = max(range(len(found)), key=lambda place: (found[place].at, place))
    return tuple(replace(step, here=place == here) for place, step in enumerate(found))


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
