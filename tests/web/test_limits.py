"""Limits: how many orders and codes one place may try, how a place is told, and that no address is written down."""

import sqlite3
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App
from functions.local.standin import Standin
from functions.service.finding import orders_in
from functions.shop.listing import List
from functions.shop.order import Order
from functions.web.limit import place_of
from tests.living_shop import settings
from tests.web.forms import SELF, add, cart_form, cart_text, check_out, from_address, visible

pytestmark = pytest.mark.slow


HERE = "8.8.8.8"


def order_from(app: App, sku: str = "CARD", quantity: int = 1, address: str = HERE, **headers: str) -> TestResponse:
    """What a browser that has just come is answered when it orders."""
    browser = from_address(app, address, **headers)
    add(browser, sku, quantity)
    return check_out(browser)


def orders(app: App) -> list[Order]:
    """All orders, the oldest first."""
    return list(orders_in(List.ALL, app.store))


def reserved(app: App, sku: str) -> int:
    return app.store.stock([sku])[sku].reserved


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("8.8.8.8", "8.8.8.8"),
        ("8.8.8.8:46532", "8.8.8.8"),
        ("2606:4700:1:2:3:4:5:6", "2606:4700:1:2::/64"),
        ("2606:4700:1:2:ffff::9", "2606:4700:1:2::/64"),
        ("2606:4700:1:2:3:4:5:6:46532", "2606:4700:1:2::/64"),
        ("[2606:4700:1:2::9]:443", "2606:4700:1:2::/64"),
        ("::ffff:8.8.8.8", "8.8.8.8"),
        (" 8.8.8.8 ", "8.8.8.8"),
        ("127.0.0.1", ""),
        ("10.1.2.3:80", ""),
        ("::1", ""),
        ("fd00::1", ""),
        ("", ""),
        ("unknown", ""),
        ("8.8.8.8, 9.9.9.9", ""),
        ("8.8.8", ""),
    ],
)
def test_a_place_is_an_address_without_its_port_or_the_network_of_a_household(address: str, place: str) -> None:
    """Our own proxies are nobody's place, or all the world would share one count."""
    assert place_of(address) == place


