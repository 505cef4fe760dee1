"""Five thousand generated requests: whatever is sent, no answer is a fault and nothing moves that may not.

The requests are made of pieces that are genuine (tokens, keys, order numbers, signatures, this shop's Origin) and of
garbage, so that many get past the first check and fail, or succeed, at a later one.
"""

import json
import sqlite3
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.app import App
from functions.shop.order import Order
from functions.shop.state import State
from tests.web.forms import SELF, add, cart_form, check_out
from tests.web.paying import event_body, pay, send_webhook, signature
from tests.web.test_checkout import the_order_now

FORMS, EVENTS = 3800, 1200
TOO_MUCH = b"x" * 1_000_000
SKUS = ("CARD", "PRINT-A4", "LAST", "FREE", "TO-ORDER")
T = TypeVar("T")
TWO_LINES = "1:CARD*2.TO-ORDER*1"
OWN = SELF["Origin"]
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
    """One request. `environ` says otherwise what a server would say of it."""

    method: str
    path: str
    headers: dict[str, str]
    query: str = ""
    body: bytes = b""
    environ: dict[str, str] = field(default_factory=dict)

    def orders_it_may_make(self, shop: Shop) -> set[str]:
        """Only a genuine token that is posted to the one address, and from no other site, makes an order."""
        if (self.method, self.path) != ("POST", "/checkout") or self.headers.get("Origin", "") not in {"", OWN}:
            return set()
        return {order for token, order in shop.tokens.items() if token.encode() in self.body}


def answered(app: App, sent: Sent) -> int:
    """The status of the answer."""
    environ = {"PATH_INFO": sent.path.encode().decode("latin-1")} | sent.environ
    return (
        Client(app, use_cookies=False)
        .open(
            method=sent.method,
            query_string=sent.query,
            data=sent.body,
            headers=sent.headers,
            environ_overrides=environ,
        )
        .status_code
    )


@pytest.fixture
def shop(app: App) -> Shop:
    """Six orders being paid, one that is paid, and twelve cart pages that are open."""
    pending = tuple(_ordered(app, sku) for sku in ("LAST", *["CARD"] * 5))
    return Shop(app, pending, _paid(app), tokens=dict(_cart_page(app) for _ in range(12)))


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


