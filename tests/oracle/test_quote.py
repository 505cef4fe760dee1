"""The core and the oracle agree on every amount of random carts in random shops, and Stripe is asked for the same."""

import os
from typing import Any

import pytest

from functions.adapters.stripe_payments import _off, _session_params
from functions.ports import SessionLinks
from functions.shop.code import Codes
from functions.shop.ledger import cards_in
from functions.shop.order import Order
from functions.shop.placing import place
from functions.shop.problem import Trouble
from functions.shop.quote import Quote
from functions.shop.settings import Settings
from tests.oracle.chance import CURRENCIES, case, quoted
from tests.oracle.quote import Bill
from tests.oracle.reading import billed
from tests.shop.sample import NOW

pytestmark = pytest.mark.slow


CARTS = int(os.environ.get("CARTS", "300"))  # as many as a test run has time for; CARTS=100000 is the nightly proof
NUMBERS = range(CARTS // len(CURRENCIES))
CODES = Codes(["a-secret-of-a-small-shop"])
LINKS = SessionLinks(paid="https://small.example/order/x", back="https://small.example/cart")
TROUBLES = dict.fromkeys((Trouble.NO_DELIVERY, Trouble.ASKS, Trouble.TOO_LARGE), "not sent") | {
    Trouble.TOO_MANY: "too many cards",
    Trouble.BELOW_MINIMUM: "too little",
}


def said_by_the_core(quote: Quote) -> dict[str, Any]:
    return {
        "off": [line.discount for line in quote.lines if not line.gift],
        "promotions": [
            (one.promotion, [*one.amounts], [(gift.sku, gift.quantity) for gift in one.gifts], one.ships_free)
            for one in quote.discounts
        ],
        "gifts": [(line.sku, line.quantity, line.cost) for line in quote.lines if line.gift],
        "ways": [(choice.id, choice.price) for choice in quote.choices],
        "sent": (quote.shipping.id, quote.shipping.price) if quote.shipping else None,
        "taxes": [(line.rate, line.net, line.tax) for line in quote.taxes],
        "total": quote.total,
        "spent": [(one.account, one.amount) for one in quote.spent],
        "due": quote.due,
        "troubles": {TROUBLES[problem.trouble] for problem in quote.problems if problem.trouble is not Trouble.VAT_ID},
    }


def said_by_the_oracle(bill: Bill) -> dict[str, Any]:
    return {
        "off": bill.off,
        "promotions": [(one.name, one.off, [one.gift] if one.gift else [], one.frees) for one in bill.given],
        "gifts": [(*one.gift, 0) for one in bill.given if one.gift],
        "ways": bill.ways,
        "sent": bill.sent,
        "taxes": [(percent * 100, net, tax) for percent, net, tax in bill.taxes],
        "total": bill.total,
        "spent": bill.spent,
        "due": bill.due,
        "troubles": {bill.trouble} - {""},
    }


@pytest.mark.parametrize("currency", CURRENCIES)
def test_core_and_oracle_agree_to_the_minor_unit(currency: str) -> None:
    """Lines, promotions, ways to send it, tax, balances and what is due (R4, R6, R15)."""
    for number in NUMBERS:
        one = case(currency, number)
        assert said_by_the_core(quoted(one)) == said_by_the_oracle(billed(one)), f"case({currency!r}, {number})"


@pytest.mark.parametrize("currency", CURRENCIES)
def test_what_stripe_is_asked_for_is_what_is_due(currency: str) -> None:
    """Its lines and shipping less its coupon, none of which is negative or finer than Stripe takes it (R4)."""
    for number in NUMBERS:
        one = case(currency, number)
        quote = quoted(one)
        if quote.problems:
            continue
        cards = cards_in(quote.lines, "ORDER-1", quote.currency, CODES)
        order = place("ORDER-1", quote, "release-1", NOW, spent=quote.spent, cards=cards).order
        lines, sending, coupon = asked_for(order, one.settings)
        assert sum(lines) + sending - coupon == order.due == quote.due, f"case({currency!r}, {number})"
        assert 0 <= coupon <= sum(lines)
        assert all(amount >= 0 and amount % one.smallest == 0 for amount in (*lines, sending, coupon))


def asked_for(order: Order, settings: Settings) -> tuple[list[int], int, int]:
    """What Stripe charges for each line, for shipping, and what the coupon takes off the lines."""
    params = _session_params(order, settings, LINKS, "small-shop")
    lines = [line["quantity"] * line["price_data"]["unit_amount"] for line in params["line_items"]]
    sending = [one["shipping_rate_data"]["fixed_amount"]["amount"] for one in params.get("shipping_options", [])]
    return lines, sum(sending), _off(order)
