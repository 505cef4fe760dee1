"""A decision: what is to be written in one transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from functions.shop.discount import Claim
from functions.shop.ledger import Entry
from functions.shop.order import Order
from functions.shop.shipment import Pieces
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
    """Pieces by SKU of some of an order's goods, of bundles their parts, as they go back on sale."""
    pieces: Counter[str] = Counter()
    for item in items:
        for part in order.lines[item.line].each:
            pieces[part.sku] += part.quantity * item.quantity
    return dict(pieces)


def gone(order: Order) -> Counter[str]:
    """Pieces by SKU that an order has taken from the stock for good, less those that came back (R10)."""
    pieces = Counter(held(order) if order.state in SOLD else {})
    for back in order.returns:
        if back.restocked:
            pieces.subtract(stock_of(order, back.items))
    return pieces


def claims_moved(order: Order, by: int) -> tuple[ClaimChange, ...]:
    return tuple(ClaimChange(claim, by) for claim in order.claims)


def stock_moved(order: Order, *, on_hand: int, reserved: int) -> tuple[StockChange, ...]:
    return tuple(StockChange(sku, on_hand * pieces, reserved * pieces) for sku, pieces in held(order).items())
