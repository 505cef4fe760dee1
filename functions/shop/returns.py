"""Returns and withdrawals: what customers want to send back, and where that stands."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from functions.shop.shipment import Pieces, counted

if TYPE_CHECKING:  # an order holds its returns
    from functions.shop.order import Order


class ReturnState(StrEnum):
    """Where a return is in its life. What came of the money says the refund under its key."""

    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Return:
    """Pieces that a customer sends back. `reason` is theirs, `answer` the shop's: how to send them, or why not.

    `amount` (minor units) is what was given back for them once they came, under the key `money`, and `restocked` says
    whether they can be sold again. `unsent` are those that never left: after a withdrawal, what was still to ship when
    the rest came back.
    """

    id: str
    items: tuple[Pieces, ...]
    reason: str
    asked_at: int
    state: ReturnState = ReturnState.ASKED
    answer: str = ""
    answered_at: int = 0
    received_at: int = 0
    amount: int = 0
    restocked: bool = False
    money: str = ""
    unsent: tuple[Pieces, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody has to do something yet."""
        return self.state in {ReturnState.ASKED, ReturnState.APPROVED}


class Outcome(StrEnum):
    """What came of a withdrawal at the moment at which it was stated."""

    UNKNOWN = ""  # it fits no order, or nobody noted it
    CANCELLED = "cancelled"  # nothing was packed, so the order is cancelled by it
    ENDED = "ended"  # the order had been cancelled, or given back, before
    UNPAID = "unpaid"  # nobody had paid
    UNSENT = "unsent"  # nothing had left, but it could not be cancelled by itself: it was packed
    PARTLY_SENT = "partly_sent"  # some of it had left, and some not
    SENT = "sent"  # all that was left of it had left, and comes back by a return of its own
    AGREED = "agreed"  # a return of all of it had been asked for, and needs no answer any more
    COMING = "coming"  # all of it was to come back by returns that had been agreed to
    RETURNED = "returned"  # all of it had come back
    NOTHING = "nothing"  # there was nothing to cancel or to send back


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A customer's statement that they withdraw from the contract (directive 2011/83/EU, articles 9 and 11a)."""

    id: str
    name: str
    email: str
    text: str
    at: int
    outcome: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True)
class Question:
    """What a customer wrote about an order."""

    id: str
    text: str
    at: int


def claimed(order: "Order") -> Counter[int]:
    """Pieces by line that are on their way back or have come back."""
    kept = (one for one in order.returns if one.state is not ReturnState.REJECTED)
    return counted(item for one in kept for item in one.items)


def agreed(order: "Order") -> Counter[int]:
    """Those of them to which the shop has agreed."""
    known = (one for one in order.returns if one.state in {ReturnState.APPROVED, ReturnState.RECEIVED})
    return counted(item for one in known for item in one.items)
