"""No adapter waits past the deadline of the request it works for, so that waits cannot add up (R35)."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from functions import deadline
from functions.adapters import mail_function, ses_mail
from functions.adapters.aws.answers import AwsFailed
from functions.adapters.aws.channel import READ, Channel
from functions.adapters.aws.credentials import Credentials
from functions.adapters.aws.s3 import Bucket
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.lines import CONNECT, Lines
from functions.adapters.mail_function import MailFunction
from functions.adapters.ses_mail import SesMail
from functions.adapters.smtp_mail import SmtpMail
from functions.adapters.sqlite import SqliteStore
from functions.adapters.stripe_payments import StripePayments
from functions.deadline import WRITE, answering, time_for_others, time_left
from functions.ports import Letter
from functions.service import outbox
from functions.shop.errors import MailFailed, PaymentsUnavailable, StoreUnavailable
from tests.contract.post_office import post_office
from tests.shop.sample import NOW, placed
from tests.web.silent import late, silence

pytestmark = pytest.mark.slow


LETTER = Letter("ada@example.org", "Order 1", "Thank you.", "<p>Thank you.</p>", "order-1.confirmation")
SENDER = "Shop <hello@shop.example>"


class Nobody:
    """A client of AWS that must not be called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**_: Any) -> None:
            raise AssertionError(name)

        return call


NOBODY: Any = Nobody()
AT_ONCE = 0.8  # seconds: no call was waited for, though the machine may be busy
KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes every connection and says nothing."""
    with silence() as port:
        yield port


def waited(act: Callable[[], object], error: type[Exception], seconds: float, patch: pytest.MonkeyPatch) -> float:
    """How long it takes to fail with so many seconds to the deadline."""
    patch.setattr(deadline, "ANSWER", seconds)
    began = time.monotonic()
    with answering(), pytest.raises(error):
        act()
    return time.monotonic() - began


def test_there_is_a_deadline_while_somebody_waits_and_none_before_and_after() -> None:
    assert time_left() == float("inf")
    with answering():
        assert 9.4 < time_left() <= 9.5
        assert 5.4 < time_for_others() <= 5.5
    assert time_left() == float("inf")


def test_what_the_deadline_reckons_with_is_what_the_adapters_take() -> None:
    """The longest call of a store fits into the time kept for it, and the longest call of SES into that of a mail."""
    assert CONNECT + READ == WRITE
    assert CONNECT + ses_mail.READ <= outbox.SENDING
    assert mail_function.TRIES * (CONNECT + mail_function.READ) <= WRITE
    assert outbox.SENDING + WRITE < 9.5


def test_a_payment_is_waited_for_as_long_as_there_is_time_to_write_it_down(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    payments = StripePayments("sk_test_1", shop="shop", api_base=f"http://127.0.0.1:{silent}")
    ask = lambda: payments.session("cs_1")  # noqa: E731 - it is asked twice
    assert 0.3 < waited(ask, PaymentsUnavailable, WRITE + CONNECT + 0.5, monkeypatch) < 2
    assert waited(ask, PaymentsUnavailable, WRITE, monkeypatch) < AT_ONCE


def test_a_mail_server_that_takes_its_time_over_each_step_has_all_of_them_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with post_office() as office, late(office.port, 0.4) as port:
        mail = SmtpMail("127.0.0.1", port, sender=SENDER, clock=lambda: NOW)
        mail.send(LETTER)
        assert len(office.received()) == 1
        assert 0.7 < waited(lambda: mail.send(LETTER), MailFailed, WRITE + 1, monkeypatch) < 2
        assert waited(lambda: mail.send(LETTER), MailFailed, WRITE, monkeypatch) < AT_ONCE


def test_no_mail_is_handed_to_ses_when_there_is_no_time_to_note_it(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = SesMail(NOBODY, sender=SENDER, clock=lambda: NOW, configuration_set="orders")
    assert waited(lambda: mail.send(LETTER), MailFailed, WRITE + 2.9, monkeypatch) < AT_ONCE


def test_a_function_is_not_told_of_mails_when_what_follows_needs_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    function = MailFunction(NOBODY, "due:live")
    assert waited(lambda: function.tell("ORDER-1"), MailFailed, WRITE + CONNECT + 0.9, monkeypatch) < AT_ONCE


def test_a_function_that_does_not_answer_is_told_twice_and_waited_for_no_longer(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second event does no harm, and the line may have ended while nobody used it."""
    lines = Lines(f"http://127.0.0.1:{silent}")
    function = MailFunction(Channel("lambda", lines, region="eu-central-1", credentials=Credentials(KEYS)), "due:live")
    assert 1.9 < waited(lambda: function.tell("ORDER-1"), MailFailed, 9.5, monkeypatch) < 2.9
    assert 0.9 < waited(lambda: function.tell("ORDER-1"), MailFailed, WRITE + CONNECT + 1.5, monkeypatch) < 1.9


def test_dynamodb_is_not_called_when_its_answer_may_come_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DynamoStore("shop", NOBODY)
    assert waited(lambda: store.order("ORDER-1"), StoreUnavailable, WRITE - 0.1, monkeypatch) < AT_ONCE


def test_a_line_is_not_used_when_time_is_over_and_waited_for_no_longer(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a release that is kept in S3, however often it would be asked for again."""
    channel = Channel("s3", Lines(f"http://127.0.0.1:{silent}"), region="eu-central-1", credentials=Credentials(KEYS))
    assert 0.3 < waited(lambda: Bucket(channel).get("release.json"), AwsFailed, 0.5, monkeypatch) < 2
    assert waited(lambda: Bucket(channel).get("release.json"), AwsFailed, 0, monkeypatch) < AT_ONCE


def test_a_writer_waits_for_another_one_until_the_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(tmp_path / "shop.db")
    order = replace(placed(), version=1)
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert 0.3 < waited(lambda: store.save(order), StoreUnavailable, 0.5, monkeypatch) < 2
        assert waited(lambda: store.save(order), StoreUnavailable, 0, monkeypatch) < AT_ONCE
        other.execute("ROLLBACK")
    store.save(order)
    assert store.order(order.id) == order
