"""Next steps: what the owner can do with an order now, as commands to type."""

from collections.abc import Iterator

from functions.shop.acts import Actor
from functions.shop.cancelling import can_cancel
from functions.shop.order import Order
from functions.shop.refunds import intended_refunds
from functions.shop.returns import ReturnState
from functions.shop.reversal import refundable
from functions.shop.shipment import to_ship
from functions.shop.state import State
from functions.shop.status import mail_came_back

_LEAVING = frozenset({State.PAID, State.PARTIALLY_SHIPPED})
_BOUGHT = frozenset({*_LEAVING, State.SHIPPED, State.DELIVERED})


def next_steps(order: Order) -> Iterator[tuple[str, str]]:
    """Commands, the likeliest first, each with what it does."""
    if mail_came_back(order):
        yield f"pouch email {order.id} …", "its mail came back: the right address"
    yield from _fulfilment(order)
    yield from _returns(order)
    yield from _money(order)
    if order.state in _LEAVING and to_ship(order):
        yield f"pouch warn {order.id}", "say that it takes longer"
        if not order.held:
            yield f"pouch hold {order.id} --reason …", "keep it back"


def _fulfilment(order: Order) -> Iterator[tuple[str, str]]:
    if order.held:
        yield f"pouch let-go {order.id}", "let it leave after all"
    elif order.state in _LEAVING and to_ship(order):
        if not order.packed_at:
            yield f"pouch pack {order.id}", "nothing changes any more"
        yield f"pouch ship {order.id} --carrier … --tracking …", "a parcel has left"
    if any(not parcel.delivered_at for parcel in order.shipments):
        yield f"pouch deliver {order.id}", "it has arrived"
        yield f"pouch track {order.id} --tracking …", "its number was wrong"


def _returns(order: Order) -> Iterator[tuple[str, str]]:
    states = {one.state for one in order.returns}
    if ReturnState.ASKED in states:
        yield f"pouch return approve {order.id}", "agree to the return"
        yield f"pouch return reject {order.id} --answer …", "do not agree to it"
    if ReturnState.APPROVED in states:
        yield f"pouch return receive {order.id}", "the pieces have come"


def _money(order: Order) -> Iterator[tuple[str, str]]:
    if intended_refunds(order):
        yield f"pouch refund {order.id}", "make the refund now"
    if can_cancel(order, Actor.OWNER):
        yield f"pouch cancel {order.id}", "give everything back"
    if order.state in _BOUGHT and refundable(order) > 0:
        yield f"pouch refund {order.id} --amount …", "give some of it back"
