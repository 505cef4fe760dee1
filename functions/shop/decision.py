"""A decision: what is to be written in one transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.shop.discount import Claim
from functions.shop.ledger import Entry
from functions.shop.order import Order
from functions.shop.returns import Return
from functions.shop.shipment import Pieces, counted, listed
from functions.shop.state import SOLD


@dataclass(frozen=True, slots=True)
class StockChange:
    """So many pieces more or fewer of one SKU: on hand, and reserved for open orders."""

    sku: str
    on_hand: int
    reserved: int


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One use of a limited promotion more (1) or fewer (-1)."""

    claim: Claim
    by: int


@dataclass(frozen=True, slots=True)
class Number:
    """The next number of a series without gaps, such as that of invoices, to be taken with this very write."""

    series: str
    value: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write in one transaction: the order as it shall be, and the stock, uses and balances that move along."""

    order: Order
    stock: tuple[StockChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    entries: tuple[Entry, ...] = ()
    numbers: tuple[Number, ...] = ()


def held(order: Order) -> dict[str, int]:
    """Pieces by SKU that an order takes from the stock, all lines together: reserved while it is open, sold then."""
    pieces: Counter[str] = Counter()
    for line in order.lines:
        pieces.update({part.sku: part.quantity for part in line.takes})
    return dict(pieces)


def stock_of(order: Order, items: Iterable[Pieces]) -> dict[str, int]:
    """Pieces by SKU of some of an order's goods, of bundles their parts, as they go back on sale. A back-ordered line
    took nothing when it was sold, but is goods all the same.
    """
    pieces: Counter[str] = Counter()
    for item in items:
        for part in order.lines[item.line].each:
            pieces[part.sku] += part.quantity * item.quantity
    return dict(pieces)


def gone(order: Order) -> Counter[str]:
    """Pieces by SKU that an order has taken from the stock for good, less those that came back (R10)."""
    pieces: Counter[str] = Counter()
    if order.state in SOLD:
        pieces.update(held(order))
        for back in order.returns:
            pieces.subtract(back_on_sale(order, back))
        for portion in order.portions:
            pieces.subtract(never_left(order, listed(Counter(dict(enumerate(portion.unsent))))))
    return pieces


def back_on_sale(order: Order, back: Return) -> Counter[str]:
    """Pieces by SKU that a return brings back on sale: those that came, if they are good, and those that never left."""
    came = listed(counted(back.items) - counted(back.unsent)) if back.restocked else ()
    return Counter(stock_of(order, came)) + never_left(order, back.unsent)


def never_left(order: Order, items: Iterable[Pieces]) -> Counter[str]:
    """Pieces by SKU that some of an order's goods took from the stock: back-ordered lines took nothing."""
    return Counter(stock_of(order, (item for item in items if not order.lines[item.line].backordered)))


def claims_moved(order: Order, by: int) -> tuple[ClaimChange, ...]:
    return tuple(ClaimChange(claim, by) for claim in order.claims)


def stock_changed(pieces: Mapping[str, int]) -> tuple[StockChange, ...]:
    """So many pieces of each SKU more on hand."""
    return tuple(StockChange(sku, number, 0) for sku, number in pieces.items() if number)


def stock_moved(order: Order, *, on_hand: int, reserved: int) -> tuple[StockChange, ...]:
    return tuple(StockChange(sku, on_hand * pieces, reserved * pieces) for sku, pieces in held(order).items())
