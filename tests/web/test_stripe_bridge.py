"""Stripe's news by EventBridge and a queue: the second way in, with the same effect and the same checks (R18, R24)."""

import json
from typing import Any

from werkzeug.test import Client

from functions.app import App
from functions.deadline import time_left
from functions.shop.errors import StoreUnavailable
from functions.shop.order import Order
from functions.shop.state import State
from functions.web.queue import handler
from tests.web.paying import event_body, pay
from tests.web.test_checkout import mails, ordered, the_order_now


def record(order: Order, number: str = "1", **changes: Any) -> dict[str, str]:
    """A record of the queue, as EventBridge fills it."""
    detail = json.loads(event_body(order.session, order.id, **changes))
    envelope = {"source": "aws.partner/stripe.com/ed_test_1", "detail-type": detail["type"], "detail": detail}
    return {"messageId": number, "body": json.dumps(envelope)}


def test_a_paid_order_is_settled_and_its_mail_sent_however_often_the_queue_tells_it(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    for _ in range(2):
        assert app.stripe_bridge()({"Records": [record(order), record(order, "2")]}, None) == {"batchItemFailures": []}
    assert the_order_now(app, order).state is State.PAID
    assert len(mails(app)) == 1


def test_news_that_cannot_be_written_comes_again_alone(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    strange = record(order, "2")
    strange["body"] = strange["body"].replace(order.id, "ZZZZ-ZZZZ-ZZZZ")
    answer = app.stripe_bridge()({"Records": [record(order), strange]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert the_order_now(app, order).state is State.PAID


def test_news_of_the_other_mode_and_what_is_no_event_change_nothing_and_do_not_come_again(
    app: App, browser: Client
) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    records = [record(order, livemode=True), *({"messageId": body, "body": body} for body in ("", "[]", "{", "{}"))]
    assert app.stripe_bridge()({"Records": records}, None) == {"batchItemFailures": []}
    assert the_order_now(app, order).state is State.PENDING


def test_all_records_of_a_call_have_one_deadline() -> None:
    """Those that are left when time is over come again (R35)."""
    ends: list[float] = []

    def slow(_: object) -> None:
        ends.append(time_left())
        raise StoreUnavailable

    answer = handler(lambda record: record, slow)({"Records": [{"messageId": "1"}, {"messageId": "2"}]}, None)
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == ["1", "2"]
    assert ends[1] < ends[0] <= 9.5


def test_a_record_that_breaks_us_comes_again_alone() -> None:
    """Were it to end the function, all of its batch would come again."""

    def break_at_one(name: str) -> None:
        assert name != "1"

    answer = handler(lambda record: record["messageId"], break_at_one)(
        {"Records": [{"messageId": "1"}, {"messageId": "2"}]}, None
    )
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
