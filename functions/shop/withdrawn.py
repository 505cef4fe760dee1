"""Withdrawn: what holds an order then, and that its delivery goes back with the last of it.

Directive 2011/83/EU, article 13: the trader reimburses delivery, but not what the consumer chose to pay beyond the
least expensive standard way that was offered.
"""

from dataclasses import replace

from functions.shop.money import step
from functions.shop.order import Order
from functions.shop.returns import Return, ReturnState
from functions.shop.shipment import counted, parcelled
from functions.shop.tax import rounded

UNSENT = "Its customer has withdrawn, so what has not left is not sent."
UNPAID = "Its customer had withdrawn before the money came. Cancel it, and the money goes back."
"""Why an order is held from which its customer has withdrawn: while some of it was here, or before it was paid."""


def freed(order: Order) -> Order:
    """The order, no longer held for a withdrawal; what else holds it stays said."""
    others = order.held.replace(UNSENT, "").replace(UNPAID, "").split()
    return replace(order, held=" ".join(others))


def kept_back(order: Order) -> bool:
    """Whether what has not left of an order is not sent, because its customer has withdrawn."""
    return bool(order.withdrawals and order.held)


def ends_withdrawal(order: Order, coming: Return) -> bool:
    """Whether the customer has withdrawn, and with this return everything that goes in a parcel has come back."""
    back = [one for one in order.returns if one.state is ReturnState.RECEIVED or one.id == coming.id]
    return bool(order.withdrawals) and not parcelled(order) - counted(item for one in back for item in one.items)


def knows_cheapest(order: Order) -> bool:
    """Whether the order tells what the cheapest way to send it cost; those of old that went another way do not."""
    return order.shipping is not None and (order.shipping.cheapest or order.shipping.least is not None)


def standard_part(order: Order, paid: int) -> int:
    """How much of what was paid for delivery (minor units) the cheapest way would have cost; all where nobody knows."""
    way = order.shipping
    if way is None or way.least is None or way.least >= way.price:
        return paid
    return rounded(paid * way.least, way.price, step(order.currency))
