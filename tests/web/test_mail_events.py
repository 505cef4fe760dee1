"""The function for what SES tells, put together as it is on AWS; and the settings by which mails go there."""

import json
from dataclasses import replace

import pytest

from functions.adapters.ses_mail import SesMail
from functions.adapters.ses_tags import tagged
from functions.app import App
from functions.service.settlement import save
from functions.shop.acts import CorrectEmail
from functions.shop.decision import Decision
from functions.shop.message import Fate
from functions.shop.settling import decide
from tests.shop.living import done
from tests.shop.sample import NOW, facts, placed


def test_a_bounce_from_the_queue_is_on_the_order_and_a_corrected_address_gets_the_mail(app: App) -> None:
    paid = decide(placed(), facts(), NOW).order
    mailed = tuple(replace(message, sent_at=NOW) for message in paid.messages)
    order = save(Decision(replace(paid, messages=mailed, version=0)), app.store)
    tags = {tag["Name"]: [tag["Value"]] for tag in tagged({"order": order.id, "message": "confirmation"})}
    event = {"eventType": "Bounce", "mail": {"tags": tags}, "bounce": {"bounceType": "Permanent"}}
    record = {"messageId": "1", "body": json.dumps({"detail-type": "Email Bounced", "detail": event})}
    assert app.mail_events()({"Records": [record]}, None) == {"batchItemFailures": []}
    flagged = app.store.order(order.id)
    assert flagged
    assert [(one.name, one.fate) for one in flagged.messages] == [
        ("confirmation", Fate.BOUNCED), ("owner:bounced:confirmation", None),
    ]  # fmt: skip
    letter = app.letters.write(flagged, flagged.messages[1])
    assert (letter.to, letter.subject) == ("owner@small.example", "Order ORDER-1: a mail did not arrive")
    assert "    pouch email ORDER-1 …" in letter.text
    corrected = done(flagged, CorrectEmail("ada@right.example"))
    assert (corrected.messages[-1].name, corrected.messages[-1].to) == ("confirmation:2", "ada@right.example")


def test_mails_go_through_ses_when_its_configuration_set_is_named(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "eu-west-1")
    environ = {name: value for name, value in app._environ.items() if name != "MAIL_FOLDER"}
    assert isinstance(App({**environ, "MAIL_SES_CONFIGURATION_SET": "orders"}).mailer()(), SesMail)
