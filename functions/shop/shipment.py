"""Shipments: parcels that have left, what is in each, and what has not left yet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an order holds its shipments
    from functions.shop.order import Order


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many pieces of one line of an order; `line` counts from 0."""

    line: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said of a parcel before, until it was corrected at a moment (Unix seconds)."""

    carrier: str
    tracking: str
    at: int


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel with tracking. Times are Unix seconds; `delivered_at` is 0 until it is said to have arrived.
    `corrections` keep what was said of it before, the oldest first.
    """

    id: str
    items: tuple[Pieces, ...]
    carrier: str
    tracking: str
    shipped_at: int
    delivered_at: int = 0
    corrections: tuple[Correction, ...] = ()


def counted(items: Iterable[Pieces]) -> Counter[int]:
    """Pieces by line."""
    pieces: Counter[int] = Counter()
    for item in items:
        pieces[item.line] += item.quantity
    return pieces


def listed(pieces: Counter[int]) -> tuple[Pieces, ...]:
    """The same as items, without lines of which there is nothing."""
    return tuple(Pieces(line, quantity) for line, quantity in sorted(pieces.items()) if quantity > 0)


def to_ship(order: "Order") -> tuple[Pieces, ...]:
    """What still has to leave: all that goes in a parcel, but what is in one already."""
    return listed(parcelled(order) - shipped(order))


def parcelled(order: "Order") -> Counter[int]:
    """Pieces by line that have left or still have to: all but files and codes, and what is not sent any more."""
    return packable(order) - unsent(order)


def packable(order: "Order") -> Counter[int]:
    """Pieces by line that go in a parcel at all."""
    return Counter({at: line.quantity for at, line in enumerate(order.lines) if not line.digital})


def shipped(order: "Order") -> Counter[int]:
    """Pieces by line that have left."""
    return counted(item for shipment in order.shipments for item in shipment.items)


def unsent(order: "Order") -> Counter[int]:
    """Pieces by line that never leave: those left out with a refund, and those their customer withdrew from in time."""
    pieces = counted(item for back in order.returns for item in back.unsent)
    for portion in order.portions:
        pieces.update(dict(enumerate(portion.unsent)))
    return pieces
