"""Lateness: which orders have not left, or not arrived, on the day that was promised."""

from enum import StrEnum

from functions.shop.day import day_after
from functions.shop.order import Order
from functions.shop.shipment import to_ship
from functions.shop.state import State


class Due(StrEnum):
    """How an order stands with what was promised of it."""

    LATE_TO_LEAVE = "late_to_leave"
    LATE_TO_ARRIVE = "late_to_arrive"
    SOON = "soon"  # it must leave today or tomorrow


def due(order: Order, today: str) -> Due | None:
    """How it stands on a day (ISO 8601) in the shop's time zone; None when there is time, or nothing was promised.

    A parcel counts as late once the last day on which it should arrive is over and nobody has said that it has.
    """
    leaving = order.state in {State.PAID, State.PARTIALLY_SHIPPED} and bool(to_ship(order)) and bool(order.dispatch_by)
    if leaving and order.dispatch_by < today:
        return Due.LATE_TO_LEAVE
    if _on_the_way(order) and "" < order.arrives_to < today:
        return Due.LATE_TO_ARRIVE
    return Due.SOON if leaving and order.dispatch_by <= day_after(today) else None


def _on_the_way(order: Order) -> bool:
    return order.state in {State.PARTIALLY_SHIPPED, State.SHIPPED} and not all(
        parcel.delivered_at for parcel in order.shipments
    )
