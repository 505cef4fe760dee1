"""The audit: books that agree, and every kind that does not."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

from functions.service.acting import perform
from functions.service.audit import Finding, audit
from functions.service.checkout import Terms
from functions.service.settlement import save, settle
from functions.shop.acts import Actor, AskReturn, Cancel, GiveBack, ReceiveReturn, Ship
from functions.shop.decision import Decision
from functions.shop.discount import Claim
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.shipment import Pieces
from tests.service.conftest import CODES, Till

WELCOME = Claim("welcome", 5, 1, "ada")


def bought(till: Till, order_id: str = "ORDR-0001-AAAA", sku: str = "CARD", quantity: int = 4) -> Order:
    """An order, paid."""
    order = till.order(order_id, sku, quantity, Terms(claims=(WELCOME,)))
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
