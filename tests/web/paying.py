"""Stripe's side of a purchase: somebody fills in the payment page, and a webhook is sent."""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request

from werkzeug.test import Client, TestResponse

from functions.shop.order import Order
from tests.living_shop import WEBHOOK_SECRET

CARD, DECLINED, DEBIT_SETTLES = "4242424242424242", "4000000000000002", "AT611904300234573201"
SHOPPER = {
    "email": "sam@example.com",
    "name": "Sam Shopper",
    "line1": "1 Harbour Street",
    "line2": "",
    "postal_code": "F26 X0X0",
    "city": "Westport",
    "country": "IE",
    "state": "",
    "method": "card",
    "number": CARD,
    "expiry": "12 / 34",
    "cvc": "123",
}


def pay(pay_url: str, card: str = CARD, **fields: str) -> int:
    """Fill in the payment page and press the button; gives the status of the answer (303 is success)."""
    try:
        form = SHOPPER | {"use": card} | _shipping_rate(pay_url) | fields
        request = urllib.request.Request(pay_url, urllib.parse.urlencode(form).encode())
        with _opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def send_webhook(
    client: Client,
    order: Order,
    kind: str = "checkout.session.completed",
    at: int | None = None,
    secret: str = WEBHOOK_SECRET,
) -> TestResponse:
    """Tell the shop about an order's session, signed as Stripe signs."""
    body = event_body(order.session, order.id, kind)
    return client.post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body, secret=secret, at=at)})


def event_body(session: str, order_id: str, kind: str = "checkout.session.completed", **fields: object) -> bytes:
    """A webhook's body, in Stripe's form."""
    thing = {
        "id": session,
        "object": "checkout.session",
        "metadata": {"shop": "http://127.0.0.1:8000", "order_id": order_id},
    }
    event = {"id": "evt_1", "object": "event", "type": kind, "livemode": False, "data": {"object": thing}}
    return json.dumps(event | fields).encode()


def signature(body: bytes, *, secret: str = WEBHOOK_SECRET, at: int | None = None) -> str:
    """The header with which Stripe signs a webhook."""
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def _shipping_rate(pay_url: str) -> dict[str, str]:
    with _opener.open(pay_url, timeout=10) as answer:
        page = answer.read().decode()
    _, found, rest = page.partition('name="shipping_rate" value="')
    return {"shipping_rate": rest.split('"', 1)[0]} if found else {}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Stay: where the payment page sends the shopper is looked at, not followed."""


_opener = urllib.request.build_opener(_NoRedirect)
