"""Generated requests to every part by itself, and records to every queue: no answer is a fault, and none takes long.

`REQUESTS=10000` sends so many to each, in twenty minutes; `make test` sends fewer. What they are made of
is as in test_generated_requests.py and test_generated_acts.py, in any company: forms, tokens and keys of everything.
"""

import json
import os
import time
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.adapters.ses_tags import tagged
from functions.app import App
from functions.log import Event
from functions.shop.acts import Deliver, Pack, Ship
from functions.shop.order import Order
from tests.web.ordering import buy, do, now
from tests.web.paying import signature
from tests.web.test_generated_acts import fields, keys, tokens
from tests.web.test_generated_requests import (
    EMAILS,
    ENVIRON,
    GARBAGE,
    HEADER,
    JSON,
    METHODS,
    NUMBERS,
    SKUS,
    WISHES,
    Sent,
    Shop,
    answered,
    any_of,
    coded,
    events,
    genuine_events,
    headers,
    mostly,
    odd_events,
    some,
)
from tests.web.test_reading import PARTS

REQUESTS = int(os.environ.get("REQUESTS", "300"))
SLOWEST = 10.0  # seconds (R35)


@pytest.fixture
def orders(app: App) -> list[Order]:
    """A paid order, one that is packed, one that has arrived, and one whose key nobody here has."""
    found = [buy(app, Client(app), CARD=2) for _ in range(4)]
    do(app, found[1], Pack())
    do(app, found[2], Ship("DHL", "1"), Deliver())
    return [now(app, order) for order in found]


def paths(app: App, part: str, orders: list[Order]) -> st.SearchStrategy[str]:
    """The part's own addresses, with genuine order numbers and tokens, and those that come near."""
    routes = {route.split(" ", 1)[1] for route in getattr(app, part)().routes}
    downloads = [app.tokens.for_download(orders[2], 0), app.tokens.for_silence("mails", "x"), *tokens(app, orders[:1])]
    genuine = [path for path in routes if "<" not in path]
    genuine += [path.replace("<order_id>", order.id) for path in routes if "<order_id>" in path for order in orders]
    genuine += [path.replace("<token>", token) for path in routes if "<token>" in path for token in downloads]
    near = st.builds(lambda path, more: f"{path}/{more}", st.sampled_from(genuine), st.text(max_size=10))
    return any_of(*[st.sampled_from(genuine)] * 8, near)


def requests(app: App, part: str, orders: list[Order]) -> st.SearchStrategy[Sent]:
    """What anybody may send to a part: with keys and signed forms of all orders but the last, and whatever is kept."""
    cart = {"cart": mostly("1:CARD*2.TO-ORDER*1", "1:GONE*1", otherwise=HEADER), "wishlist": WISHES}
    cart |= dict.fromkeys(("destination", "entered", "notes", "seen"), HEADER)
    cookie = some(cart | {"paying": mostly(*(order.id for order in orders), otherwise=HEADER)})
    query = {
        "sku": mostly(*SKUS),
        "s": WISHES,
        "t": mostly(*(app.tokens.for_order(one.id) for one in orders)),
        "order": GARBAGE,
    }
    form = {"action": mostly("add", "update", "checkout", "remove", "keep", "cart"), "sku": mostly(*SKUS), "s": WISHES}
    form |= {"quantity": mostly(*NUMBERS), "email": mostly(*EMAILS), "code": GARBAGE, "country": mostly("IE", "XX")}
    both = st.builds(lambda one, other: one | other, fields(app, orders[:-1]), some(form))
    return st.builds(
        lambda method, path, head, kept, asked, body, environ: Sent(
            method,
            path,
            head
            | {
                "Cookie": _cookies(app, orders[:-1], kept),
                "Content-Type": body[0],
                "Stripe-Signature": signature(body[1]),
            },
            asked,
            body[1],
            environ,
        ),
        METHODS,
        paths(app, part, orders),
        headers(),
        cookie,
        st.just("") | some(query).map(urlencode),
        both.flatmap(coded),
        any_of(*[st.just({})] * 9, ENVIRON),
    )


def genuine(app: App, orders: list[Order]) -> Shop:
    """What is genuine, for news of it."""
    return Shop(app, tuple(orders[:-1]), orders[-1], {})


def news(app: App, orders: list[Order]) -> st.SearchStrategy[Sent]:
    """What anybody may send to the webhook: mostly news, signed by Stripe or not, genuine or with anything in it."""
    return any_of(*[events(genuine(app, orders))] * 4, requests(app, "stripe", orders))


def records(app: App, orders: list[Order]) -> st.SearchStrategy[dict[str, str]]:
    """Records of a queue: news by EventBridge of payments and of mails, in which anything may be, and anything else."""
    of_payments = any_of(*[genuine_events(genuine(app, orders))] * 2, *[odd_events(genuine(app, orders))] * 3)
    tags = {"order": mostly(*(order.id for order in orders)), "message": mostly("confirmation", "owner:x")}
    of_mails = st.fixed_dictionaries(
        {},
        optional={
            "eventType": mostly("Delivery", "Bounce", "Complaint", "Open"),
            "mail": any_of(*[some(tags).map(_tagged)] * 5, JSON, JSON.map(lambda odd: {"tags": odd})),
            "bounce": any_of(st.just({"bounceType": "Permanent"}), JSON),
        },
    )
    wrapped = st.builds(
        lambda name, detail: json.dumps({name: detail}),
        st.sampled_from(["detail", "Message", "Sns", "detail"]),
        any_of(*[of_payments.map(json.loads)] * 3, *[of_mails] * 3, JSON),
    )
    body = any_of(*[wrapped] * 5, JSON.map(json.dumps), GARBAGE, st.sampled_from(["", "[" * 100_000]))
    return st.builds(lambda body: {"messageId": "1", "body": body}, body)


def _tagged(tags: dict[str, str]) -> object:
    """What SES says of a mail with these tags."""
    return {"tags": {tag["Name"]: [tag["Value"]] for tag in tagged(tags)}}


def _cookies(app: App, orders: list[Order], kept: dict[str, str]) -> str:
    return "; ".join([keys(app, orders), *(f"{name}={text}" for name, text in kept.items())])


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_no_request_to_a_part_is_answered_with_a_fault_or_takes_long(app: App, orders: list[Order], part: str) -> None:
    """And what nobody here has the key of is as it was (R25, R27)."""
    slowest = 0.0

    @settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=news(app, orders) if part == "stripe" else requests(app, part, orders))
    def send(sent: Sent) -> None:
        nonlocal slowest
        began = time.monotonic()
        assert answered(app, sent) < 500
        slowest = max(slowest, time.monotonic() - began)

    send()
    assert slowest < SLOWEST
    assert now(app, orders[-1]) == orders[-1]


@pytest.mark.slow
@pytest.mark.parametrize("queue", ["stripe_bridge", "mail_events"])
def test_no_record_breaks_a_function_behind_a_queue_or_takes_long(
    app: App, orders: list[Order], queue: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A record is dealt with, refused, or comes again because something does not answer. No money moves."""
    handle, slowest = getattr(app, queue)(), 0.0

    @settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(record=records(app, orders))
    def hand_over(record: dict[str, str]) -> None:
        nonlocal slowest
        began = time.monotonic()
        assert handle({"Records": [record]}, None)["batchItemFailures"] in ([], [{"itemIdentifier": "1"}])
        slowest = max(slowest, time.monotonic() - began)

    hand_over()
    assert slowest < SLOWEST
    assert [one for one in caplog.records if one.getMessage() == Event.FAILED] == []
    assert [now(app, order).state for order in orders] == [order.state for order in orders]
