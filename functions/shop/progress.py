"""Progress: how far an order has come, step by step."""

from dataclasses import dataclass, replace
from enum import StrEnum

from functions.shop.order import Order
from functions.shop.shipment import Shipment, parcelled, to_ship
from functions.shop.state import State
from functions.shop.withdrawn import kept_back


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


def steps(order: Order) -> tuple[Step, ...]:
    """All steps of an order, done and to come. What is sent by e-mail alone has no parcels."""
    begun = (Step(Stage.ORDERED, order.created_at), Step(Stage.PAID, order.paid_at))
    if order.state is State.CANCELLED:
        return _marked((*begun, Step(Stage.CANCELLED, order.cancelled_at)))
    if not parcelled(order):
        return _marked(begun)
    return _marked((*begun, Step(Stage.PACKED, order.packed_at), *_sending(order)))


def _sending(order: Order) -> tuple[Step, ...]:
    """What has left and what has not; what is there, and one step for all that is not."""
    rest = bool(to_ship(order)) and not kept_back(order)
    sent = [Step(Stage.SHIPPED, parcel.shipped_at, parcel) for parcel in order.shipments]
    there = [Step(Stage.DELIVERED, one.delivered_at, one) for one in order.shipments if one.delivered_at]
    to_come = [Step(Stage.DELIVERED)] if rest or len(there) < len(sent) else []
    return (*sent, *([Step(Stage.SHIPPED)] if rest else []), *there, *to_come)


def _marked(found: tuple[Step, ...]) -> tuple[Step, ...]:
    here = max(range(len(found)), key=lambda place: (found[place].at, place))
    return tuple(replace(step, here=place == here) for place, step in enumerate(found))
