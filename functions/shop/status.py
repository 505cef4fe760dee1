"""How an order stands in each respect, derived from its lists and stored nowhere."""

from enum import StrEnum

from functions.shop.message import Fate
from functions.shop.order import Order
from functions.shop.returns import ReturnState
from functions.shop.shipment import parcelled, to_ship


class PaymentStatus(StrEnum):
    """How its money stands."""

    UNPAID = "unpaid"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


class FulfilmentStatus(StrEnum):
    """How its parcels stand."""

    NOTHING_TO_SHIP = "nothing_to_ship"
    UNFULFILLED = "unfulfilled"
    PACKED = "packed"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class ReturnStatus(StrEnum):
    """How its returns stand."""

    NONE = "none"
    ASKED = "asked"
    UNDER_WAY = "under_way"
    RETURNED = "returned"


class DisputeStatus(StrEnum):
    """How its disputes stand."""

    NONE = "none"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


def payment_status(order: Order) -> PaymentStatus:
    """From its payments and refunds, balances included."""
    if not order.payments:
        return PaymentStatus.UNPAID
    came = sum(one.amount for one in order.payments) + sum(one.amount for one in order.spent)
    back = given_back(order)
    if not back:
        return PaymentStatus.PAID
    return PaymentStatus.REFUNDED if back >= came else PaymentStatus.PARTIALLY_REFUNDED


def given_back(order: Order) -> int:
    """What goes or went back by refunds and to balances, in minor units."""
    return sum(one.amount for one in order.refunds if one.counts) + sum(one.returned for one in order.spent)


def fulfilment_status(order: Order) -> FulfilmentStatus:
    """From its shipments."""
    if not order.shipments and not parcelled(order):
        return FulfilmentStatus.NOTHING_TO_SHIP
    if not order.shipments:
        return FulfilmentStatus.PACKED if order.packed_at else FulfilmentStatus.UNFULFILLED
    if to_ship(order):
        return FulfilmentStatus.PARTIALLY_SHIPPED
    delivered = all(parcel.delivered_at for parcel in order.shipments)
    return FulfilmentStatus.DELIVERED if delivered else FulfilmentStatus.SHIPPED


def return_status(order: Order) -> ReturnStatus:
    """From its returns."""
    states = {one.state for one in order.returns}
    if ReturnState.ASKED in states:
        return ReturnStatus.ASKED
    if ReturnState.APPROVED in states:
        return ReturnStatus.UNDER_WAY
    return ReturnStatus.RETURNED if ReturnState.RECEIVED in states else ReturnStatus.NONE


def dispute_status(order: Order) -> DisputeStatus:
    """From its disputes."""
    if any(one.open for one in order.disputes):
        return DisputeStatus.OPEN
    if any(one.lost for one in order.disputes):
        return DisputeStatus.LOST
    return DisputeStatus.WON if order.disputes else DisputeStatus.NONE


def mail_came_back(order: Order) -> bool:
    """Whether a mail to its customer's present address came back, and none has arrived there since."""
    there = [one for one in order.messages if order.email and one.to == order.email]
    back = max((one.fate_at for one in there if one.fate is Fate.BOUNCED), default=0)
    return back > max((one.fate_at for one in there if one.fate is Fate.DELIVERED), default=0)
