"""The states in which an order can be, and which may follow which (R16)."""

from enum import StrEnum


class State(StrEnum):
    """Where an order is in its life."""

    PENDING = "pending"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNFULFILLABLE = "unfulfillable"


OPEN = frozenset({State.PENDING, State.AWAITING_PAYMENT})  # stock is reserved
LEAVING = frozenset({State.PAID, State.PARTIALLY_SHIPPED})  # it may still be sent
SOLD = frozenset({State.PAID, State.PARTIALLY_SHIPPED, State.SHIPPED, State.DELIVERED})  # it has its goods
PAID_LIKE = frozenset(
    {
        State.PAID,
        State.PARTIALLY_SHIPPED,
        State.SHIPPED,
        State.DELIVERED,
        State.CANCELLED,
        State.UNFULFILLABLE,
    }
)  # money came
TRANSITIONS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.AWAITING_PAYMENT, State.PAID, State.EXPIRED}),
    State.AWAITING_PAYMENT: frozenset({State.PAID, State.EXPIRED}),
    State.PAID: frozenset({State.PARTIALLY_SHIPPED, State.SHIPPED, State.CANCELLED}),
    State.PARTIALLY_SHIPPED: frozenset({State.SHIPPED}),
    State.SHIPPED: frozenset({State.DELIVERED}),
    State.DELIVERED: frozenset(),
    State.EXPIRED: frozenset({State.PAID, State.UNFULFILLABLE}),
    State.CANCELLED: frozenset(),
    State.UNFULFILLABLE: frozenset(),
}
