"""The audit: books that agree, and every kind that does not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from functions.service.acting import perform
from functions.service.audit import Finding, audit
from functions.service.checkout import Terms
from functions.service.settlement import save, settle
from functions.shop.acts import Actor, AskReturn, Cancel, GiveBack, ReceiveReturn, Ship
from functions.shop.code import BalanceKind
from functions.shop.decision import Decision
from functions.shop.discount import Claim
from functions.shop.ledger import Spending
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.shipment import Pieces
from tests.service.conftest import CODES, Till

pytestmark = pytest.mark.slow


WELCOME = Claim("welcome", 5, 1, "ada")


def bought(till: Till, order_id: str = "ORDR-0001-AAAA", customer: str = "ada") -> Order:
    """An order of four postcards, paid."""
    order = till.order(order_id, "CARD", 4, Terms(claims=(replace(WELCOME, customer=customer),)))
    till.standin.pay(order.session, "4242424242424242")
    return settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def findings(till: Till) -> list[Finding]:
    return list(audit(store=till.store, payments=till.payments))


def tamper(till: Till, statement: str) -> None:
    """Somebody changes a number by hand."""
    with closing(sqlite3.connect(till.path)) as db:
        db.execute(statement)
        db.commit()


def test_a_shop_with_sales_refunds_gift_cards_and_open_orders_agrees(till: Till) -> None:
    order = bought(till)
    till.order("ORDR-0002-BBBB")
    till.order("ORDR-0003-CCCC", "VOUCHER", 2)
    act = GiveBack(450, "Sorry.", 0)
    perform(order.id, act, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    perform(order.id, Cancel(Actor.OWNER), store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert findings(till) == []


def test_stock_that_is_reserved_for_nobody_is_found(till: Till) -> None:
    till.order("ORDR-0001-AAAA", "CARD", 4)
    tamper(till, "UPDATE stock SET reserved = 7 WHERE sku = 'CARD'")
    assert findings(till) == [Finding("R11", "CARD", "7 are reserved, open orders keep 4")]


def test_stock_that_is_reserved_while_no_order_is_open_is_found(till: Till) -> None:
    bought(till)
    tamper(till, "UPDATE stock SET reserved = 1 WHERE sku = 'LAST'")
    assert findings(till) == [Finding("R11", "LAST", "1 are reserved, open orders keep 0")]


def test_uses_and_balances_that_do_not_add_up_are_found(till: Till) -> None:
    bought(till)
    order = till.order("ORDR-0003-CCCC", "VOUCHER")
    till.standin.pay(order.session, "4242424242424242")
    settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    tamper(till, "UPDATE uses SET used = 9")
    tamper(till, "UPDATE balances SET amount = 2600")
    [card] = till.now("ORDR-0003-CCCC").cards
    assert findings(till) == [
        Finding("R13", "welcome", "9 uses are counted, 1 orders use it"),
        Finding("R14", card.account, "the balance is 2600, its entries come to 2500"),
    ]


def test_an_order_whose_parts_do_not_add_up_is_found(till: Till) -> None:
    order = bought(till)
    save(Decision(replace(order, subtotal=1001, total=1451)), till.store)
    assert findings(till) == [
        Finding("R4", order.id, "its lines come to 1000, its subtotal is 1001"),
        Finding("R4", order.id, "1450 was paid, 1451 was due, and it is not held"),
    ]


def test_money_that_went_back_at_stripe_and_not_here_is_found_and_the_other_way_round(till: Till) -> None:
    order = bought(till)
    till.standin.refund(order.payments[0].id, 450)
    assert findings(till) == [Finding("R8", order.id, "Stripe has refunds of 450, we have 0")]
    invented = Refund("x", order.payments[0].id, 1500, "", 0, "re_x", "succeeded")
    save(Decision(replace(order, refunds=(invented,))), till.store)
    assert findings(till) == [
        Finding("R7", order.id, "1500 went back of a payment of 1450"),
        Finding("R8", order.id, "Stripe has refunds of 450, we have 1500"),
    ]


def test_pieces_that_left_the_stock_without_an_order_are_found(till: Till) -> None:
    bought(till)
    assert till.store.stock(["CARD"])["CARD"].sold == 4
    tamper(till, "UPDATE stock SET sold = 6 WHERE sku = 'CARD'")
    assert findings(till) == [Finding("R10", "CARD", "6 went from the stock, orders have 4")]


def test_counting_anew_and_returns_leave_the_books_right(till: Till) -> None:
    order = bought(till)
    tools: dict[str, Any] = {"store": till.store, "payments": till.payments, "clock": till.clock, "codes": CODES}
    for act in (
        Ship("DHL", "1"),
        AskReturn("R1", (Pieces(0, 1),), "", 14),
        ReceiveReturn("R1", 250),
        AskReturn("R2", (Pieces(0, 1),), "", 14),
        ReceiveReturn("R2", 250, restock=False),
    ):
        perform(order.id, act, **tools)
    till.store.set_stock("CARD", 7)
    till.store.add_stock("CARD", 2)
    till.store.declare_stock({"CARD": 30})
    assert till.store.stock(["CARD"])["CARD"].sold == 3
    assert findings(till) == []


# While the shop sells


class Moving:
    """A port behind which something happens at each of the next calls of one kind, just before it is answered."""

    def __init__(self, port: Any, call: str, *events: Callable[[], object]) -> None:
        self._port, self._call, self._events = port, call, list(events)

    def __getattr__(self, name: str) -> Any:
        if name == self._call and self._events:
            self._events.pop(0)()
        return getattr(self._port, name)


def nothing() -> None:
    """Nothing happens at this call."""


def settled(till: Till, order_id: str) -> Order:
    return settle(order_id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def watched(till: Till, call: str, *events: Callable[[], object]) -> list[Finding]:
    """What the audit finds while the shop sells."""
    return list(audit(store=Moving(till.store, call, *events), payments=till.payments))


def test_an_order_that_is_paid_after_it_was_read_is_no_finding(till: Till) -> None:
    order = till.order("ORDR-0001-AAAA", "CARD", 4)
    till.standin.pay(order.session)
    assert watched(till, "stock", lambda: settled(till, order.id)) == []
    assert settled(till, order.id).paid_like


def test_what_moves_while_it_is_looked_at_again_is_looked_at_once_more(till: Till) -> None:
    """Before each reading of the stock somebody puts another postcard on order."""
    events = [lambda number=number: till.order(f"ORDR-000{number}-AAAA", "CARD", 1) for number in range(1, 4)]
    assert watched(till, "stock", *events) == []
    assert till.stock("CARD")[1] == 3


def test_what_moves_at_every_look_is_left_to_the_next_audit(till: Till) -> None:
    events = [lambda number=number: till.order(f"ORDR-00{number:02}-AAAA", "CARD", 1) for number in range(1, 19)]
    assert watched(till, "stock", *events) == []


def test_a_true_finding_stays_while_the_same_thing_is_sold(till: Till) -> None:
    till.order("ORDR-0001-AAAA", "CARD", 4)
    tamper(till, "UPDATE stock SET reserved = 7 WHERE sku = 'CARD'")
    more, again = (lambda: till.order("ORDR-0002-BBBB", "CARD", 1)), (lambda: till.order("ORDR-0003-CCCC", "CARD", 1))
    assert watched(till, "stock", more, nothing, again) == [
        Finding("R11", "CARD", "9 are reserved, open orders keep 6"),
    ]


def test_money_that_goes_back_between_reading_an_order_and_asking_stripe_is_no_finding(till: Till) -> None:
    order = bought(till)
    tools: dict[str, Any] = {"store": till.store, "payments": till.payments, "clock": till.clock, "codes": CODES}
    asked = Moving(till.payments, "payment", lambda: perform(order.id, GiveBack(450, "Sorry.", 0), **tools))
    assert list(audit(store=till.store, payments=asked)) == []
    assert till.now().refunds[0].made


def test_a_promotion_that_is_used_after_orders_were_read_is_no_finding(till: Till) -> None:
    bought(till)
    assert watched(till, "uses", lambda: bought(till, "ORDR-0002-BBBB", "ben")) == []
    tamper(till, "UPDATE uses SET used = 3")
    assert watched(till, "uses", lambda: bought(till, "ORDR-0003-CCCC", "cleo")) == [
        Finding("R13", "welcome", "4 uses are counted, 3 orders use it")
    ]


def test_a_balance_that_is_spent_while_it_is_read_is_no_finding(till: Till) -> None:
    order = till.order("ORDR-0003-CCCC", "VOUCHER")
    till.standin.pay(order.session)
    [card] = settled(till, order.id).cards
    spent = Spending(card.account, BalanceKind.GIFT_CARD, 100, "Gift card")
    pay = lambda: till.order("ORDR-0004-DDDD", "CARD", 1, spent=(spent,))  # noqa: E731
    assert watched(till, "entries", pay) == []
    assert till.store.balance(card.account) == 2400
    tamper(till, "UPDATE balances SET amount = 2600")
    pay = lambda: till.order("ORDR-0005-EEEE", "CARD", 1, spent=(spent,))  # noqa: E731
    assert watched(till, "entries", pay) == [
        Finding("R14", card.account, "the balance is 2500, its entries come to 2300")
    ]
