"""Generated requests to every part by itself: no answer is a fault, and none takes long.

`REQUESTS=10000` sends so many to each, as is done every night; `make test` sends fewer. What they are made of
is as in test_generated_requests.py and test_generated_acts.py, in any company: forms, tokens and keys of everything.
"""

import os
import time
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.app import App
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
    METHODS,
    NUMBERS,
    SKUS,
    WISHES,
    Sent,
    answered,
    any_of,
    coded,
    headers,
    mostly,
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
    """What anybody may send to a part: with the keys of all orders but the last, and whatever else browsers keep."""
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
    both = st.builds(lambda one, other: one | other, fields(app, orders), some(form))
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


def _cookies(app: App, orders: list[Order], kept: dict[str, str]) -> str:
    return "; ".join([keys(app, orders), *(f"{name}={text}" for name, text in kept.items())])


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_no_request_to_a_part_is_answered_with_a_fault_or_takes_long(app: App, orders: list[Order], part: str) -> None:
    """And what nobody here has the key of is as it was (R25, R27)."""
    slowest = 0.0

    @settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=requests(app, part, orders))
    def send(sent: Sent) -> None:
        nonlocal slowest
        began = time.monotonic()
        assert answered(app, sent) < 500
        slowest = max(slowest, time.monotonic() - began)

    send()
    assert slowest < SLOWEST
    assert now(app, orders[-1]) == orders[-1]
