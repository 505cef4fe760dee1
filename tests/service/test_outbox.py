"""The outbox: every mail once, whatever the mail server does and however many try (R20 to R22)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from functions.ports import Letter
from functions.service.outbox import deliver
from functions.service.settlement import settle
from functions.shop.order import Order
from functions.shop.state import State
from tests.service.conftest import CODES, PostOffice, Till, write


class Crash(BaseException):
    """The process ends here."""


class CrashingPostOffice(PostOffice):
    """Takes a letter, and then the process ends before it can note it."""

    def send(self, letter: Letter) -> None:
        super().send(letter)
        raise Crash


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
    assert till.store.orders_with_due_messages(till.clock()) == []


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
    assert till.store.orders_with_due_messages(till.clock()) == [order.id]
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
