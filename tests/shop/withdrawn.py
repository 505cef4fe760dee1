"""Orders from which a customer withdraws, by what comes of it."""

from dataclasses import replace

from functions.shop.acts import (
    Act,
    Actor,
    ApproveReturn,
    AskReturn,
    Cancel,
    Deliver,
    Pack,
    ReceiveReturn,
    Ship,
    Withdraw,
)
from functions.shop.order import Order
from functions.shop.returns import Outcome
from functions.shop.shipment import Pieces
from tests.shop.living import POSTCARDS, PRINT, done, paid
from tests.shop.sample import placed

STATEMENT = Withdraw("W1", "Ada Byrne", "ada@example.org", "I withdraw from my order.")
ASKED = AskReturn("R1", (Pieces(POSTCARDS, 2), Pieces(PRINT, 1)), "Too small.", 14)
THERE: tuple[Act, ...] = (Ship("DHL", "1"), Deliver())
BEFORE: dict[Outcome, tuple[Act, ...]] = {
    Outcome.CANCELLED: (),
    Outcome.ENDED: (Cancel(Actor.CUSTOMER),),
    Outcome.UNSENT: (Pack(),),
    Outcome.PARTLY_SENT: (Ship("DHL", "1", (Pieces(POSTCARDS, 2),)),),
    Outcome.SENT: THERE,
    Outcome.AGREED: (*THERE, ASKED),
    Outcome.COMING: (*THERE, ASKED, ApproveReturn("R1", "Use the label.")),
    Outcome.RETURNED: (*THERE, ASKED, ReceiveReturn("R1", 3000)),
}
"""What has happened to a paid order before."""


def before(outcome: Outcome) -> Order:
    """The order as it was before."""
    if outcome is Outcome.UNPAID:
        return placed()
    files = tuple(replace(line, digital=True) for line in paid().lines)
    return done(paid(), *BEFORE[outcome]) if outcome in BEFORE else replace(paid(), lines=files, packed_at=1)


def withdrawn(outcome: Outcome) -> Order:
    """The order as it is after the statement."""
    return done(before(outcome), STATEMENT)
