"""From the product to the confirmation: bundles, back-orders, pre-orders, files, and what is not sent everywhere."""

import urllib.request
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin
from functions.service.settlement import save
from functions.service.stocking import declare
from functions.shop.catalogue import Part, Variant
from functions.shop.facts import SessionFacts
from functions.shop.order import Order
from functions.shop.settings import Closure
from functions.shop.settling import decide
from tests.small_shop import PRINT_A4, SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, cart_form, cart_text, check_out, visible
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import SETTINGS_NAMES, mails, paying, stock, the_order, the_order_now

pytestmark = pytest.mark.slow


SET = Variant("SET", "set", "Set", 3000, "/products/set/", parts=(Part("CARD", 4), Part("LAST", 1)))
WAITS = Variant("WAITS", "waits", "Waits", 1000, "/products/waits/", declared=1, backorder="2–3 weeks")
COMING = Variant("COMING", "coming", "Calendar", 1800, "/products/coming/", declared=9, release_date="2999-05-12")
FILE = Variant("FILE", "file", "Wallpaper", 500, "/products/file/", tracked=False, digital=True)
FRAGILE = replace(PRINT_A4, sku="FRAGILE", title="Glass", options=(), ships_to=("IE", "GB"))
ALL = (*VARIANTS, SET, WAITS, COMING, FILE, FRAGILE)


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop with one product of each kind."""
    write_release(tmp_path / "build", ALL)
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def bought(app: App, browser: Client) -> Order:
    """The order once it is paid."""
    order = the_order(app, browser)
    assert pay(order.pay_url) == 303
    assert send_webhook(browser, order).status_code == 204
    return the_order_now(app, order)


def payment_page(order: Order) -> str:
    """What the payment page says."""
    with urllib.request.urlopen(order.pay_url, timeout=10) as answer:
        return str(answer.read().decode())


def the_mail(app: App) -> str:
    """The text of the one mail that was sent."""
    [path] = mails(app)
    body = message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",))
    assert body
    return " ".join(str(body.get_content()).split())


def test_a_bundle_takes_its_parts_and_gives_them_back(app: App, browser: Client) -> None:
    add(browser, "SET")
    check_out(browser)
    assert (stock(app, "CARD"), stock(app, "LAST")) == ((500, 4), (1, 1))
    assert app.store.stock(["SET"]) == {}
    browser.post(f"/order/{paying(browser)}/release", headers=SELF)
    assert (stock(app, "CARD"), stock(app, "LAST")) == ((500, 0), (1, 0))
    check_out(browser)
    order = bought(app, browser)
    assert (order.state.value, order.total) == ("paid", 3450)
    assert (stock(app, "CARD"), stock(app, "LAST")) == ((496, 0), (0, 0))
    other = Client(app)
    add(other, "SET")
    assert "Set is sold out. Please remove it." in visible(other.get("/cart"))


def test_a_bundle_and_its_part_in_one_cart_cannot_take_more_than_there_is(app: App, browser: Client) -> None:
    add(browser, "LAST")
    add(browser, "SET")
    page = visible(browser.get("/cart"))
    assert "Set is sold out beside The last one in your cart. Please remove one of them." in page
    assert "Order and pay" not in page
    answer = check_out(browser)
    assert answer.status_code == 409
    assert (stock(app, "CARD"), stock(app, "LAST")) == ((500, 0), (1, 0))


def test_a_back_order_is_said_in_cart_payment_page_order_and_mail(app: App, browser: Client, standin: Standin) -> None:
    add(browser, "WAITS", 2)
    page = visible(browser.get("/cart"))
    assert "Back-order: sent in 2–3 weeks" in page
    assert "What is a pre-order or a back-order is sent as its line says." in page
    check_out(browser)
    [session] = standin.sessions()
    assert session["shipping_options"][0]["shipping_amount"] == 450
    assert "Back-order: sent in 2–3 weeks" in payment_page(the_order(app, browser))
    order = bought(app, browser)
    assert order.total == 2450
    assert stock(app, "WAITS") == (1, 0)
    shown = visible(browser.get(f"/order/{order.id}"))
    assert "Waits 2 × €10.00 Back-order: sent in 2–3 weeks" in shown
    assert "Standard 1–3 working days on the way, once it is sent; what comes later, as it says below" in shown
    assert "Waits Back-order: sent in 2–3 weeks 2 × €10.00" in the_mail(app)
    assert "What is a pre-order or a back-order is sent as it says above." in the_mail(app)


def test_what_fits_is_no_back_order(app: App, browser: Client) -> None:
    add(browser, "WAITS")
    assert "Back-order" not in visible(browser.get("/cart"))
    check_out(browser)
    assert stock(app, "WAITS") == (1, 1)


def test_who_was_shown_it_in_stock_is_asked_again_when_it_has_to_wait(app: App, browser: Client) -> None:
    add(browser, "WAITS")
    page = cart_form(browser)
    faster = Client(app)
    add(faster, "WAITS")
    check_out(faster)
    answer = check_out(browser, page)
    assert answer.status_code == 409
    assert "Your cart has changed since this page was opened. Please check it and order again." in visible(answer)
    assert "Back-order: sent in 2–3 weeks" in visible(answer)
    assert check_out(browser).status_code == 303
    assert [line.backordered for line in the_order(app, browser).lines] == [True]
    assert stock(app, "WAITS") == (1, 1)


def test_money_that_comes_late_for_what_is_sold_out_becomes_a_back_order(app: App, browser: Client) -> None:
    add(browser, "WAITS")
    check_out(browser)
    late = the_order(app, browser)
    assert pay(late.pay_url) == 303
    ended = SessionFacts(late.session, late.id, "expired", "unpaid", late.total, late.currency)
    save(decide(late, ended, late.expires_at), app.store)
    faster = Client(app)
    add(faster, "WAITS")
    check_out(faster)
    assert send_webhook(browser, late).status_code == 204
    order = the_order_now(app, late)
    assert (order.state.value, order.refunds, order.lines[0].backordered) == ("paid", (), True)
    assert stock(app, "WAITS") == (1, 1)
    assert "Back-order: sent in 2–3 weeks" in the_mail(app)


def test_a_pre_order_says_from_when_it_is_sent(app: App, browser: Client) -> None:
    add(browser, "COMING")
    assert "Pre-order: sent from 12 May 2999" in visible(browser.get("/cart"))
    check_out(browser)
    assert stock(app, "COMING") == (9, 1)
    assert "Pre-order: sent from 12 May 2999" in payment_page(the_order(app, browser))
    order = bought(app, browser)
    assert stock(app, "COMING") == (8, 0)
    assert "Pre-order: sent from 12 May 2999" in visible(browser.get(f"/order/{order.id}"))
    assert "Pre-order: sent from 12 May 2999" in the_mail(app)


def test_a_cart_of_files_is_asked_for_no_destination_and_paid_without_one(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "FILE", 2)
    answer = browser.get("/cart")
    page = visible(answer)
    assert 'name="country"' not in answer.text
    assert 'name="shipping"' not in answer.text
    assert "Nothing to send: you get the file by e-mail." in page
    assert "A file, sent by e-mail" in page
    assert "Order and pay €10.00" in page
    assert check_out(browser).status_code == 303
    [session] = standin.sessions()
    assert session["shipping_address_collection"] is None
    assert session["shipping_options"] == []
    order = bought(app, browser)
    assert (order.country, order.shipping, order.address, order.total, order.held) == ("", None, None, 1000, "")
    assert order.payments[0].amount == 1000
    shown = visible(browser.get(f"/order/{order.id}"))
    assert "Your order is paid." in shown
    assert "Where it goes" not in shown
    mail = the_mail(app)
    assert "Your payment has reached us." in mail
    assert "Nothing to send: you get what you ordered by e-mail." in mail
    assert "working days" not in mail


def test_a_file_leaves_the_chosen_destination_as_it_was(app: App, browser: Client) -> None:
    add(browser, "CARD")
    browser.post("/cart", data={"country": "DE", "shipping": "eu-standard"}, headers=SELF)
    browser.post("/cart", data={"remove": "CARD"}, headers=SELF)
    add(browser, "FILE")
    check_out(browser)
    bought(app, browser)
    add(browser, "CARD")
    assert cart_form(browser)["country"] == "DE"


def test_a_second_click_on_a_cart_of_files_leads_to_the_same_order(app: App, browser: Client) -> None:
    add(browser, "FILE")
    page = cart_form(browser)
    first, second = check_out(browser, page), check_out(browser, page)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])


def test_a_file_beside_a_card_is_sent_with_it_and_by_mail(app: App, browser: Client) -> None:
    add(browser, "FILE")
    add(browser, "CARD")
    check_out(browser)
    order = bought(app, browser)
    assert (order.country, order.total) == ("IE", 1200)
    assert "A file, sent by e-mail" in the_mail(app)


def test_what_is_not_sent_somewhere_is_named_with_what_to_do(app: App, browser: Client) -> None:
    add(browser, "FRAGILE")
    add(browser, "CARD")
    browser.post("/cart", data={"country": "DE"}, headers=SELF)
    page = browser.get("/cart")
    assert (
        "Glass cannot be sent to Germany, only to Ireland and United Kingdom. "
        "Please remove it or choose another destination." in visible(page)
    )
    assert "/checkout" not in page.text
    assert check_out(browser).status_code == 409
    assert stock(app, "FRAGILE") == (3, 0)
    browser.post("/cart", data={"country": "GB"}, headers=SELF)
    assert check_out(browser).status_code == 303
    assert the_order(app, browser).country == "GB"


def test_a_closed_shop_keeps_the_cart_and_takes_no_order(app: App, browser: Client, tmp_path: Path) -> None:
    add(browser, "CARD")
    page = cart_form(browser)
    closed = Closure("2000-01-01", "2999-01-01", "We are at sea.", orders=False)
    write_release(tmp_path / "build", ALL, replace(SETTINGS, closures=(closed,)))
    again = App({name: app.setting(name) for name in SETTINGS_NAMES})
    visitor = Client(again)
    visitor.set_cookie("cart", "1:CARD*1")
    shown = visible(visitor.get("/cart"))
    assert "We are at sea. You can order again from 2 January 2999; your cart is kept." in shown
    assert "Order and pay" not in shown
    answer = visitor.post("/checkout", data=page, headers=SELF)
    assert answer.status_code == 409
    assert "We are at sea. You can order again from 2 January 2999; your cart is kept." in visible(answer)
    assert again.store.stock(["CARD"])["CARD"].reserved == 0
    assert cart_text(visitor) == "1:CARD*1"
