"""Codes in the cart: what a coupon, a gift card and a VAT number change, from the cart to the payment page."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin
from functions.service.stocking import declare
from functions.shop.cart import CartLine
from functions.shop.promotion import Conditions, Kind, Promotion
from functions.web.entered import NOTHING, Entered, entered_from, entered_text
from tests.small_shop import SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, check_out, visible
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import the_order, the_order_now

pytestmark = pytest.mark.slow


FIVE_OFF = Promotion(
    "five", "Five off", Kind.AMOUNT, code="HARBOUR5", amount=500, conditions=Conditions(min_goods=2000)
)
NEWCOMERS = Promotion(
    "new", "Newcomers", Kind.PERCENT, code="WELCOME", percent=1000, conditions=Conditions(first_order=True)
)
CARD_GIFT = Promotion(
    "gift", "A card from us", Kind.GIFT, gift=CartLine("CARD", 1), conditions=Conditions(min_goods=4000)
)
FREE_POST = Promotion("post", "Free post", Kind.FREE_SHIPPING, code="POST")


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop with promotions."""
    promotions = (FIVE_OFF, NEWCOMERS, CARD_GIFT, FREE_POST)
    write_release(tmp_path / "build", VARIANTS, replace(SETTINGS, promotions=promotions))
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def enter(browser: Client, **texts: str) -> str:
    """Post what was typed as the cart's form does; gives what the cart says then."""
    assert browser.post("/cart", data=texts, headers=SELF).status_code == 303
    return visible(browser.get("/cart"))


def test_a_coupon_comes_off_in_the_cart_at_stripe_on_the_order_and_in_the_mail(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "PRINT-A4")
    page = enter(browser, code="harbour 5")
    assert "Subtotal €24.00 Five off -€5.00 Delivery €4.50 Total €23.50" in page
    check_out(browser)
    [session] = standin.sessions()
    assert (session["amount_total"], session["total_details"]["amount_discount"]) == (2350, 500)
    order = the_order(app, browser)
    assert ([one.name for one in order.discounts], order.discount, order.due) == (["Five off"], 500, 2350)
    pay(order.pay_url)
    send_webhook(browser, order)
    paid = the_order_now(app, order)
    assert (paid.state.value, paid.held) == ("paid", "")


def test_a_code_that_does_not_apply_says_why_and_can_be_taken_out(browser: Client) -> None:
    add(browser, "CARD")
    page = enter(browser, code="HARBOUR5")
    assert "HARBOUR5 is only for €20.00 or more. Please add €17.50." in page
    assert "There is no code “NOSUCH”. Please check how it is written." in enter(browser, code="NOSUCH")
    assert "NOSUCH" not in enter(browser, without="NOSUCH")


def test_a_coupon_for_first_orders_asks_who_orders_and_binds_the_payment_page_to_it(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "PRINT-A4")
    assert "WELCOME depends on who orders. Please enter your e-mail address." in enter(browser, code="WELCOME")
    assert 'name="email"' in browser.get("/cart").text
    page = enter(browser, email="Ada@Example.com")
    assert "Newcomers -€2.40" in page
    check_out(browser)
    [session] = standin.sessions()
    assert session["customer_email"] == "ada@example.com"


def test_what_is_no_e_mail_address_is_said_and_nothing_is_lost(browser: Client) -> None:
    add(browser, "PRINT-A4")
    answer = browser.post("/cart", data={"code": "WELCOME", "email": "ada at home"}, headers=SELF)
    assert answer.status_code == 400
    assert "That is no e-mail address. Please write it like name@example.com." in visible(answer)


def test_a_gift_is_a_line_of_its_own_that_costs_nothing_and_takes_stock(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "PRINT-A4", 2)
    page = visible(browser.get("/cart"))
    assert "A gift from us €0.00" in page
    assert "Subtotal €48.00 Delivery €4.50 Total €52.50" in page
    check_out(browser)
    order = the_order(app, browser)
    assert [(line.sku, line.quantity, line.cost, line.gift) for line in order.lines] == [
        ("PRINT-A4", 2, 4800, False), ("CARD", 1, 0, True),
    ]  # fmt: skip
    [session] = standin.sessions()
    assert (session["amount_subtotal"], session["amount_total"]) == (5050, 5250)


def test_a_coupon_for_free_post_sets_shipping_to_nothing(browser: Client) -> None:
    add(browser, "PRINT-A4")
    page = enter(browser, code="POST")
    assert "Delivery Free Total €24.00" in page


def test_what_was_entered_travels_in_a_cookie_and_comes_back_as_it_was() -> None:
    entered = Entered(("HARBOUR 5/ü", "~x"), "IE1234567T", "ada@example.com")
    assert entered_from(entered_text(entered)) == entered
    assert entered_text(NOTHING) == ""


@pytest.mark.parametrize("text", ["", "x", "a/b", "%00/x/y", "/".join("abcdefghij"), "a" * 5000])
def test_an_odd_cookie_is_never_an_error(text: str) -> None:
    assert len(entered_from(text).codes) <= 5


def test_a_cookie_with_what_is_no_e_mail_address_shows_the_cart_all_the_same(app: App, browser: Client) -> None:
    add(browser, "CARD")
    browser.set_cookie("entered", app.tokens.for_entered("HARBOUR5//ada%20at%20home"))
    assert "HARBOUR5 is only for €20.00 or more." in visible(browser.get("/cart"))


def test_a_cookie_that_we_did_not_sign_tries_no_codes(app: App, browser: Client) -> None:
    """Otherwise five codes could be tried with every look at the cart, past all limits."""
    add(browser, "CARD")
    browser.set_cookie("entered", "HARBOUR5//")
    assert "HARBOUR5" not in visible(browser.get("/cart"))


def test_a_code_that_something_was_bought_with_is_not_in_the_next_cart(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "PRINT-A4")
    enter(browser, code="HARBOUR5")
    check_out(browser)
    order = the_order(app, browser)
    pay(order.pay_url)
    send_webhook(browser, order)
    assert the_order_now(app, order).paid_like
    add(browser, "PRINT-A4")
    assert "Five off" not in visible(browser.get("/cart"))
