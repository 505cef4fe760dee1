"""The webhook: only genuine, fresh news about this shop changes anything (R24)."""

import time
from typing import Any

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.errors import BadSetting
from functions.shop.state import State
from tests.web.paying import event_body, pay, send_webhook, signature
from tests.web.test_checkout import mails, ordered, stock, the_order_now

pytestmark = pytest.mark.slow


NOW = int(time.time())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=1,v1=",
        "nonsense",
        "t=é,v1=é",
        "t=NOW",
        "v1=abc",
        "t=NOW,v1=" + "0" * 64,
        "t=NOW,v0=" + "0" * 64,
        "t=,v1=,",
        "\x7f",
    ],
)
def test_a_bad_signature_changes_nothing(app: App, browser: Client, header: str) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    body = event_body(order.session, order.id)
    answer = browser.post(
        "/stripe/events",
        data=body,
        headers={"Stripe-Signature": header.replace("NOW", str(NOW)).encode().decode("latin-1")},
    )
    assert answer.status_code == 400
    assert the_order_now(app, order).state is State.PENDING
    assert mails(app) == []


@pytest.mark.parametrize(
    "signing",
    [{"secret": "whsec_other"}, {"at": NOW - 3600}, {"at": NOW + 3600}, {"at": 0}],
    ids=["foreign", "stale", "future", "1970"],
)
def test_a_foreign_stale_or_future_webhook_changes_nothing(app: App, browser: Client, signing: dict[str, Any]) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    assert send_webhook(browser, order, **signing).status_code == 400
    assert the_order_now(app, order).state is State.PENDING


def test_a_webhook_of_the_other_mode_changes_nothing(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    body = event_body(order.session, order.id, livemode=True)
    answer = browser.post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body)})
    assert answer.status_code == 400
    assert the_order_now(app, order).state is State.PENDING


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"not json", b'{"data":[]}', b"\xff"])
def test_a_signed_body_that_is_no_event_is_refused(app: App, browser: Client, body: bytes) -> None:
    answer = browser.post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body)})
    assert answer.status_code == 400


def test_a_signed_lie_changes_nothing_because_stripe_is_asked(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    assert send_webhook(browser, order).status_code == 204
    assert the_order_now(app, order).state is State.PENDING


def test_news_of_an_expired_session_frees_the_stock(app: App, browser: Client) -> None:
    order = ordered(app, browser, "LAST")
    app.payments.expire_session(order.session)
    assert send_webhook(browser, order, "checkout.session.expired").status_code == 204
    assert the_order_now(app, order).state is State.EXPIRED
    assert stock(app, "LAST") == (1, 0)


def test_news_of_an_order_nobody_knows_is_not_acknowledged(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    body = event_body(order.session, "ZZZZ-ZZZZ-ZZZZ")
    answer = browser.post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body)})
    assert answer.status_code == 404


def test_one_orders_session_settles_no_other_order(app: App, browser: Client) -> None:
    paid, other = ordered(app, browser), ordered(app, Client(app), "CARD")
    pay(paid.pay_url)
    body = event_body(paid.session, other.id)
    browser.post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body)})
    assert the_order_now(app, other).state is State.PENDING


def test_without_a_secret_the_function_does_not_start(app: App) -> None:
    with pytest.raises(BadSetting, match="STRIPE_WEBHOOK_SECRETS"):
        App({"SHOP_URL": "http://127.0.0.1:8000"}).stripe()
