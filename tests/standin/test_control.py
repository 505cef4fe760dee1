"""The control page and its JSON: the same powers as the methods."""

import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import stripe

from functions.local.standin import Standin

Create = Callable[..., stripe.checkout.Session]


def order(standin: Standin, action: str, accept: str = "application/json", **sent: Any) -> tuple[int, Any]:
    """As JSON; with `accept` text/html as a form of the page."""
    form = accept == "text/html"
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc, timeout=5)
    try:
        body = urlencode(sent) if form else json.dumps(sent)
        connection.request("POST", f"/_control/{action}", body, {"Content-Type": kind, "Accept": accept})
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, answer.headers["Location"] if form else json.loads(text)
    finally:
        connection.close()


def order_from(standin: Standin, headers: dict[str, str]) -> int:
    """What a browser is answered that sends a form with these headers, and tells to lose all deliveries."""
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc, timeout=5)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        connection.request("POST", "/_control/lose_all", "on=true", form | headers)
        return connection.getresponse().status
    finally:
        connection.close()


def page(standin: Standin, path: str = "/") -> str:
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_a_session_is_paid_and_refunded_by_json(create: Create, standin: Standin) -> None:
    status, body = order(standin, "pay", session=create().id)
    assert (status, body["result"]["attempt"]) == (200, "complete")
    payment = body["result"]["session"]["payment_intent"]
    status, body = order(standin, "refund", payment_intent=payment, amount=1000)
    assert (status, body["result"]["amount"]) == (200, 1000)
    status, body = order(standin, "refund", payment_intent=payment, amount=100_000)
    assert (status, body["error"]["param"]) == (400, "amount")


def test_three_d_secure_is_answered_by_json(create: Create, standin: Standin) -> None:
    session = create().id
    _, body = order(standin, "pay", session=session, number="4000002500003155")
    assert body["result"]["attempt"] == "authenticate"
    _, body = order(standin, "authenticate", session=session, authorised=False)
    assert body["result"]["attempt"] == "declined"


def test_a_delayed_payment_is_settled_by_json(create: Create, standin: Standin) -> None:
    session = create().id
    order(standin, "pay", session=session, number="AT611904300234573201")
    _, body = order(standin, "settle", payment=session, success=False)
    assert body["result"]["payment_status"] == "unpaid"
    assert standin.events()[0]["type"] == "checkout.session.async_payment_failed"
    status, _ = order(standin, "settle", payment=session)
    assert status == 400


def test_the_clock_is_advanced_by_json(create: Create, standin: Standin) -> None:
    create()
    assert order(standin, "advance_clock", seconds=86_400)[0] == 200
    assert [session["status"] for session in standin.sessions()] == ["expired"]
    status, body = order(standin, "advance_clock", seconds=-1)
    assert status == 400
    assert "only moves forward" in body["error"]


def test_misbehaviour_is_ordered_seen_and_ended_by_json(standin: Standin) -> None:
    order(standin, "hold")
    order(standin, "delay", seconds=2.5)
    order(standin, "duplicate", copies=3)
    order(standin, "reorder", on=True)
    order(standin, "lose_next", count=2)
    order(standin, "lose_all")
    order(standin, "fail_calls", kind="hang", times=2, seconds=1, match="POST")
    state = json.loads(page(standin, "/_control/state"))
    assert state["rules"] == {
        "hold": True,
        "delay": 2.5,
        "copies": 3,
        "reorder": True,
        "lose_next": 2,
        "lose_all": True,
    }
    assert state["faults"] == [{"kind": "hang", "times": 2, "seconds": 1.0, "match": "POST"}]
    order(standin, "behave")
    state = json.loads(page(standin, "/_control/state"))
    assert state["faults"] == []
    assert state["rules"] == {
        "hold": False,
        "delay": 0.0,
        "copies": 1,
        "reorder": False,
        "lose_next": 0,
        "lose_all": False,
    }


@pytest.mark.parametrize(
    ("action", "sent", "status"),
    [
        ("dance", {}, 404),
        ("pay", {}, 400),
        ("pay", {"session": "cs_none"}, 404),
        ("fail_calls", {"kind": "explode"}, 400),
        ("release", {"order": "sideways"}, 400),
        ("delay", {"seconds": "soon"}, 400),
    ],
)
def test_what_cannot_be_done_is_said_clearly(standin: Standin, action: str, sent: dict[str, str], status: int) -> None:
    found, body = order(standin, action, **sent)
    assert found == status
    assert body["error"]


def test_the_page_lists_sessions_and_events_with_buttons(create: Create, standin: Standin) -> None:
    create()
    standin.pay(create(client_reference_id="cart-7").id)
    text = page(standin)
    for expected in ("€83.40", "complete", "checkout.session.completed", "Refund the rest", "Expire", "cart-7"):
        assert expected in text


def test_a_button_leads_back_to_the_page(create: Create, standin: Standin) -> None:
    session = create().id
    assert order(standin, "expire", accept="text/html", session=session) == (303, "/")
    assert standin.sessions()[0]["status"] == "expired"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_that_is_open_elsewhere_in_the_browser_steers_nothing(standin: Standin, headers: dict[str, str]) -> None:
    assert order_from(standin, headers) == 403
    assert standin.state()["rules"]["lose_all"] is False


def test_its_own_page_and_programs_steer_it(standin: Standin) -> None:
    for headers in (
        {"Origin": standin.url},
        {"Origin": standin.url.replace("127.0.0.1", "localhost")},
        {"Sec-Fetch-Site": "same-origin"},
        {},
    ):
        assert order_from(standin, headers) == 303
    assert standin.state()["rules"]["lose_all"] is True