def test_ten_orders_an_hour_from_one_place(app: App) -> None:
    """The eleventh gets its cart back with all that was entered, reserves nothing, and is told whom to call."""
    assert [order_from(app, quantity=number).status_code for number in range(1, 11)] == [303] * 10
    browser = from_address(app, HERE)
    add(browser, "TO-ORDER", 2)
    answer = check_out(browser, cart_form(browser) | {"country": "DE", "gift_note": "For you"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "Many orders have come from your connection" in visible(answer)
    assert "+353 20 912 3456" in visible(answer)
    assert "For you</textarea>" in answer.text
    assert '<option value="DE" selected>' in answer.text
    assert cart_text(browser) == "1:TO-ORDER*2"
    assert reserved(app, "CARD") == 55


def test_another_place_orders_all_the_same(app: App) -> None:
    """Whoever is next door is no reason to refuse somebody."""
    for number in range(1, 11):
        order_from(app, quantity=number)
    assert order_from(app, address="8.8.4.4").status_code == 303
    assert order_from(app).status_code == 429


def test_five_orders_of_the_same_cart_in_ten_minutes_from_one_place(app: App) -> None:
    """Who tries out cards takes the same cheap thing again and again; another cart is welcome."""
    answers = [order_from(app) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert answers[5].headers["Retry-After"] == "600"
    assert order_from(app, "PRINT-A4").status_code == 303


def test_the_pay_button_can_be_pressed_as_often_as_one_likes(app: App) -> None:
    """One form makes one order, so pressing it again counts for nothing."""
    browser = from_address(app, HERE)
    add(browser, "CARD")
    form = cart_form(browser)
    assert [check_out(browser, form).status_code for _ in range(12)] == [303] * 12
    assert reserved(app, "CARD") == 1


def test_a_browser_that_is_refused_keeps_the_order_it_has(app: App) -> None:
    """Its payment page stays open and its stock reserved."""
    browser = from_address(app, HERE)
    add(browser, "PRINT-A4")
    check_out(browser)
    for number in range(1, 10):
        order_from(app, quantity=number)
    assert check_out(browser).status_code == 429
    assert reserved(app, "PRINT-A4") == 1


def test_a_browser_holds_one_order_at_a_time(app: App) -> None:
    """Ordering anew gives up what it held before, so nobody empties the shelf from one browser."""
    browser = from_address(app, HERE)
    add(browser, "PRINT-A4", 2)
    check_out(browser)
    add(browser, "PRINT-A4", 1)
    assert check_out(browser).status_code == 303
    assert reserved(app, "PRINT-A4") == 3


def test_fifty_unpaid_pieces_are_kept_for_one_place_and_no_more(app: App) -> None:
    """Whoever orders and never pays keeps things from others; a single order may be of more, and others order on."""
    assert [order_from(app, quantity=number).status_code for number in (1, 48, 60)] == [303] * 3
    answer = order_from(app, quantity=2)
    assert (answer.status_code, answer.headers["Retry-After"], reserved(app, "CARD")) == (429, "2100", 109)
    assert "Much of what we have is kept for orders from your connection that are not paid yet" in visible(answer)
    assert "+353 20 912 3456" in visible(answer)
    assert order_from(app, address="8.8.4.4").status_code == 303


def test_what_is_paid_or_given_up_is_not_held_against_a_place(app: App, standin: Standin) -> None:
    first, second = from_address(app, HERE), from_address(app, HERE)
    for browser, quantity in ((first, 30), (second, 20)):
        add(browser, "CARD", quantity)
        check_out(browser)
    assert order_from(app).status_code == 429
    paid, open_one = sorted(orders(app), key=lambda order: -order.lines[0].quantity)
    standin.pay(paid.session)
    first.get(f"/order/{paid.id}")
    assert {order.id: order.from_place == "" for order in orders(app)} == {paid.id: True, open_one.id: False}
    assert order_from(app, quantity=2).status_code == 303


def test_a_browser_may_order_anew_what_it_has_not_paid(app: App) -> None:
    """What it held before is given up, so it does not count."""
    browser = from_address(app, HERE)
    add(browser, "CARD", 60)
    check_out(browser)
    add(browser, "CARD", 1)
    assert check_out(browser).status_code == 303
    assert reserved(app, "CARD") == 61


def test_where_nobody_knows_who_asks_nothing_is_held_against_anybody(app: App) -> None:
    assert [order_from(app, quantity=60, address="127.0.0.1").status_code for _ in range(2)] == [303] * 2
    assert {order.from_place for order in orders(app)} == {""}


def test_twenty_codes_in_ten_minutes_from_one_place(app: App) -> None:
    """Then not even a look at a code is worth it: the answer is the same for every code, and the cart is kept."""
    browser = from_address(app, HERE)
    add(browser, "CARD", 2)
    for number in range(20):
        assert browser.post("/cart", data={"code": f"TRY{number}"}, headers=SELF).status_code == 303
    answer = browser.post("/cart", data={"code": "TRY20", "quantity.CARD": "3"}, headers=SELF)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert "Many codes were tried from your connection." in visible(answer)
    assert "TRY20" not in visible(answer)
    assert cart_text(browser) == "1:CARD*3"
    assert browser.post("/cart", data={"quantity.CARD": "4"}, headers=SELF).status_code == 303


def test_the_pay_button_tries_no_codes_either(app: App) -> None:
    """A code that is typed before the pay button is pressed counts like any other."""
    browser = from_address(app, HERE)
    add(browser, "CARD")
    for number in range(20):
        browser.post("/cart", data={"code": f"TRY{number}"}, headers=SELF)
    answer = check_out(browser, cart_form(browser) | {"code": "TRY20"})
    assert answer.status_code == 429
    assert "TRY20" not in visible(answer)
    assert check_out(browser).status_code == 303


def test_a_header_with_an_address_is_believed_only_when_the_shop_names_it(app: App) -> None:
    """Anybody can send X-Forwarded-For; it must not make somebody a new place."""
    assert [order_from(app, X_FORWARDED_FOR=f"9.9.9.{n}").status_code for n in range(6)] == [303] * 5 + [429]


def test_behind_a_cdn_its_header_tells_places_apart(tmp_path: Path, app: App) -> None:
    """The connection is the CDN's own; the header has the shopper's address with its port."""
    environ = settings("http://127.0.0.1:8000", app.setting("STRIPE_API_BASE"), tmp_path, tmp_path / "build")
    behind = App(environ | {"CLIENT_ADDRESS_HEADER": "CloudFront-Viewer-Address"})
    viewers = [f"2606:4700:1:2::{n}:46532" for n in range(6)]
    assert [order_from(behind, CLOUDFRONT_VIEWER_ADDRESS=one).status_code for one in viewers] == [303] * 5 + [429]
    assert order_from(behind, CLOUDFRONT_VIEWER_ADDRESS="2606:4700:1:3::1:46532").status_code == 303


def test_where_nobody_knows_who_asks_nobody_is_counted(app: App) -> None:
    """Behind a proxy that is not named everybody would be one place, and the shop would sell ten things an hour."""
    assert [order_from(app, address="127.0.0.1").status_code for _ in range(12)] == [303] * 12


def test_no_address_is_written_down(app: App, browser: Client) -> None:
    """Counts stand under hashes that only the shop's secret makes (R26)."""
    order_from(app)
    database = sqlite3.connect(app.setting("SHOP_DATABASE"))
    keys = [key for (key,) in database.execute("SELECT key FROM tries ORDER BY key")]
    database.close()
    assert [key.partition(":")[0] for key in keys] == ["orders", "same-cart"]
    assert all(len(key.partition(":")[2]) == 32 for key in keys)
    assert HERE not in "".join(keys)
