"""A decision: what is to be written in one transaction."""

from collections import Counter
from dataclasses import dataclass

from functions.shop.discount import Claim
from functions.shop.ledger import Entry
from functions.shop.order import Order


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


def claims_moved(order: Order, by: int) -> tuple[ClaimChange, ...]:
    return tuple(ClaimChange(claim, by) for claim in order.claims)


def stock_moved(order: Order, *, on_hand: int, reserved: int) -> tuple[StockChange, ...]:
    return tuple(StockChange(sku, on_hand * pieces, reserved * pieces) for sku, pieces in held(order).items())
