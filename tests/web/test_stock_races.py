"""Many shoppers press the button at the same moment, for bundles that share parts and for what can wait (R9 to R12)."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App, clock, new_id
from functions.ports import SessionLinks
from functions.service.carting import quote_cart
from functions.service.checkout import check_out as place_order
from functions.service.stocking import declare
from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Part, Variant
from functions.shop.decision import held
from functions.shop.errors import CheckoutRefused
from functions.shop.order import Order
from tests.small_shop import LAST_ONE, POSTCARD, write_release
from tests.web.forms import add, cart_form, check_out
from tests.web.test_checkout import stock, the_order

SET = Variant("SET", "set", "Set", 3000, "/products/set/", parts=(Part("CARD", 4), Part("LAST", 1)))
PAIR = Variant("PAIR", "pair", "Pair", 450, "/products/pair/", parts=(Part("CARD", 2),))
WAITS = Variant("WAITS", "waits", "Waits", 1000, "/products/waits/", declared=1, backorder="2–3 weeks")
PATIENT_SET = Variant(
    "PATIENT", "patient", "Set", 3000, "/products/patient/", parts=(Part("WAITS", 1),), backorder="a month"
)
LINKS = SessionLinks(paid="http://127.0.0.1:8000/order/paid", back="http://127.0.0.1:8000/order/back")
T = TypeVar("T")

pytestmark = pytest.mark.slow


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """Ten postcards, the last one of something, bundles of both, and the last one of what can wait."""
    write_release(tmp_path / "build", (POSTCARD, LAST_ONE, SET, PAIR, WAITS, PATIENT_SET))
    declare(every_variant(tmp_path / "build"), app.store)
    app.store.declare_stock({"CARD": 10})
    return app


def together(acts: list[Callable[[], T]]) -> list[T]:
    """Do all at the same moment."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def shopper(app: App, **quantities: int) -> Callable[[], Order | None]:
    """Somebody who has seen the cart and is about to press the button; no order when somebody else was faster."""
    release = app.catalogue.current()
    cart = Cart(tuple(CartLine(sku, quantity) for sku, quantity in quantities.items()))
    quote = quote_cart(cart, release=release, store=app.store, now=clock())
    assert quote.problems == ()

    def press() -> Order | None:
        try:
            return place_order(
                new_id(),
                quote,
                release=release,
                store=app.store,
                payments=app.payments,
                clock=clock,
                codes=app.codes,
                links=LINKS,
            )
        except CheckoutRefused:
            return None

    return press


def reserved(app: App, orders: list[Order]) -> bool:
    """Whether what is reserved is what these orders hold, and no more than there is."""
    holding: Counter[str] = Counter()
    for order in orders:
        holding.update(held(order))
    found = app.store.stock(["CARD", "LAST", "WAITS"])
    assert all(0 <= each.reserved <= each.on_hand for each in found.values())
    return {sku: each.reserved for sku, each in found.items()} == {sku: holding[sku] for sku in found}


@pytest.mark.parametrize("_round", range(5))
def test_bundles_and_their_parts_never_take_more_than_there_is(app: App, _round: int) -> None:
    wishes: list[dict[str, int]] = [{"SET": 1}, {"LAST": 1}, {"PAIR": 1, "CARD": 1}, {"CARD": 3, "PAIR": 2}]
    shoppers = [shopper(app, **wish) for wish in wishes * 4]
    orders = [order for order in together(shoppers) if order]
    assert reserved(app, orders)
    assert sum("LAST" in held(order) for order in orders) == 1
    assert stock(app, "CARD")[0] - stock(app, "CARD")[1] < 7  # whoever wanted up to seven would else have got them


@pytest.mark.parametrize("_round", range(5))
def test_of_nine_who_want_the_last_one_of_what_can_wait_one_has_it_and_all_have_an_order(app: App, _round: int) -> None:
    shoppers = [shopper(app, **wish) for wish in [{"WAITS": 1}, {"PATIENT": 1}, {"WAITS": 1, "CARD": 1}] * 3]
    orders = [order for order in together(shoppers) if order]
    assert len(orders) == 9
    assert reserved(app, orders)
    assert stock(app, "WAITS") == (1, 1)
    lines = [line for order in orders for line in order.lines if line.sku != "CARD"]
    assert [line.backordered for line in lines].count(False) == 1


@pytest.mark.parametrize("_round", range(5))
def test_a_double_click_on_the_last_one_of_what_can_wait_is_one_order_that_has_it(app: App, _round: int) -> None:
    browser = Client(app)
    add(browser, "WAITS")
    form = cart_form(browser)
    tabs = [Client(app) for _ in range(4)]
    for tab in tabs:
        tab.set_cookie("cart", "1:WAITS*1")
    answers = together([lambda tab=tab: check_out(tab, form) for tab in tabs])  # type: ignore[misc]
    assert len({answer.headers.get("Location") for answer in answers}) == 1
    assert [answer.status_code for answer in answers] == [303] * 4
    assert stock(app, "WAITS") == (1, 1)
    assert [line.backordered for line in the_order(app, tabs[0]).lines] == [False]
