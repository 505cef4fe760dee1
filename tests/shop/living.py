"""A paid order to do things to: two postcards and a print, 33.50 EUR, with a file where a test wants one."""

from collections.abc import Mapping
from dataclasses import replace

from functions.shop.acts import Act
from functions.shop.decision import Decision
from functions.shop.life import Known, apply
from functions.shop.order import Order
from functions.shop.settling import decide
from tests.shop.sample import NOW, facts, placed

PAID_AT = NOW + 60
LATER = NOW + 3600
POSTCARDS, PRINT = 0, 1  # the lines of the sample order


def paid() -> Order:
    """The sample order once it is paid, its confirmation due."""
    return decide(replace(placed(), session="cs_1"), facts(), PAID_AT, invoice=7).order


def done(order: Order, *acts: Act, now: int = LATER, balances: Mapping[str, int] | None = None) -> Order:
    """The order after these acts."""
    for act in acts:
        order = decided(order, act, now=now, balances=balances).order
    return order


def decided(order: Order, act: Act, *, now: int = LATER, balances: Mapping[str, int] | None = None) -> Decision:
    """What an act does."""
    return apply(order, act, Known(now, balances or {}))


def mails(order: Order) -> list[str]:
    """The names of all its mails, in the order in which they became due."""
    return [message.name for message in order.messages]
