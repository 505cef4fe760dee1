"""One save, one transaction: an order and all that moves with it."""

from collections.abc import Sequence

from functions.adapters.dynamodb import ledger, numbers, orders, stock, uses
from functions.adapters.dynamodb.action import AlreadyDone
from functions.adapters.dynamodb.calls import Table
from functions.shop.decision import ClaimChange, Number, StockChange, held
from functions.shop.errors import TooLarge
from functions.shop.ledger import Entry
from functions.shop.listing import MOST_WORDS
from functions.shop.order import Order

# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
MOST_ACTIONS = 100
# The order, its session, customer, number and payment, the list of open or unpaid orders that it leaves and that of its
# place, that of mails within which it moves, the one for the owner that it enters (or the one of what is over, when
# nothing is to be sent); and whoever pays may type in another name and address, so that all words by which it was found
# go, and others come.
OWN_ACTIONS = 10 + 2 * MOST_WORDS


def save(
    table: Table,
    order: Order,
    changes: Sequence[StockChange],
    claims: Sequence[ClaimChange],
    entries: Sequence[Entry],
    taken: Sequence[Number],
) -> None:
    """Write it all, or raise and write nothing. What turns out to be done already is left out in a further attempt.

    Conditions come in the order in which callers want to hear of them: version and session, stock, uses, balances,
    numbers.
    """
    if order.version == 1 and most_actions(order) > MOST_ACTIONS:
        raise TooLarge
    first = orders.actions(order, orders.written(table, order)) + stock.actions(changes)
    done: frozenset[str] = frozenset()
    while True:
        new = [entry for entry in _once(entries) if entry.key not in done]
        try:
            return table.write([*first, *uses.actions(claims, done), *ledger.actions(new), *numbers.actions(taken)])
        except AlreadyDone as found:
            done |= found.parts


def most_actions(order: Order) -> int:
    """How many actions the largest transaction in an order's life has: the one when its money comes late.

    It takes the stock again, counts the uses again, spends again, and credits what was bought and earned. One that is
    paid in time leaves the list of open orders besides, and spends nothing. That is asked when it is placed, because an
    order that is paid must not be too large to be written (R1).
    """
    counts = sum(2 if claim.customer else 1 for claim in order.claims)
    written = len(order.spent) + len(order.cards) + bool(order.earned)
    return OWN_ACTIONS + len(held(order)) + counts + 2 * written


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """The entries by their keys: of several with the same key the first one counts."""
    return list({entry.key: entry for entry in reversed(entries)}.values())[::-1]
