"""Retention: what of an order says who somebody is, and since when nobody needs it."""

from functions.shop.note import NO_NOTES
from functions.shop.order import Order
from functions.shop.shipment import to_ship
from functions.shop.state import State

_OVER = frozenset({State.SHIPPED, State.DELIVERED, State.CANCELLED, State.UNFULFILLABLE})


def is_personal(order: Order) -> bool:
    """Whether it says more of a person than an invoice has to."""
    said = order.email or order.questions or order.remarks or order.notes != NO_NOTES
    return bool(said or (order.address and not order.paid_at))


def unpaid_since(order: Order) -> int | None:
    """Since when an order is over that was never paid; None when it is not one."""
    return order.expires_at if order.state is State.EXPIRED else None


def finished_since(order: Order) -> int | None:
    """Since when nothing is left to do for a paid order; None while something is. Files and codes need no parcel, so
    such an order is over when it is paid, unless it is held.
    """
    sent = order.state in _OVER or (order.state is State.PAID and not to_ship(order) and not order.held)
    if not sent or any(one.open for one in order.returns):
        return None
    parcels = (max(parcel.shipped_at, parcel.delivered_at) for parcel in order.shipments)
    return max(order.paid_at, order.cancelled_at, *parcels)
