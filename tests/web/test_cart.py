"""The cart: adding, changing, and whatever a form or a cookie may say that it should not."""

import re

import pytest
from werkzeug.test import Client

from functions.shop.cart import Cart, CartLine
from functions.shop.errors import InvalidCart
from tests.web.forms import SELF, add, cart_text, visible

pytestmark = pytest.mark.slow


def test_adding_leads_to_the_cart_and_remembers_it_in_a_cookie(browser: Client) -> None:
    answer = add(browser, "PRINT-A4", 2)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cart")
    assert cart_text(browser) == "1:PRINT-A4*2"


def test_the_cart_shows_lines_shipping_tax_and_total(browser: Client) -> None:
    add(browser, "PRINT-A4", 2)
    add(browser, "CARD", 4)
    page = visible(browser.get("/cart"))
    for text in ("Print", "A4, Oak", "€48.00", "Postcard", "€10.00", "€58.00", "€4.50", "€62.50", "€11.69"):
        assert text in page, text
    assert "€2.00 more and delivery is free" in page
    assert "Order and pay €62.50" in page


def test_adding_the_same_again_adds_up(browser: Client) -> None:
    add(browser, "CARD", 2)
    add(browser, "CARD", 3)
    assert cart_text(browser) == "1:CARD*5"


def test_quantities_destination_and_shipping_change_in_one_post(browser: Client) -> None:
    add(browser, "CARD", 2)
    add(browser, "PRINT-A4", 1)
    form = {
        "action": "update",
        "quantity.CARD": "3",
        "quantity.PRINT-A4": "0",
        "country": "DE",
        "shipping": "eu-standard",
    }
    assert browser.post("/cart", data=form, headers=SELF).status_code == 303
    assert cart_text(browser) == "1:CARD*3"
    page = visible(browser.get("/cart"))
    assert "€16.40" in page  # 3 × 2.50 + 8.90


def test_a_way_to_ship_of_another_country_falls_back_to_the_cheapest(browser: Client) -> None:
    add(browser, "CARD")
    browser.post("/cart", data={"country": "FR", "shipping": "ie-express"}, headers=SELF)
    assert "€11.40" in visible(browser.get("/cart"))  # 2.50 + 8.90


def test_remove_takes_a_line_out(browser: Client) -> None:
    add(browser, "CARD")
    add(browser, "LAST")
    browser.post("/cart", data={"remove": "CARD"}, headers=SELF)
    assert cart_text(browser) == "1:LAST*1"


def test_an_empty_cart_says_so_and_offers_no_payment(browser: Client) -> None:
    page = browser.get("/cart").get_data(as_text=True)
    assert "There is nothing in it yet." in page
    assert "/checkout" not in page


def test_more_than_there_is_gets_a_sentence_and_no_pay_button(browser: Client) -> None:
    add(browser, "PRINT-A4", 4)
    page = browser.get("/cart").get_data(as_text=True)
    assert "Only 3 of Print, A4, Oak left. Please order 3 or fewer." in page
    assert "/checkout" not in page


def test_what_is_made_to_order_never_sells_out_but_has_a_limit(browser: Client) -> None:
    assert add(browser, "TO-ORDER", 5).status_code == 303
    answer = add(browser, "TO-ORDER", 6)
    assert answer.status_code == 400
    assert "You can order 1 to 5 of this at a time, not 6." in visible(answer)
    assert cart_text(browser) == "1:TO-ORDER*5"


@pytest.mark.parametrize(
    "quantity", ["-1", "0", "1.5", "1e3", "true", "True", "", " ", "100", "99999999999999999999", "١", "0x1", "1;2"]
)
def test_an_odd_quantity_is_refused_and_nothing_changes(browser: Client, quantity: str) -> None:
    add(browser, "CARD", 2)
    answer = browser.post("/cart", data={"action": "add", "sku": "CARD", "quantity": quantity}, headers=SELF)
    assert answer.status_code == 400
    assert cart_text(browser) == "1:CARD*2"


@pytest.mark.parametrize(
    "sku", ["NOPE", "card", "", "CARD*2", "../CARD", "<script>", "CARD\n", "é", "A" * 33, "CARD'--"]
)
def test_an_unknown_sku_is_refused_and_nothing_changes(browser: Client, sku: str) -> None:
    add(browser, "CARD", 2)
    answer = browser.post("/cart", data={"action": "add", "sku": sku}, headers=SELF)
    assert answer.status_code == 400
    assert cart_text(browser) == "1:CARD*2"


