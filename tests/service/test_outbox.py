"""The outbox: every mail once, whatever the mail server does and however many try (R20 to R22)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from functions.deadline import answering
from functions.ports import Letter
from functions.service.outbox import deliver, deliver_notice
from functions.service.settlement import save, settle
from functions.shop.decision import Decision
from functions.shop.email import customer_key
from functions.shop.listing import NOTICES, List, moment_key
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order, owing
from functions.shop.state import State
from tests.service.conftest import CODES, PostOffice, Till, write


class Crash(BaseException):
    """The process ends here."""


class CrashingPostOffice(PostOffice):
    """Takes a letter, and then the process ends before it can note it."""

    def send(self, letter: Letter) -> None:
        super().send(letter)
        raise Crash


class SlowPostOffice(PostOffice):
    """Takes three seconds for each letter."""

    def __init__(self, till: Till) -> None:
        super().__init__()
        self._till = till

    def send(self, letter: Letter) -> None:
        super().send(letter)
        self._till.clock.now += 3


def paid(till: Till) -> Order:
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    return settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def delivered(till: Till, order: Order) -> None:
    deliver(order.id, store=till.store, mail=till.mail, clock=till.clock, write=write)


def test_a_mail_is_sent_once_however_often_it_is_delivered(till: Till) -> None:
    order = paid(till)
    for _ in range(3):
        delivered(till, order)
    assert [letter.subject for letter in till.mail.taken] == ["confirmation of ORDR-0001-AAAA"]
    assert till.store.listed(List.MAIL, until=moment_key(till.clock())).ids == ()


def test_twenty_at_once_send_one_mail(till: Till) -> None:
    order = paid(till)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: delivered(till, order), range(20)))
    assert len(till.mail.taken) == 1


def test_a_closed_mail_server_changes_nothing_else_and_is_tried_again_later(till: Till) -> None:
    order = paid(till)
    till.mail.closed = True
    delivered(till, order)
    assert (till.now().state, till.mail.taken) == (State.PAID, [])
    till.mail.closed = False
    delivered(till, order)
    assert till.mail.taken == []
    till.clock.now += 60
    assert till.store.listed(List.MAIL, until=moment_key(till.clock())).ids == (order.id,)
    delivered(till, order)
    assert len(till.mail.taken) == 1


def test_a_crash_after_sending_costs_one_extra_copy_and_loses_nothing(till: Till) -> None:
    order = paid(till)
    till.mail = CrashingPostOffice()
    with pytest.raises(Crash):
        delivered(till, order)
    sent_before = till.mail.taken
    till.mail = PostOffice()
    delivered(till, order)
    assert till.mail.taken == []  # the lease of the crashed one still runs
    till.clock.now += 121
    delivered(till, order)
    assert [letter.message_id for letter in sent_before + till.mail.taken] == ["ORDR-0001-AAAA.confirmation"] * 2


NOTICE = Notice("N-1", 1, Message(Kind.WITHDRAWAL, "ada@example.org", 0, key="withdrawal:N-1"), {"name": "Ada"})


def notice_delivered(till: Till, notice_id: str = "N-1") -> Notice | None:
    """The notice once it was tried to send it."""
    deliver_notice(notice_id, store=till.store, mail=till.mail, clock=till.clock, write=write)
    return till.store.notice(notice_id)


def test_a_notice_is_sent_once_and_leaves_the_list(till: Till) -> None:
    till.store.save_notice(NOTICE)
    for _ in range(3):
        notice_delivered(till)
    assert [letter.subject for letter in till.mail.taken] == ["withdrawal of N-1"]
    assert till.store.listed(NOTICES).ids == ()
    assert notice_delivered(till, "no such notice") is None


def test_twenty_at_once_send_one_notice(till: Till) -> None:
    till.store.save_notice(NOTICE)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: notice_delivered(till), range(20)))
    assert len(till.mail.taken) == 1


def test_a_mail_that_cannot_be_written_waits_and_stops_no_other(till: Till, caplog: pytest.LogCaptureFixture) -> None:
    order = save(Decision(owing(paid(till), Kind.LINK, till.clock(), about="1")), till.store)

    def half_written(of: Order | Notice, message: Message) -> Letter:
        if message.kind is Kind.CONFIRMATION:
            raise KeyError("a secret")
        return write(of, message)

    deliver(order.id, store=till.store, mail=till.mail, clock=till.clock, write=half_written)
    assert [letter.subject for letter in till.mail.taken] == ["link of ORDR-0001-AAAA"]
    assert caplog.messages == ["A mail cannot be written"]
    told = caplog.records[0].__dict__["fields"]
    assert (told["mail"], told["order"], told["error"]) == ("confirmation", "ORDR-0001-AAAA", "KeyError")
    till.clock.now += 60
    delivered(till, order)
    assert [letter.subject for letter in till.mail.taken][1:] == ["confirmation of ORDR-0001-AAAA"]


def test_the_owner_is_told_once_of_a_mail_that_nobody_takes_for_three_days(till: Till) -> None:
    """By then 14 attempts were in vain, the last one three days and ten hours after the first (R20)."""
    order, began = paid(till), till.clock.now
    till.mail.closed = True
    while not any(message.kind is Kind.OWNER for message in till.now().messages):
        delivered(till, order)
        till.clock.now = till.now().messages[0].due_at
    next_try = till.clock.now - began
    assert (till.now().messages[0].attempts, next_try) == (14, 295_620 + 86_400)
    delivered(till, order)
    till.mail.closed = False
    till.clock.now += 86_400
    delivered(till, order)
    assert [letter.subject for letter in till.mail.taken] == [
        "confirmation of ORDR-0001-AAAA",
        "owner of ORDR-0001-AAAA",
    ]
    assert [message.name for message in till.now().messages] == ["confirmation", "owner:unsent:confirmation"]


def test_the_owner_is_told_of_a_notice_that_nobody_takes(till: Till) -> None:
    till.store.save_notice(NOTICE)
    till.mail.closed = True
    for _ in range(15):
        tried = notice_delivered(till)
        assert tried
        till.clock.now = tried.message.due_at
    told = till.store.notice("unsent:N-1")
    assert told
    assert (told.message.kind, told.facts["to"]) == (Kind.OWNER, "ada@example.org")
    for _ in range(15):
        notice_delivered(till, "unsent:N-1")
        till.clock.now += 86_400
    assert till.store.notice("unsent:unsent:N-1") is None


def test_who_wants_no_such_mails_gets_none_and_it_waits_no_longer(till: Till) -> None:
    order = save(Decision(owing(paid(till), Kind.REVIEW, till.clock())), till.store)
    till.store.silence(customer_key(order.email))
    delivered(till, order)
    assert [letter.subject for letter in till.mail.taken] == ["confirmation of ORDR-0001-AAAA"]
    assert [message.name for message in till.now().messages] == ["confirmation"]


def test_a_mail_server_that_takes_its_time_keeps_nobody_waiting_for_the_second_mail(till: Till) -> None:
    """A page answers once the first one has taken long (R35); the others stay due, and the next run sends them."""
    order, slow = (
        save(Decision(owing(paid(till), Kind.LINK, till.clock(), about="1")), till.store),
        SlowPostOffice(till),
    )
    deliver(order.id, store=till.store, mail=slow, clock=till.clock, write=write)
    assert [letter.subject for letter in slow.taken] == ["confirmation of ORDR-0001-AAAA"]
    delivered(till, order)
    assert [letter.subject for letter in till.mail.taken] == ["link of ORDR-0001-AAAA"]


def test_no_mail_is_begun_that_could_not_be_sent_and_noted_in_time(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that has waited for a payment leaves its mails to the reconciler (R35), so that none is sent and not
    noted (R21).
    """
    order = paid(till)
    monkeypatch.setattr("functions.deadline.ANSWER", 6.9)
    with answering():
        delivered(till, order)
    assert (till.mail.taken, [one.leased_until for one in till.now().messages]) == ([], [0])
    monkeypatch.setattr("functions.deadline.ANSWER", 7.5)
    with answering():
        delivered(till, order)
    assert len(till.mail.taken) == 1
