"""Fulfilment: packing, shipping and delivering what was paid."""

from dataclasses import replace

from functions.shop.acts import CorrectTracking, Deliver, Pack, Ship
from functions.shop.errors import IllegalTransition
from functions.shop.message import Kind
from functions.shop.order import Order, moved, owing
from functions.shop.shipment import Correction, Pieces, Shipment, counted, to_ship
from functions.shop.state import LEAVING, State

DAY = 86_400
_FOLLOWED = frozenset({Kind.SHIPPED, Kind.TRACKING})
"""Mails by which a parcel can be followed."""


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


def concluded(order: Order) -> Order:
    """The order once nothing of it is left to send: what was sent is all of it, and has arrived if each parcel has."""
    if order.state is State.PARTIALLY_SHIPPED and not to_ship(order):
        order = moved(order, State.SHIPPED)
        return moved(order, State.DELIVERED) if all(one.delivered_at for one in order.shipments) else order
    return order


def correct_tracking(order: Order, act: CorrectTracking, now: int) -> Order:
    """Another carrier or tracking number for a parcel; what was said before is kept. Its customer is told once, unless
    the mail that it has left is still to be sent, which says the right one then, or it is there already.
    """
    parcel = _parcel(order, act.shipment)
    if (parcel.carrier, parcel.tracking) == (act.carrier, act.tracking):
        return order
    if act.tracking != parcel.tracking:
        _must_be_new(order, act.tracking)
    before = (*parcel.corrections, Correction(parcel.carrier, parcel.tracking, now))
    right = replace(parcel, carrier=act.carrier, tracking=act.tracking, corrections=before)
    corrected = _with(order, right)
    if act.tell and misled(order, parcel, now):
        return owing(corrected, Kind.TRACKING, now, about=f"{parcel.id}:{len(before)}")
    return corrected


def misled(order: Order, parcel: Shipment, now: int) -> bool:
    """Whether its customer follows what was said of a parcel: it is on its way, and no mail about it is still to go."""
    about = [one for one in order.messages if one.kind in _FOLLOWED and one.about.partition(":")[0] == parcel.id]
    waits = any(not one.sent_at and one.leased_until <= now for one in about)
    return bool(order.email) and not parcel.delivered_at and not waits


def _reviewed(order: Order, days: int, now: int) -> Order:
    return owing(order, Kind.REVIEW, now + days * DAY) if days and order.email else order


def _delivered(order: Order, parcel: Shipment, now: int) -> Order:
    if parcel.delivered_at:
        return order
    there = replace(parcel, delivered_at=now)
    return owing(_with(order, there), Kind.DELIVERED, now, about=parcel.id)


def _parcel(order: Order, shipment: str) -> Shipment:
    if found := next((one for one in order.shipments if one.id == shipment), None):
        return found
    raise IllegalTransition(f"Order {order.id} has no parcel {shipment}.")


def _with(order: Order, parcel: Shipment) -> Order:
    """The order with one of its parcels as it is now."""
    return replace(order, shipments=tuple(parcel if one.id == parcel.id else one for one in order.shipments))


def _must_leave(order: Order, done: str) -> None:
    if order.held:
        raise IllegalTransition(f"Order {order.id} is held and cannot be {done}: {order.held}")
    if order.state not in LEAVING:
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