def test_a_price_in_the_form_changes_nothing(browser: Client) -> None:
    data = {"action": "add", "sku": "PRINT-A4", "price": "1", "unit_price": "1", "total": "1"}
    browser.post("/cart", data=data, headers=SELF)
    assert "Order and pay €28.50" in visible(browser.get("/cart"))


def test_a_fifty_first_line_is_refused() -> None:
    full = Cart(tuple(CartLine(f"SKU-{n}", 1) for n in range(50)))
    with pytest.raises(InvalidCart, match="A cart holds 50 different things"):
        full.with_quantity("ONE-MORE", 1)


def test_a_cookie_with_fifty_one_lines_keeps_fifty(browser: Client) -> None:
    browser.set_cookie("cart", "1:" + ".".join(f"SKU-{n}*1" for n in range(51)))
    browser.get("/cart")
    assert cart_text(browser).count("*") == 50


@pytest.mark.parametrize(
    "cookie",
    ["", "1:", "2:CARD*1", "1:CARD", "1:CARD*-1", "1:CARD*1.5", "1:CARD*0", "1:CARD*100", "1:*1", "x" * 5000,
     "1:" + "CARD*1." * 900,     "1:CARD*true", "%00", "1:CARD*1*1", '{"CARD":1}', "1:<b>*1"],
)  # fmt: skip
def test_an_odd_cookie_is_an_empty_or_a_sane_cart(browser: Client, cookie: str) -> None:
    answer = Client(browser.application, use_cookies=False).get("/cart", headers={"Cookie": f"cart={cookie}"})
    assert answer.status_code == 200
    assert "no longer sold" not in visible(answer)


def test_a_line_that_is_no_longer_sold_is_named_and_can_be_removed(browser: Client) -> None:
    browser.set_cookie("cart", "1:GONE-1*1.CARD*1")
    page = visible(browser.get("/cart"))
    assert "Something in your cart (GONE-1) is no longer sold. It does not count towards the total." in page
    browser.post("/cart", data={"remove": "GONE-1"}, headers=SELF)
    assert cart_text(browser) == "1:CARD*1"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:8001", "http://127.0.0.1:8000.evil.example"]
)
def test_a_form_from_elsewhere_is_refused(browser: Client, origin: str) -> None:
    answer = browser.post("/cart", data={"action": "add", "sku": "CARD"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "For your safety we only accept forms from our own pages." in visible(answer)
    assert cart_text(browser) == ""


def test_a_form_without_origin_but_marked_cross_site_is_refused(browser: Client) -> None:
    data = {"action": "add", "sku": "CARD"}
    assert browser.post("/cart", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "multipart/form-data", "x"])
def test_another_content_type_adds_nothing(browser: Client, kind: str) -> None:
    answer = browser.post("/cart", data=b'{"action":"add","sku":"CARD"}', content_type=kind, headers=SELF)
    assert answer.status_code in {303, 400}
    assert cart_text(browser) == ""


def test_a_body_that_is_too_large_is_refused(browser: Client) -> None:
    answer = browser.post("/cart", data={"sku": "x" * 70_000}, headers=SELF)
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(browser: Client, method: str) -> None:
    answer = browser.open("/cart", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_a_get_with_parameters_changes_nothing(browser: Client) -> None:
    browser.get("/cart?action=add&sku=CARD&quantity=1&remove=CARD")
    assert cart_text(browser) == ""


def test_a_fragment_is_the_same_form_without_the_page_around_it(browser: Client) -> None:
    add(browser, "CARD")
    fragment = browser.get("/cart", headers={"X-Pouch-Fragment": "cart"}).get_data(as_text=True)
    page = browser.get("/cart").get_data(as_text=True)
    unsigned = re.compile(r'name="checkout" value="[^"]+"')
    assert "<html" not in fragment
    assert unsigned.sub("", fragment.strip()) in unsigned.sub("", page)


def test_function_pages_carry_the_security_headers(browser: Client) -> None:
    headers = browser.get("/cart").headers
    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_address_wears_the_chrome(browser: Client) -> None:
    answer = browser.get("/order/x/y/z")
    assert answer.status_code == 404
    assert "There is nothing at this address" in visible(answer)
