"""The reconciler: what nobody told us about is found and mended (R1, R11, R20, R34)."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from functions.ports import Release
from functions.service.audit import audit
from functions.service.late_watch import watch
from functions.service.reconcile import Report, reconcile
from functions.service.settlement import record, save
from functions.shop.acts import LetGo, Ship
from functions.shop.decision import Decision
from functions.shop.errors import PaymentsUnavailable
from functions.shop.facts import SessionFacts
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.placing import HOLD
from functions.shop.rebuilding import WHY
from functions.shop.state import State
from tests.service.conftest import CODES, SmallRelease, Till, write

pytestmark = pytest.mark.slow
FRIDAY = 1_800_000_000  # 15 January 2027, 8:00 UTC
THURSDAY, TODAY = "2027-01-14", "2027-01-15"


def reconciled(till: Till, release: Release | None = None) -> Report:
    return reconcile(
        store=till.store,
        payments=till.payments,
        mail=till.mail,
        clock=till.clock,
        codes=CODES,
        write=write,
        release=release,
    )


def test_a_paid_order_nobody_told_us_about_is_settled_and_its_mail_sent(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    till.clock.now += 6 * 60
    assert reconciled(till) == Report(settled=1, refunded=0, mailed=1, failures=())
    assert till.now().state is State.PAID
    assert len(till.mail.taken) == 1


def test_an_order_nobody_paid_ends_and_frees_its_stock(till: Till) -> None:
    till.order()
    till.clock.now += HOLD + 1
    assert reconciled(till).settled == 1
    assert (till.now().state, till.stock()) == (State.EXPIRED, (1, 0))
    assert reconciled(till) == Report(0, 0, 0, ())


def test_an_order_is_left_alone_while_its_payment_page_is_open(till: Till) -> None:
    order = till.order()
    for minutes in (4, 10):
        till.clock.now += minutes * 60
        reconciled(till)
    assert till.now() == order


def test_a_payment_page_whose_making_was_never_answered_is_found_by_its_order(till: Till) -> None:
    till.lose_the_answer_to("POST /v1/checkout/sessions")
    with pytest.raises(PaymentsUnavailable):
        till.order()
    [session] = till.standin.sessions()
    till.standin.pay(session["id"], "4242424242424242")
    till.clock.now += 6 * 60
    assert reconciled(till).settled == 1
    assert (till.now().state, till.now().session) == (State.PAID, session["id"])
    assert till.stock() == (0, 0)


def test_one_order_that_cannot_be_settled_stops_no_other(till: Till) -> None:
    till.order("ORDR-0001-AAAA", "CARD", 4)
    till.order("ORDR-0002-BBBB", "LAST")
    till.clock.now += HOLD + 1
    till.standin.fail_calls("close_before", times=3)
    report = reconciled(till)
    assert report.settled == 1
    assert len(report.failures) == 1
    assert report.failures[0].startswith("ORDR-000")
    assert reconciled(till).settled == 1
    assert till.stock("CARD") == (500, 0)


def test_one_order_that_cannot_be_read_stops_no_other(till: Till) -> None:
    """As when an older program finds what it does not know; it is told of by its number."""
    for number in ("ORDR-0001-AAAA", "ORDR-0002-BBBB"):
        till.standin.pay(till.order(number, "CARD").session, "4242424242424242")
    with closing(sqlite3.connect(till.path)) as db, db:
        db.execute(
            """UPDATE orders SET record = replace(record, '"pending"', '"squared"') WHERE id = 'ORDR-0001-AAAA'"""
        )
    assert set(reconciled(till).failures) == {"ORDR-0001-AAAA: ValueError"}
    assert till.now("ORDR-0002-BBBB").state is State.PAID


def test_an_order_without_a_payment_page_waits_for_a_second_click_and_then_ends(till: Till) -> None:
    till.standin.fail_calls("close_before", times=3)
    with pytest.raises(PaymentsUnavailable):
        till.order()
    till.clock.now += 6 * 60
    reconciled(till)
    assert till.now().state is State.PENDING
    till.clock.now += HOLD
    reconciled(till)
    assert (till.now().state, till.stock()) == (State.EXPIRED, (1, 0))


def test_an_order_whose_session_stripe_does_not_know_any_more_ends_once_it_is_overdue(till: Till) -> None:
    order = till.order()
    save(Decision(replace(order, session="cs_of_another_account")), till.store)
    till.clock.now += 6 * 60
    [failure] = reconciled(till).failures
    assert failure.startswith("ORDR-0001-AAAA: Stripe does not know what was asked for: InvalidRequestError")
    till.clock.now += HOLD
    assert reconciled(till).failures == ()
    assert (till.now().state, till.stock()) == (State.EXPIRED, (1, 0))


def lose(till: Till, order_id: str) -> None:
    """The table is restored from before this order."""
    with closing(sqlite3.connect(till.path)) as db:
        db.execute("DELETE FROM orders WHERE id = ?", (order_id,))
        db.execute("DELETE FROM listings WHERE id = ?", (order_id,))
        db.execute("UPDATE stock SET reserved = 0")
        db.commit()


def test_an_order_that_stripe_was_paid_for_and_that_is_missing_is_made_anew_and_held(till: Till) -> None:
    order = till.order("ORDR-0001-AAAA", "CARD", 4)
    till.standin.pay(order.session, "4242424242424242")
    lose(till, order.id)
    assert reconciled(till).rebuilt == 1
    again = till.now()
    assert (again.state, again.held, again.total, again.digest) == (State.PAID, WHY, order.total, order.digest)
    assert [(line.sku, line.title, line.quantity, line.total) for line in again.lines] == [
        ("CARD", "Postcard", 4, 1000)
    ]
    assert (again.shipping and again.shipping.name, again.address and again.address.country) == ("Standard", "IE")
    assert [letter.subject for letter in till.mail.taken] == ["held of ORDR-0001-AAAA"]
    assert reconciled(till) == Report(0, 0, 0, (), held=1)
    assert list(audit(store=till.store, payments=till.payments)) == []


def test_an_order_that_was_made_anew_is_confirmed_and_billed_when_it_is_let_go(till: Till) -> None:
    """Its invoice has the next number, which is taken with the same write; letting it go once more takes none."""
    for number in ("ORDR-0002-BBBB", "ORDR-0001-AAAA"):
        till.standin.pay(till.order(number, "CARD", 4).session, "4242424242424242")
        if number == "ORDR-0001-AAAA":
            lose(till, number)
        till.clock.now += 6 * 60
        reconciled(till)
    assert (till.now().invoice, till.store.last_number("invoice")) == (0, 1)
    for _ in range(2):
        till.do("ORDR-0001-AAAA", LetGo())
    again = till.now()
    assert (again.held, again.invoice, again.billed) == ("", 2, again.address)
    assert again.address
    assert [message.name for message in again.messages] == ["held", "confirmation"]
    assert till.store.last_number("invoice") == 2
    till.mail.taken.clear()
    reconciled(till)
    assert [letter.subject for letter in till.mail.taken] == ["confirmation of ORDR-0001-AAAA"]


def test_money_for_an_order_that_ended_is_found_without_a_webhook(till: Till) -> None:
    order = till.order()
    expired = SessionFacts(order.session, order.id, "expired", "unpaid", order.due, order.currency)
    record(order, expired, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    till.standin.pay(order.session, "4242424242424242")
    reconciled(till)
    assert (till.now().state, till.stock()) == (State.PAID, (0, 0))


def test_a_refund_in_the_dashboard_is_found_without_a_webhook(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    till.clock.now += 6 * 60
    reconciled(till)
    till.standin.refund(till.now().payments[0].id, 450)
    assert reconciled(till).troubled == 1
    assert [refund.amount for refund in till.now().refunds] == [450]


def promised(till: Till, order_id: str, day: str, **changes: object) -> None:
    """An order of four postcards that is paid, and was to leave and to arrive by a day."""
    opened = till.order(order_id, "CARD", 4)
    order = replace(opened, state=State.PAID, dispatch_by=day, arrives_from=day, arrives_to=day, **changes)  # type: ignore[arg-type]
    save(Decision(order), till.store)


def test_the_owner_is_told_once_a_day_of_what_must_leave_and_what_is_late(till: Till) -> None:
    """Also of what is held, whose promise breaks as any other."""
    till.clock.now = FRIDAY
    for order_id, day in (("ORDR-0001-AAAA", THURSDAY), ("ORDR-0002-BBBB", TODAY), ("ORDR-0003-CCCC", "2027-01-16")):
        promised(till, order_id, day)
        promised(till, order_id.replace("ORDR", "HELD"), day, held="Ask Ada.")
    assert watch(store=till.store, clock=till.clock, time_zone="Europe/Dublin")
    assert not watch(store=till.store, clock=till.clock, time_zone="Europe/Dublin")
    notice = till.store.notice("late:2027-01-15")
    assert notice
    assert notice.facts == {
        "day": TODAY,
        "due": "ORDR-0002-BBBB=2027-01-15",
        "overdue": "ORDR-0001-AAAA=2027-01-14",
        "held": "HELD-0001-AAAA=2027-01-14 HELD-0002-BBBB=2027-01-15",
        "arriving": "",
        "undelivered": "",
    }


def test_the_owner_is_told_on_the_last_day_on_which_something_should_arrive(till: Till) -> None:
    """While there is still time to ask the carrier; and once more when it is over."""
    till.clock.now = FRIDAY
    for order_id, day in (("ORDR-0001-AAAA", THURSDAY), ("ORDR-0002-BBBB", TODAY), ("ORDR-0003-CCCC", "2027-01-16")):
        promised(till, order_id, day)
        till.do(order_id, Ship("DHL", "1"))
    assert watch(store=till.store, clock=till.clock, time_zone="Europe/Dublin")
    notice = till.store.notice("late:2027-01-15")
    assert notice
    assert {name: fact for name, fact in notice.facts.items() if fact} == {
        "day": TODAY,
        "arriving": "ORDR-0002-BBBB=2027-01-15",
        "undelivered": "ORDR-0001-AAAA=2027-01-14",
    }


def test_there_is_no_mail_while_every_promise_has_time(till: Till) -> None:
    till.clock.now = FRIDAY
    promised(till, "ORDR-0001-AAAA", "2027-01-16", held="Ask Ada.")
    promised(till, "ORDR-0002-BBBB", "")
    assert not watch(store=till.store, clock=till.clock, time_zone="Europe/Dublin")


def test_what_the_late_watch_has_written_reaches_the_owner(till: Till) -> None:
    till.store.save_notice(Notice("late:2027-01-15", 1, Message(Kind.OWNER, "", till.clock(), key="owner:late")))
    assert (reconciled(till).mailed, reconciled(till).mailed) == (1, 0)
    assert [letter.subject for letter in till.mail.taken] == ["owner of late:2027-01-15"]


def test_mails_that_no_server_takes_are_counted_and_stay_due(till: Till) -> None:
    order = till.order()
    till.standin.pay(order.session)
    till.clock.now += 6 * 60
    till.mail.closed = True
    assert reconciled(till) == Report(settled=1, refunded=0, mailed=0, failures=(), unsent=1)
    till.mail.closed = False
    till.clock.now += 60
    assert reconciled(till) == Report(0, 0, 1, ())


def test_who_waits_for_what_is_there_again_is_told(till: Till) -> None:
    till.store.ask_for_stock("LAST", "ada@example.org", till.clock())
    report = reconciled(till, SmallRelease())
    assert (report.told, report.mailed) == (1, 1)
    assert [(letter.to, letter.subject.partition(" ")[0]) for letter in till.mail.taken] == [
        ("ada@example.org", "back_in_stock")
    ]
