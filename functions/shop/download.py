"""Downloads: the files that an order has bought, for whom it is theirs to have."""

from functions.shop.order import Order
from functions.shop.state import State

MOST = 10  # downloads of each piece: enough for every machine of a household, too few to hand the link around
_OWNED = frozenset({State.PAID, State.PARTIALLY_SHIPPED, State.SHIPPED, State.DELIVERED})


def downloadable(order: Order) -> tuple[int, ...]:
    """The lines, counted from 0, whose file can be downloaded now: of a paid order that is neither held nor ended."""
    if order.state not in _OWNED or order.held:
        return ()
    return tuple(at for at, line in enumerate(order.lines) if line.file)


def allowance(order: Order, line: int) -> int:
    """How many times the file of a line may be downloaded."""
    return MOST * order.lines[line].quantity
