"""What SES tells of a mail reaches its order, once, whatever wraps it; what is not ours changes nothing."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from functions.adapters.ses_events import read_event
from functions.adapters.ses_tags import tagged
from functions.ports import MailEvent
from functions.service.mail_news import note
from functions.service.settlement import settle
from functions.shop.errors import StoreUnavailable
from functions.shop.message import Fate, Kind, Message
from functions.shop.notice import Notice
from functions.web.queue import handler
from tests.service.conftest import CODES, Till

ORDER_TAGS = {"order": "ORDR-0001-AAAA", "message": "confirmation"}


def event(kind: str, tags: dict[str, str] = ORDER_TAGS, **details: object) -> dict[str, Any]:
    """An event of SES, as its documentation shows it."""
    ours = {tag["Name"]: [tag["Value"]] for tag in tagged(tags)}
    mail = {
        "messageId": "ses-1",
        "destination": ["ada@example.org"],
        "tags": {"ses:from-domain": ["a.example"], **ours},
    }
    return {"eventType": kind, "mail": mail, kind.lower(): details}


BOUNCE = event("Bounce", bounceType="Permanent", bounceSubType="General")
SUPPRESSED = event("Bounce", bounceType="Permanent", bounceSubType="OnAccountSuppressionList")


@pytest.mark.parametrize(
    ("record", "fate"),
    [
        (event("Delivery", smtpResponse="250 ok"), Fate.DELIVERED),
        (BOUNCE, Fate.BOUNCED),
        (SUPPRESSED, Fate.BOUNCED),
        (event("Complaint", complaintFeedbackType="abuse"), Fate.COMPLAINED),
    ],
)
def test_an_event_says_what_became_of_which_mail(record: dict[str, Any], fate: Fate) -> None:
    assert read_event(record) == MailEvent(fate, "ORDR-0001-AAAA", "confirmation")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda event: {"detail-type": "Email Bounced", "source": "aws.ses", "detail": event},
        lambda event: {"messageId": "1", "body": json.dumps({"detail": event})},
        lambda event: {"messageId": "1", "body": json.dumps({"Type": "Notification", "Message": json.dumps(event)})},
        lambda event: {"EventSource": "aws:sns", "Sns": {"Message": json.dumps(event)}},
    ],
)
def test_it_is_read_whatever_wraps_it(wrap: Any) -> None:
    assert read_event(wrap(BOUNCE)) == MailEvent(Fate.BOUNCED, "ORDR-0001-AAAA", "confirmation")


@pytest.mark.parametrize(
    "record",
    [
        event("Bounce", bounceType="Transient"),
        event("Bounce", bounceType="Undetermined"),
        event("Send"),
        event("Open"),
        event("Delivery", {}),
        {**BOUNCE, "bounce": None},
        {**BOUNCE, "mail": "none"},
        {"messageId": "1", "body": "[" * 100_000},
        {"eventType": "Delivery", "mail": {"tags": {"order": "text", "message": [7], "notice": ["not base 64!"]}}},
        {"body": "no JSON"},
        {"body": "[]"},
        {},
        None,
        "text",
        ["a list"],
    ],
)
def test_what_says_nothing_of_a_mail_of_ours_is_of_no_concern(record: object) -> None:
    assert read_event(record) is None


@pytest.fixture
def told(till: Till) -> Any:
    """What notes an event, over an order that is paid and whose confirmation was sent."""
    order = till.order()
    till.standin.pay(order.session, "4242424242424242")
    settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    return partial(note, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def test_a_bounce_flags_the_mail_and_the_owner_is_told_once(till: Till, told: Any) -> None:
    handle = handler(read_event, told)
    records = [{"messageId": str(number), "body": json.dumps(BOUNCE)} for number in range(3)]
    assert handle({"Records": records}, None) == {"batchItemFailures": []}
    assert [(message.name, message.fate) for message in till.now().messages] == [
        ("confirmation", Fate.BOUNCED), ("owner:bounced:confirmation", None),
    ]  # fmt: skip


def test_news_of_what_nobody_knows_changes_nothing(till: Till, told: Any) -> None:
    before = till.now()
    told(MailEvent(Fate.BOUNCED, "ORDR-9999-ZZZZ", "confirmation"))
    told(MailEvent(Fate.BOUNCED, "ORDR-0001-AAAA", "no such mail"))
    told(MailEvent(Fate.BOUNCED, notice="no such notice"))
    assert till.now() == before


def test_the_owner_hears_of_a_receipt_that_nobody_got_and_of_no_other_notice(till: Till, told: Any) -> None:
    receipt = Notice("N-1", 1, Message(Kind.WITHDRAWAL, "ada@example.org", 0))
    till.store.save_notice(receipt)
    till.store.save_notice(replace(receipt, id="N-2", message=Message(Kind.BACK_IN_STOCK, "ada@example.org", 0)))
    for notice in ("N-1", "N-2", "N-1"):
        told(MailEvent(Fate.BOUNCED, notice=notice))
    alarm, noted = till.store.notice("bounced:N-1"), till.store.notice("N-1")
    assert alarm
    assert noted
    assert (alarm.message.kind, noted.version, noted.message.fate) == (Kind.OWNER, 2, Fate.BOUNCED)
    assert till.store.notice("bounced:N-2") is None


def test_what_cannot_be_noted_now_is_told_again_and_the_rest_is_noted() -> None:
    noted: list[MailEvent] = []

    def once(news: MailEvent) -> None:
        if not noted:
            noted.append(news)
            raise StoreUnavailable("The store does not answer.")
        noted.append(news)

    records = [{"messageId": name, "body": json.dumps(BOUNCE)} for name in ("first", "second")]
    assert handler(read_event, once)({"Records": records}, None) == {"batchItemFailures": [{"itemIdentifier": "first"}]}
    assert len(noted) == 2
