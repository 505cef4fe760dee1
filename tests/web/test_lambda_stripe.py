"""The webhook as AWS calls it: an HTTP API's event in, with the body plain or in base64, and what it is answered."""

import base64
import importlib
import logging
from typing import Any

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.log import JsonLines
from functions.shop.state import State
from tests.web.paying import event_body, pay, signature
from tests.web.test_checkout import ordered, the_order_now


def http_event(body: bytes, header: str, *, encoded: bool) -> dict[str, Any]:
    """What API Gateway hands over (payload format 2.0)."""
    return {
        "version": "2.0",
        "rawPath": "/stripe/events",
        "rawQueryString": "",
        "headers": {"host": "127.0.0.1:8000", "content-type": "application/json", "stripe-signature": header},
        "requestContext": {"http": {"method": "POST", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},
        "body": base64.b64encode(body).decode() if encoded else body.decode(),
        "isBase64Encoded": encoded,
    }


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "base64"])
def test_an_event_is_settled_whichever_way_its_body_comes(
    app: App, browser: Client, monkeypatch: pytest.MonkeyPatch, encoded: bool
) -> None:
    for name, value in app._environ.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    entry = importlib.reload(importlib.import_module("functions.lambda_stripe"))
    assert [type(one.formatter) for one in root.handlers] == [JsonLines]
    order = ordered(app, browser)
    pay(order.pay_url)
    body = event_body(order.session, order.id)
    forged = entry.handler(http_event(body, signature(body, secret="whsec_other"), encoded=encoded), None)
    assert (forged["statusCode"], the_order_now(app, order).state) == (400, State.PENDING)
    answer = entry.handler(http_event(body, signature(body), encoded=encoded), None)
    assert (answer["statusCode"], the_order_now(app, order).state) == (204, State.PAID)