def any_of(*strategies: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Each as likely as the next; one that is named twice is twice as likely, which `st.one_of` would not heed."""
    return st.sampled_from(strategies).flatmap(lambda chosen: chosen)


LONG = st.builds(lambda piece, times: piece * times, st.sampled_from("x1.<%é\0&"), st.integers(1_000, 70_000))
GARBAGE = any_of(*[st.text(max_size=30)] * 4, st.text("0123456789.-+eE*:,;='\"<>&%/", max_size=12), LONG)
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), max_size=60)
HEADER = any_of(*[PRINTABLE] * 5, st.integers(1_000, 70_000).map("x".__mul__))
METHODS = st.sampled_from(["GET"] * 4 + ["POST"] * 8 + ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ODD"])
EMAILS = ("ada@example.org", " ADA@Example.org ", "ada@example", "a@b.c\r\nBcc: d@e.fr", "<b>@example.org")
NUMBERS = ("1", "2", "3", "0", "99", "-1", "100")


def mostly(*genuine: str, otherwise: st.SearchStrategy[str] = GARBAGE) -> st.SearchStrategy[str]:
    """One of the genuine texts, five times out of six."""
    return any_of(*[st.sampled_from(genuine)] * 5, otherwise)


def some(fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[dict[str, str]]:
    """Any of these, each there or not."""
    return st.fixed_dictionaries({}, optional=fields)


WISHES = mostly("CARD", "CARD.LAST.GONE", "PRINT-A4.PRINT-A4..<b>", "A." * 60, otherwise=PRINTABLE)
ENVIRON = some(
    {
        "CONTENT_LENGTH": st.sampled_from(["", "0", "7", "-1", "abc", "9" * 20]),
        "HTTP_TRANSFER_ENCODING": st.just("chunked"),
        "PATH_INFO": st.sampled_from(["", "//cart", "/order/\xff\xfe", "/order/\0", "/cart/../order/x"]),
        "QUERY_STRING": st.sampled_from(["t=%ff&sku=%ff", "t", "&&=&", "sku=CARD&" * 60]),
    }
)
ODD_TYPES = mostly(
    "application/json", "text/plain", "multipart/form-data", f"{FORM}; charset=utf-16", "", otherwise=PRINTABLE
)


def browsing(shop: Shop) -> st.SearchStrategy[Sent]:
    """What a browser, or somebody who pretends to be one, may send to any address."""
    return st.builds(
        lambda method, path, headers, cookie, query, coded, environ: Sent(
            method, path, headers | {"Cookie": cookie, "Content-Type": coded[0]}, query, coded[1], environ
        ),
        METHODS,
        paths(shop),
        headers(),
        cookies(shop),
        st.just("") | some({"t": mostly(*keys(shop)), "sku": mostly(*SKUS), "s": WISHES}).map(urlencode),
        (cart_pages(shop) | loose_fields(shop)).flatmap(coded),
        any_of(*[st.just({})] * 9, ENVIRON),
    )


def paths(shop: Shop) -> st.SearchStrategy[str]:
    orders = [f"/order/{order.id}" for order in shop.orders]
    ours = ["/stock", "/stripe/events"] + ["/wishlist", "/notify"] * 4
    known = ["/cart", "/checkout"] * 8 + [*ours, *orders, *(f"{path}/release" for path in orders)]
    odd = st.text(max_size=20).map("/order/{}".format) | st.sampled_from(["/", "/cart/", "/order//release"])
    return any_of(*[st.sampled_from(known)] * 7, odd)


def headers() -> st.SearchStrategy[dict[str, str]]:
    """This shop's own Origin half of the time."""
    origin = st.just(OWN) | mostly("", "null", "https://evil.example", f"{OWN}.evil.example", otherwise=HEADER)
    others = {
        "X-Pouch-Fragment": mostly("cart", otherwise=HEADER),
        "Sec-Fetch-Site": mostly("same-origin", "cross-site", otherwise=HEADER),
        "Host": mostly("127.0.0.1:8000", otherwise=HEADER),
        "Referer": HEADER,
    }
    return st.builds(lambda own, rest: {"Origin": own} | rest, origin, st.just({}) | some(others))


def cookies(shop: Shop) -> st.SearchStrategy[str]:
    """A browser's notes: a new one's, or those of one that has all keys, or any."""
    cart = f"cart={TWO_LINES}"
    all_keys = "; ".join(f"order-{order.id}={shop.key(order)}" for order in shop.orders)
    paying = st.sampled_from(shop.orders).map(lambda order: f"{cart}; {all_keys}; paying={order.id}")
    return any_of(st.just(cart), st.just(f"{cart}; {all_keys}"), paying, odd_cookies(shop))


def odd_cookies(shop: Shop) -> st.SearchStrategy[str]:
    notes = {
        "cart": mostly(TWO_LINES, "1:LAST*1", "1:GONE*1.TO-ORDER*5", "1:" + "CARD*1." * 9_000, otherwise=HEADER),
        "destination": mostly("IE.ie-standard", "DE.eu-standard", "GB.gb-free", otherwise=HEADER),
        "wishlist": WISHES,
        "paying": mostly(*(order.id for order in shop.orders), otherwise=HEADER),
    }
    notes |= {f"order-{order.id}": mostly(*keys(shop), otherwise=HEADER) for order in shop.orders}
    return some(notes).map(lambda kept: "; ".join(f"{name}={text}" for name, text in kept.items()))


def keys(shop: Shop) -> list[str]:
    return [shop.key(order) for order in shop.orders]


def cart_pages(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    """The whole form of a cart page that is open, with up to two fields said differently."""
    page = {"action": "checkout", "country": "IE", "shipping": "ie-standard"}
    page |= {"quantity.CARD": "2", "quantity.TO-ORDER": "1"}
    changes = st.dictionaries(st.sampled_from([*page, "checkout", "remove"]), mostly(*NUMBERS), max_size=2)
    return st.builds(
        lambda token, change: page | {"checkout": token} | change,
        st.sampled_from(list(shop.tokens)),
        st.just({}) | changes,
    )


def loose_fields(shop: Shop) -> st.SearchStrategy[dict[str, str]]:
    """Fields of all forms, in any company."""
    return some(
        {
            "action": mostly("add", "update", "checkout", "remove", "keep", "cart"),
            "s": WISHES,
            "email": mostly(*EMAILS),
            "sku": mostly(*SKUS),
            "quantity": mostly(*NUMBERS),
            "quantity.CARD": mostly(*NUMBERS),
            "country": mostly("IE", "DE", "GB", "XX"),
            "shipping": mostly("ie-standard", "ie-express", "eu-standard", "gb-free"),
            "remove": mostly(*SKUS),
            "checkout": mostly(*shop.tokens, *keys(shop)),
        }
    )


def coded(fields: dict[str, str]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Content type and body of a form: as browsers send it, or under another name, or no form at all."""
    plain = urlencode(fields).encode()
    return any_of(
        *[st.just((FORM, plain))] * 6,
        st.just(("multipart/form-data; boundary=b", multipart(fields))),
        st.tuples(ODD_TYPES, st.just(plain) | st.binary(max_size=60)),
        st.tuples(st.just(FORM), st.binary(max_size=60)),
    )


def multipart(fields: dict[str, str]) -> bytes:
    parts = (f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items())
    return ("".join(parts) + "--b--\r\n").encode()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=8), SCALARS, max_size=3)
KINDS = ("checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_failed", "x")


def events(shop: Shop) -> st.SearchStrategy[Sent]:
    """Webhooks, most of them signed with the shop's own secret, over bodies that Stripe would never write."""
    bodies = any_of(
        genuine_events(shop), *[odd_events(shop)] * 3, st.binary(max_size=60), any_of(deep(), JSON.map(as_json))
    )
    return st.builds(
        lambda body, forged, origin: Sent(
            "POST",
            "/stripe/events",
            origin | {"Stripe-Signature": forged or signature(body)},
            body=body,
        ),
        bodies,
        any_of(*[st.just("")] * 9, HEADER, st.just(signature(b"another body")), st.just("t=1,v1=")),
        st.just({}) | st.just({"Origin": "https://evil.example"}),
    )


def genuine_events(shop: Shop) -> st.SearchStrategy[bytes]:
    """News that fits, and news that names the session of another order."""
    sessions, orders = (st.sampled_from([getattr(order, name) for order in shop.orders]) for name in ("session", "id"))
    return st.builds(event_body, sessions, orders, st.sampled_from(KINDS))


def odd_events(shop: Shop) -> st.SearchStrategy[bytes]:
    """News in which any field may be anything."""
    whole = [json.loads(event_body(order.session, order.id)) for order in shop.orders]
    ids = st.sampled_from(["ZZZZ-ZZZZ-ZZZZ", "cs_unknown", "../refunds", "", "\ud800", "x" * 9_000])
    place = st.sampled_from([(), ("data",), ("data", "object"), ("data", "object", "metadata")])
    name = st.sampled_from(["id", "object", "livemode", "account", "data", "metadata", "order_id", "shop"])
    return st.builds(with_odd_field, st.sampled_from(whole), place, name, JSON | ids).map(as_json)


def with_odd_field(event: dict[str, Any], place: tuple[str, ...], name: str, odd: object) -> dict[str, Any]:
    changed = deepcopy(event)
    inner = changed
    for step in place:
        inner = inner[step]
    inner[name] = odd
    return changed


def deep() -> st.SearchStrategy[bytes]:
    """Brackets within brackets; up to more than one megabyte."""
    return st.sampled_from([1, 1_000, 100_000, 1_100_000]).map(b"[".__mul__)


def as_json(thing: object) -> bytes:
    return json.dumps(thing).encode()


def send_all(shop: Shop, requests: st.SearchStrategy[Sent], count: int) -> Counter[int]:
    """Send so many generated requests; how often each status came back."""
    statuses: Counter[int] = Counter()

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=requests)
    def send(sent: Sent) -> None:
        before = shop.order_ids
        status = answered(shop.app, sent)
        assert status < 500
        assert shop.order_ids - before <= sent.orders_it_may_make(shop)
        statuses[status] += 1

    send()
    return statuses


def assert_all_is_well(shop: Shop) -> None:
    """The paid order is as it was, nothing was sold without money, and what is reserved is so for an open order."""
    assert the_order_now(shop.app, shop.paid) == shop.paid
    orders = [order for order in map(shop.app.store.order, shop.order_ids) if order]
    assert {order.id for order in orders if order.paid_like} == {shop.paid.id}
    assert {order.state for order in orders} <= {State.PENDING, State.EXPIRED, State.PAID}
    stock = shop.app.store.stock(SKUS)
    assert {sku: stock[sku].on_hand for sku in stock} == {"CARD": 499, "PRINT-A4": 3, "LAST": 1, "FREE": 10}
    held = {sku: sum(order.cart.quantity(sku) for order in orders if order.open) for sku in stock}
    assert {sku: stock[sku].reserved for sku in stock} == held
    assert all(0 <= stock[sku].reserved <= stock[sku].on_hand for sku in stock)
    waiting = [(sku, email) for sku in SKUS for email in shop.app.store.waiting_for_stock(sku)]
    assert waiting in ([], [("LAST", "ada@example.org")])  # all else can be had


@pytest.mark.slow
def test_no_generated_request_is_answered_with_a_fault_or_moves_what_it_may_not(shop: Shop) -> None:
    statuses = send_all(shop, browsing(shop), FORMS)
    assert statuses.keys() >= {200, 303, 400, 403, 404, 405, 409}
    assert answered(shop.app, Sent("POST", "/cart", {"Origin": OWN, "Content-Type": FORM}, body=TOO_MUCH)) == 413
    assert len(shop.order_ids) > len(
        shop.orders
    )  # some of the open cart pages were sent off, so the way to an order was walked
    assert_all_is_well(shop)


@pytest.mark.slow
def test_no_generated_webhook_is_answered_with_a_fault_or_moves_what_it_may_not(shop: Shop) -> None:
    statuses = send_all(shop, events(shop), EVENTS)
    assert statuses.keys() >= {204, 400}
    assert answered(shop.app, Sent("POST", "/stripe/events", {}, body=TOO_MUCH * 20)) == 413
    assert_all_is_well(shop)
