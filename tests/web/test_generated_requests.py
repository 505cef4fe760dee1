"""Five thousand generated requests: whatever is sent, no answer is a fault and nothing moves that may not.

The requests are made of pieces that are genuine (tokens, keys, order numbers, signatures, this shop's Origin) and of
garbage, so that many get past the first check and fail, or succeed, at a later one.
"""

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.app import App
from functions.shop.order import Order, State
from tests.web.forms import SELF, add, cart_form, check_out
from tests.web.paying import event_body, pay, send_webhook, signature
from tests.web.test_checkout import the_order_now

FORMS, EVENTS = 3800, 1200
SKUS = ("CARD", "PRINT-A4", "LAST", "FREE", "TO-ORDER")
TWO_LINES = "1:CARD*2.PRINT-A4*1"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop in the middle of business, and everything in it that is genuine."""

    app: App
    pending: tuple[Order, ...]
    paid: Order
    tokens: dict[str, str]  # the checkout field of a cart page that shows two lines: the order it would make

    @property
    def orders(self) -> tuple[Order, ...]:
        return (*self.pending, self.paid)

    @property
    def order_ids(self) -> set[str]:
        """The number of every order that is written down."""
        database = sqlite3.connect(self.app.setting("SHOP_DATABASE"))
        try:
            return {row[0] for row in database.execute("SELECT id FROM orders")}
        finally:
            database.close()

    def key(self, order: Order) -> str:
        return self.app.tokens.for_order(order.id)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. `environ` overrides what a server would say of it."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def shop(app: App) -> Shop:
    """Two orders being paid, one that is paid, and four cart pages that are open."""
    return Shop(app, (_ordered(app, "LAST"), _ordered(app, "CARD")), _paid(app), dict(_cart_page(app) for _ in range(4)))


def _ordered(app: App, sku: str) -> Order:
    browser = Client(app)
    add(browser, sku)
    check_out(browser)
    paying = browser.get_cookie("paying")
    assert paying
    order = app.store.order(paying.value)
    assert order
    return order


def _paid(app: App) -> Order:
    order = _ordered(app, "CARD")
    pay(order.pay_url)
    assert send_webhook(Client(app), order).status_code == 204
    return the_order_now(app, order)


def _cart_page(app: App) -> tuple[str, str]:
    browser = Client(app)
    browser.set_cookie("cart", TWO_LINES)
    token = cart_form(browser)["checkout"]
    return token, app.tokens.checkout(token).order_id


LONG = st.builds(lambda piece, times: piece * times, st.sampled_from("x1.<%é\0&"), st.integers(1_000, 70_000))
GARBAGE = st.one_of(st.text(max_size=30), st.text(max_size=30), st.text("0123456789.-+eE*:,;='\"<>&%/", max_size=12), LONG)
HEADER_GARBAGE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f\x85"), max_size=60)
METHODS = st.sampled_from(["GET", "POST"] * 5 + ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ODD"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def mostly(*genuine: str, otherwise: st.SearchStrategy[str] = GARBAGE) -> st.SearchStrategy[str]:
    """One of the genuine texts, three times out of four."""
    return st.one_of(*[st.sampled_from(genuine)] * 3, otherwise)


def some(fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[dict[str, str]]:
    """Any of these fields, each there or not."""
    return st.fixed_dictionaries({}, optional=fields)


def form_requests(shop: Shop) -> st.SearchStrategy[Sent]:
    """What a browser, or somebody who pretends to be one, may send to any address."""
    fields = cart_pages(shop) | loose_fields(shop)
    return st.builds(
        lambda sent, coded: replace(sent, body=coded[1], headers=sent.headers | coded[0]),
        st.builds(
            Sent,
            method=METHODS,
            path=paths(shop),
            query=st.just("") | some({"t": mostly(*keys(shop)), "sku": mostly(*SKUS)}).map(urlencode),
            headers=headers(shop),
            cookies=cookies(shop),
            environ=ENVIRON,
        ),
        fields.flatmap(coded),
    )


def cart_pages(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    """The whole form of a cart page that is open, with up to two fields said differently."""
    page = {"country": "IE", "shipping": "ie-standard", "quantity.CARD": "2", "quantity.PRINT-A4": "1"}
    page |= {"action": "checkout"}
    changed = st.dictionaries(st.sampled_from([*page, "checkout", "remove"]), GARBAGE, max_size=2)
    whole = st.sampled_from(list(shop.tokens)).map(lambda token: page | {"checkout": token})
    return st.builds(lambda form, change: form | change, whole, st.just({}) | changed)


def loose_fields(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    """Fields of all forms, in any company."""
    numbers = ("1", "2", "3", "0", "99", "-1", "100")
    return some(
        {
            "action": mostly("add", "update", "checkout"),
            "sku": mostly(*SKUS),
            "quantity": mostly(*numbers),
            "quantity.CARD": mostly(*numbers),
            "quantity.LAST": mostly(*numbers),
            "country": mostly("IE", "DE", "GB", "XX"),
            "shipping": mostly("ie-standard", "ie-express", "eu-standard", "gb-free"),
            "remove": mostly(*SKUS),
            "checkout": mostly(*shop.tokens, *keys(shop)),
        }
    )


def keys(shop: Shop) -> list[str]:
    return [shop.key(order) for order in shop.orders]


def paths(shop: Shop) -> st.SearchStrategy[str]:
    orders = [f"/order/{order.id}" for order in shop.orders]
    known = ["/cart", "/checkout"] * 4 + ["/stock", "/stripe/events", *orders, *(f"{path}/release" for path in orders)]
    odd = st.text(max_size=20).map("/order/{}".format) | st.sampled_from(["/", "//cart", "/cart/", "/order//release"])
    return st.one_of(*[st.sampled_from(known)] * 7, odd)


def headers(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    origin = st.just(SELF["Origin"]) | mostly("null", "https://evil.example", otherwise=HEADER_GARBAGE)
    others = {
        "X-Pouch-Fragment": mostly("cart", otherwise=HEADER_GARBAGE),
        "Sec-Fetch-Site": mostly("same-origin", "cross-site", otherwise=HEADER_GARBAGE),
        "Host": mostly("127.0.0.1:8000", otherwise=HEADER_GARBAGE),
        "Referer": HEADER_GARBAGE,
    }
    return st.builds(lambda own, rest: {"Origin": own} | rest, origin, st.just({}) | some(others))


def cookies(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    """A browser's notes. The cart is often the one that the open cart pages show."""
    long = st.integers(1, 10_000).map("1:{}".format("CARD*1." * 10_000).__getitem__(slice(None)).ljust)
    cart = mostly(TWO_LINES, TWO_LINES, "1:LAST*1", "1:GONE*1.TO-ORDER*5", otherwise=HEADER_GARBAGE | long)
    notes = {
        "cart": cart,
        "destination": mostly("IE.ie-standard", "DE.eu-standard", "GB.gb-free", otherwise=HEADER_GARBAGE),
        "paying": mostly(*(order.id for order in shop.orders), otherwise=HEADER_GARBAGE),
    }
    notes |= {f"order-{order.id}": mostly(shop.key(order), *keys(shop)) for order in shop.orders}
    return st.just({"cart": TWO_LINES}) | some(notes)
