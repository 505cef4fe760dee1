"""Listing: in which of the owner's and the reconciler's lists an order stands, and where in them.

A store keeps these entries with the order, in the same transaction, so that a list is never wrong about an order.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.message import next_due
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.refunds import intended_refunds
from functions.shop.retention import finished_since, is_personal, unpaid_since
from functions.shop.returns import ReturnState
from functions.shop.shipment import to_ship
from functions.shop.state import LEAVING, State
from functions.shop.status import mail_came_back

NO_DAY = "9999-12-31"
"""Where an order stands for which no day was promised: last."""
NOTICES = "notices"
"""The list of notices that are not sent, by when they are due."""
SENT_NOTICES, SENT_STATEMENTS = "notices_sent", "statements_sent"
"""The lists of those that were sent, by when that was; withdrawals in one of their own."""
MOST_WORDS = 6  # of one order in the search: a store must be able to write them all in one transaction


class List(StrEnum):
    """Lists of orders, and in what order they are."""

    ALL = "all"  # by when they were placed
    OPEN = "open"  # may still be paid; by when their payment page closes
    MAIL = "mail"  # with a mail that is not sent; by when it is due
    REFUNDS = "refunds"  # with money that is to go back; by when they were placed
    TO_SHIP = "to_ship"  # paid, not held, not all shipped; by the day on which they must leave
    ON_THE_WAY = "on_the_way"  # shipped, not delivered; by the last day on which they should arrive
    HELD = "held"  # by when they were placed
    UNPAID = "unpaid"  # never paid, and still says who it was; by when its payment page closed
    FINISHED = "finished"  # paid and over, and says more of a person than its invoice; by since when
    RETURNS = "returns"  # with a return that waits for the owner; by when they were placed
    BOUNCED = "bounced"  # bought, and a mail to their customer came back; by when they were placed


@dataclass(frozen=True, slots=True, order=True)
class Listing:
    """An order's place in a list: lists are in the order of `key`."""

    list: str
    key: str


def moment_key(moment: int) -> str:
    """Unix seconds as a text that sorts as they do."""
    return f"{moment:012d}"


def listings(order: Order) -> frozenset[Listing]:
    """Every list that the order is in now."""
    placed = moment_key(order.created_at)
    words = (Listing(f"word:{word}", placed) for word in _words(order)[:MOST_WORDS])
    payments = (Listing(payment_list(payment.id), placed) for payment in order.payments)
    return frozenset(
        {Listing(List.ALL, placed), *_due(order, placed), *_owners(order, placed), *_old(order), *words, *payments}
    )


def notice_listing(notice: Notice) -> Listing:
    """A notice's place in the one list that it is in."""
    due = next_due([notice.message])
    if due is not None:
        return Listing(NOTICES, moment_key(due))
    return Listing(SENT_STATEMENTS if notice.is_statement else SENT_NOTICES, moment_key(notice.message.sent_at))


def payment_list(payment: str) -> str:
    """The list of the one order that a payment came in for."""
    return f"payment:{payment}"


def place_list(place: str) -> str:
    """The list of the orders from a place that wait at their payment pages."""
    return f"place:{place}"


def search_list(text: str) -> str:
    """The list of the orders that a word leads to: an invoice or tracking number, a name, an e-mail address."""
    return f"word:{_word(text)}"


def _due(order: Order, placed: str) -> list[Listing]:
    found = []
    if order.open:
        found.append(Listing(List.OPEN, moment_key(order.expires_at)))
    if order.from_place:
        found.append(Listing(place_list(order.from_place), moment_key(order.expires_at)))
    if (due := next_due(order.messages)) is not None:
        found.append(Listing(List.MAIL, moment_key(due)))
    if intended_refunds(order):
        found.append(Listing(List.REFUNDS, placed))
    return found


def _owners(order: Order, placed: str) -> list[Listing]:
    found = []
    if order.held:
        found.append(Listing(List.HELD, placed))
    elif order.state in LEAVING and to_ship(order):
        found.append(Listing(List.TO_SHIP, order.dispatch_by or NO_DAY))
    if order.state in {State.SHIPPED, State.PARTIALLY_SHIPPED} and not all(p.delivered_at for p in order.shipments):
        found.append(Listing(List.ON_THE_WAY, order.arrives_to or NO_DAY))
    if any(one.state is ReturnState.ASKED for one in order.returns):
        found.append(Listing(List.RETURNS, placed))
    if order.paid_like and mail_came_back(order):
        found.append(Listing(List.BOUNCED, placed))
    return found


def _old(order: Order) -> list[Listing]:
    if not is_personal(order):
        return []
    since = ((List.UNPAID, unpaid_since(order)), (List.FINISHED, finished_since(order)))
    return [Listing(name, moment_key(moment)) for name, moment in since if moment is not None]


def _words(order: Order) -> list[str]:
    """What it is found by beside its number, what is most telling first."""
    name = order.address.name.split() if order.address else []
    tracked = [parcel.tracking for parcel in order.shipments]
    before = [said.tracking for parcel in order.shipments for said in parcel.corrections]
    texts = [str(order.invoice or ""), order.email, *name[-2:], *tracked, *name[:-2], *before]
    return list(dict.fromkeys(word for text in texts if (word := _word(text))))


def _word(text: str) -> str:
    return re.sub(r"[\s-]", "", text.casefold())
