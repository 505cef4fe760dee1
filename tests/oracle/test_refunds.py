"""Whatever of random orders is given back, line by line and in any portions, adds up to what was paid."""

from dataclasses import replace
from random import Random

import pytest

from functions.shop.ledger import cards_in
from functions.shop.order import Order
from functions.shop.payment import Payment
from functions.shop.placing import place
from functions.shop.portion import Portion
from functions.shop.refundable import worth
from functions.shop.reversal import give_back, refundable
from functions.shop.state import State
from tests.oracle.chance import CURRENCIES, Case, case, quoted
from tests.oracle.test_quote import CODES, NUMBERS
from tests.shop.portioned import portions
from tests.shop.sample import NOW

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("currency", CURRENCIES)
def test_any_portions_of_random_orders_add_up(currency: str) -> None:
    """And no portion, tax or balance is ever negative or finer than the currency is paid (R7, R14)."""
    for number in NUMBERS:
        one = case(currency, number)
        order = paid(one)
        if order:
            given = give_all_back(order, portions(order, Random(number), 8), one)  # noqa: S311
            assert given == refundable(order), f"case({currency!r}, {number})"


def paid(one: Case) -> Order | None:
    """The case as a paid order, if it can be one."""
    quote = quoted(one)
    if quote.problems:
        return None
    cards = cards_in(quote.lines, "ORDER-1", quote.currency, CODES)
    order = place("ORDER-1", quote, "release-1", NOW, spent=quote.spent, cards=cards).order
    return replace(order, state=State.PAID, payments=(Payment("pi_1", "cs_1", order.due, order.currency, NOW),))


def give_all_back(order: Order, some: list[Portion], one: Case) -> int:
    """What comes back to the card and to balances when each portion is refunded."""
    taxed, net = 0, 0
    for at, portion in enumerate(some):
        found = worth(order, portion, one.settings, before=some[:at])
        parts = [amount for line in found.taxes for amount in (line.net, line.tax)]
        assert all(amount >= 0 and amount % one.smallest == 0 for amount in (found.amount, *parts))
        assert sum(parts) == found.amount or not order.taxes
        taxed, net = taxed + sum(line.tax for line in found.taxes), net + sum(line.net for line in found.taxes)
        if found.amount:
            order = give_back(order, found.amount, {}, reason="Returned.", number=order.reversals, now=NOW).order
    assert (taxed, net) == (order.tax, sum(line.net for line in order.taxes))
    return sum(refund.amount for refund in order.refunds) + sum(spending.returned for spending in order.spent)
