"""Retention: whom the shop forgets, when, and what stays (R29)."""

import pytest

from functions.service.acting import perform
from functions.service.checkout import Terms
from functions.service.erasing import erase_customer
from functions.service.outbox import deliver
from functions.service.reconcile import reconcile
from functions.service.retention import forget_old
from functions.service.settlement import record, release
from functions.shop.acts import Act, Ask, AskReturn, Deliver, RejectReturn, Ship
from functions.shop.facts import SessionFacts
from functions.shop.message import Kind, Message
from functions.shop.note import Notes
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.settings import Retention
from functions.shop.shipment import Pieces
from functions.shop.state import State
from tests.service.conftest import CODES, SmallRelease, Till, write
from tests.shop.sample import ADA

DAY = 86_400
KNOWN = Terms(email="ada@example.org", notes=Notes("For Ada", "Ring twice"))


USUAL = Retention()


def forgotten(till: Till, keep: Retention = USUAL) -> int:
    return forget_old(store=till.store, payments=till.payments, clock=till.clock, codes=CODES, keep=keep)


def unpaid(till: Till) -> Order:
    """An order of somebody known that was never paid, and has just ended."""
    order = till.order(terms=KNOWN)
    return release(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def paid(till: Till, sku: str = "LAST") -> Order:
    order = till.order(sku=sku, terms=KNOWN)
    facts = SessionFacts(
        order.session,
        order.id,
        "complete",
        "paid",
        order.due,
        "EUR",
        payment="pi_1",
        email="ada@example.org",
        address=ADA,
    )
    return record(order, facts, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def do(till: Till, order: Order, *acts: Act) -> Order:
    for act in acts:
        order = perform(order.id, act, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    return order


def test_who_never_paid_is_forgotten_thirty_days_after_the_payment_page_closed(till: Till) -> None:
    """The day before, nothing has changed."""
    order = unpaid(till)
    till.clock.now = order.expires_at + 30 * DAY - 1
    assert (forgotten(till), till.now()) == (0, order)
    till.clock.now += 1
    assert forgotten(till) == 1
    after = till.now()
    assert (after.state, after.email, after.notes, after.address) == (State.EXPIRED, "", Notes(), None)
    assert after.erased_at == till.clock.now
    assert (after.lines, after.total) == (order.lines, order.total)
    assert forgotten(till) == 0


def test_an_order_that_names_nobody_is_left_alone(till: Till) -> None:
    """Most carts that are given up; there is nothing to write."""
    order = release(till.order().id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    till.clock.now += 400 * DAY
    assert (forgotten(till), till.now()) == (0, order)


def test_of_a_paid_order_the_invoice_stays_three_years_after_it_arrived(till: Till) -> None:
    """Number, name, address, goods and amounts; what was written and mailed is gone, and old links end."""
    order = do(till, paid(till), Ask("Q1", "Is it blue?"), Ship("DHL", "1"))
    till.clock.now += 10 * DAY
    order = do(till, order, Deliver())
    till.clock.now += 1095 * DAY - 1
    assert (forgotten(till), till.now()) == (0, order)
    till.clock.now += 1
    assert forgotten(till) == 1
    after = till.now()
    assert (after.email, after.questions, after.notes) == ("", (), Notes())
    assert {message.to for message in after.messages} <= {""}
    assert (after.invoice, after.address, after.lines, after.total) == (1, ADA, order.lines, order.total)
    assert after.epoch == order.epoch + 1


def test_an_order_that_is_not_over_is_kept_whole(till: Till) -> None:
    """It is paid, and nobody has sent it; or it comes back and waits for its money."""
    order = paid(till)
    till.clock.now += 5000 * DAY
    assert (forgotten(till), till.now()) == (0, order)


def test_who_bought_a_gift_card_is_forgotten_three_years_after_it_was_paid(till: Till) -> None:
    """No parcel leaves, so the order stays paid; its card and its invoice stay good."""
    deliver(paid(till, "VOUCHER").id, store=till.store, mail=till.mail, clock=till.clock, write=write)
    order = till.now()
    till.clock.now += 1095 * DAY - 1
    assert (order.state, forgotten(till), till.now()) == (State.PAID, 0, order)
    till.clock.now += 1
    assert forgotten(till) == 1
    after = till.now()
    assert (after.email, after.invoice, after.address) == ("", 1, ADA)
    assert till.store.balance(order.cards[0].account) == 2500
    assert forgotten(till) == 0


def test_an_open_return_keeps_it_until_it_is_closed(till: Till) -> None:
    """Who wants money back must be known."""
    order = do(till, paid(till), Ship("DHL", "1"), Deliver(), AskReturn("R1", (Pieces(0, 1),), "Too blue", 14))
    till.clock.now += 1095 * DAY
    assert (forgotten(till), till.now()) == (0, order)
    do(till, order, RejectReturn("R1", "It was blue in the picture."))
    assert forgotten(till) == 1
    assert till.now().returns[0].reason == ""


def test_an_owner_says_how_long(till: Till) -> None:
    order = unpaid(till)
    till.clock.now = order.expires_at + DAY
    assert forgotten(till, Retention(unpaid=2)) == 0
    assert forgotten(till, Retention(unpaid=1)) == 1


def test_who_waits_for_stock_is_forgotten_after_a_year(till: Till) -> None:
    till.store.ask_for_stock("CARD", "ada@example.org", till.clock.now)
    till.store.ask_for_stock("CARD", "bea@example.org", till.clock.now + 1)
    till.clock.now += 365 * DAY
    forgotten(till)
    assert till.store.waiting_for_stock("CARD") == ["ada@example.org", "bea@example.org"]
    till.clock.now += 1
    forgotten(till)
    assert till.store.waiting_for_stock("CARD") == ["bea@example.org"]


def test_mails_of_no_order_are_forgotten_and_withdrawals_are_kept_as_long_as_orders(till: Till) -> None:
    """News of stock after a year, a withdrawal after three; what waits to be sent stays."""
    now = till.clock.now
    sent = {"stock:1": Kind.BACK_IN_STOCK, "withdrawal:1": Kind.WITHDRAWAL}
    for name, kind in sent.items():
        till.store.save_notice(Notice(name, 1, Message(kind, "ada@example.org", now, sent_at=now)))
    till.store.save_notice(Notice("stock:2", 1, Message(Kind.BACK_IN_STOCK, "bea@example.org", now)))
    left = {}
    for days in (365, 1095):
        for moment in (now + days * DAY - 1, now + days * DAY):
            till.clock.now = moment
            forgotten(till)
            left[moment - now] = [name for name in (*sent, "stock:2") if till.store.notice(name)]
    assert left == {
        365 * DAY - 1: ["stock:1", "withdrawal:1", "stock:2"],
        365 * DAY: ["withdrawal:1", "stock:2"],
        1095 * DAY - 1: ["withdrawal:1", "stock:2"],
        1095 * DAY: ["stock:2"],
    }


@pytest.mark.parametrize(("kind", "tries"), [(Kind.BACK_IN_STOCK, 376), (Kind.WITHDRAWAL, 1106)])
def test_a_mail_that_no_server_took_is_forgotten_as_late_as_one_that_was_sent(
    till: Till, kind: Kind, tries: int
) -> None:
    """After one year, or three: eleven tries take a day and ten hours, and then there is one a day."""
    for attempts, name in ((tries - 1, "early"), (tries, "late")):
        till.store.save_notice(Notice(name, 1, Message(kind, "ada@example.org", till.clock.now, attempts)))
    forgotten(till)
    assert [name for name in ("early", "late") if till.store.notice(name)] == ["early"]


def test_an_address_that_is_erased_goes_from_mails_of_no_order_too(till: Till) -> None:
    """Those that went there, wait to go there, or told the owner of it."""
    now = till.clock.now
    for name, to, sent, facts in (
        ("stock:1", "ada@example.org", now, {}),
        ("stock:2", "ada@example.org", 0, {}),
        ("owner:1", "", now, {"email": "Ada@example.org"}),
        ("stock:3", "bea@example.org", now, {}),
    ):
        till.store.save_notice(Notice(name, 1, Message(Kind.BACK_IN_STOCK, to, now, sent_at=sent), facts))
    erase_customer("ada@example.org", (), store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    left = [name for name in ("stock:1", "stock:2", "owner:1", "stock:3") if till.store.notice(name)]
    assert left == ["stock:3"]


@pytest.mark.parametrize(("hours", "forgets"), [(0, 1), (24, 1)])
def test_the_reconciler_forgets_once_a_day(till: Till, hours: int, forgets: int) -> None:
    """A second run on the same day looks for nothing old."""
    order = unpaid(till)
    till.clock.now = (order.expires_at // DAY + 40 + hours // 24) * DAY
    assert [_reconciled(till) for _ in range(2)] == [forgets, 0]


def _reconciled(till: Till) -> int:
    return reconcile(
        store=till.store,
        payments=till.payments,
        mail=till.mail,
        clock=till.clock,
        codes=CODES,
        write=write,
        release=SmallRelease(),
    ).forgotten
