"""Fulfilment: packing, shipping and delivering what was paid."""

from dataclasses import replace

from functions.shop.acts import Deliver, Pack, Ship
from functions.shop.errors import IllegalTransition
from functions.shop.message import Kind
from functions.shop.order import Order, moved, owing
from functions.shop.shipment import Pieces, Shipment, counted, to_ship
from functions.shop.state import State

DAY = 86_400
_LEAVING = frozenset({State.PAID, State.PARTIALLY_SHIPPED})


def pack(order: Order, _: Pack, now: int) -> Order:
    """Packed from now on. Packing what is packed changes nothing."""
    _must_leave(order, "packed")
    return order if order.packed_at else replace(order, packed_at=now)


def ship(order: Order, act: Ship, now: int) -> Order:
    """One more parcel. Raises IllegalTransition when it is held, or there is not so much left to ship (R17)."""
    _must_leave(order, "shipped")
    items = act.items or to_ship(order)
    _must_be_left(order, items)
    _must_be_new(order, act.tracking)
    parcel = Shipment(str(len(order.shipments) + 1), items, act.carrier, act.tracking, now)
    sent = replace(order, shipments=(*order.shipments, parcel), packed_at=order.packed_at or now)
    state = State.PARTIALLY_SHIPPED if to_ship(sent) else State.SHIPPED
    sent = sent if state is sent.state else moved(sent, state)
    return owing(sent, Kind.SHIPPED, now, about=parcel.id)


def deliver(order: Order, act: Deliver, now: int) -> Order:
    """A parcel, or each, has arrived; with the last one the order is delivered. Saying it twice changes nothing."""
    arrived = [one for one in order.shipments if act.shipment in {"", one.id}]
    if not arrived:
        raise IllegalTransition(f"Order {order.id} has no parcel {act.shipment or 'on its way'}.")
    for parcel in arrived:
        order = _delivered(order, parcel, now)
    if order.state is State.SHIPPED and all(one.delivered_at for one in order.shipments):
        return _reviewed(moved(order, State.DELIVERED), act.review_after, now)
    return order


def _reviewed(order: Order, days: int, now: int) -> Order:
    return owing(order, Kind.REVIEW, now + days * DAY) if days and order.email else order


def _delivered(order: Order, parcel: Shipment, now: int) -> Order:
    if parcel.delivered_at:
        return order
    there = replace(parcel, delivered_at=now)
    order = replace(order, shipments=tuple(there if one.id == parcel.id else one for one in order.shipments))
    return owing(order, Kind.DELIVERED, now, about=parcel.id)


def _must_leave(order: Order, done: str) -> None:
    if order.held:
        raise IllegalTransition(f"Order {order.id} is held and cannot be {done}: {order.held}")
    if order.state not in _LEAVING:
        raise IllegalTransition(f"Order {order.id} is {order.state}; only a paid order can be {done}.")


def _must_be_new(order: Order, tracking: str) -> None:
    """A command that is typed twice, because its answer was lost, must not send a second parcel."""
    if twin := next((parcel for parcel in order.shipments if tracking and parcel.tracking == tracking), None):
        raise IllegalTransition(f"Parcel {twin.id} of order {order.id} has the tracking number {tracking} already.")


def _must_be_left(order: Order, items: tuple[Pieces, ...]) -> None:
    left, wanted = counted(to_ship(order)), counted(items)
    if not wanted:
        raise IllegalTransition(f"Order {order.id} has nothing left to ship.")
    for line, quantity in wanted.items():
        if not 0 < quantity <= left[line]:
            name = order.lines[line].name if 0 <= line < len(order.lines) else f"line {line + 1}"
            raise IllegalTransition(f"Order {order.id} has {left[line]} of {name} left to ship, not {quantity}.")
