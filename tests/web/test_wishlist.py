"""`/wishlist`: the address is the list, and only a post changes what this browser remembers."""

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App
from tests.web.forms import SELF, add, cart_text, check_out, visible


def wish(browser: Client, action: str, **fields: str) -> TestResponse:
    """Press a button of a wishlist's form."""
    return browser.post("/wishlist", data={"action": action} | fields, headers=SELF)


def remembered(browser: Client) -> str:
    """The wishlist cookie's text."""
    cookie = browser.get_cookie("wishlist")
    return cookie.value if cookie else ""


def test_adding_leads_to_the_address_that_holds_the_list(browser: Client) -> None:
    first = wish(browser, "add", sku="PRINT-A4")
    assert (first.status_code, first.headers["Location"]) == (303, "/wishlist?s=PRINT-A4")
    second = wish(browser, "add", sku="CARD", quantity="3")
    assert (second.status_code, second.headers["Location"]) == (303, "/wishlist?s=PRINT-A4.CARD")
    assert remembered(browser) == "PRINT-A4.CARD"
    assert wish(browser, "add", sku="CARD").headers["Location"] == "/wishlist?s=PRINT-A4.CARD"


def test_the_list_shows_names_prices_and_what_can_be_had_now(browser: Client) -> None:
    buyer = Client(browser.application)
    add(buyer, "LAST")
    check_out(buyer)
    page = visible(browser.get("/wishlist?s=PRINT-A4.LAST.CARD.TO-ORDER"))
    assert "Print A4, Oak Only 3 left €24.00" in page
    assert "The last one Sold out €10.00 Tell me when it’s back" in page
    assert "Postcard In stock €2.50 Add to cart" in page
    assert "Made to order Made to order €99.00" in page
    places = [page.index(name) for name in ("Print A4, Oak", "The last one Sold", "Postcard In", "Made to order Made")]
    assert places == sorted(places)


def test_without_a_list_in_the_address_it_leads_to_this_browsers_own(browser: Client) -> None:
    assert "Nothing is on it yet." in visible(browser.get("/wishlist"))
    wish(browser, "add", sku="CARD")
    answer = browser.get("/wishlist")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/wishlist?s=CARD")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_holds_its_own_address_to_be_copied(browser: Client) -> None:
    page = browser.get("/wishlist?s=CARD.LAST").text
    assert 'value="http://127.0.0.1:8000/wishlist?s=CARD.LAST" readonly' in page


def test_the_page_brings_its_own_style_sheet_and_no_other_page_does(browser: Client) -> None:
    assert '<link rel="stylesheet" href="/static/wishlist.css">' in browser.get("/wishlist").text
    assert "wishlist.css" not in browser.get("/cart").text


def test_looking_at_somebodys_list_changes_nothing(browser: Client) -> None:
    answer = browser.get("/wishlist?s=CARD.LAST&action=keep&sku=CARD")
    assert "Set-Cookie" not in answer.headers
    assert "Make it mine" in visible(answer)
    assert "Remove" not in visible(answer)
    assert remembered(browser) == ""


def test_a_list_can_be_made_ones_own(browser: Client) -> None:
    assert wish(browser, "keep", s="CARD.LAST").headers["Location"] == "/wishlist?s=CARD.LAST"
    assert remembered(browser) == "CARD.LAST"
    mine = visible(browser.get("/wishlist?s=CARD.LAST"))
    assert mine.count("Remove") == 2
    assert "Make it mine" not in mine


def test_another_list_is_added_to_ones_own(browser: Client) -> None:
    wish(browser, "add", sku="FREE")
    page = visible(browser.get("/wishlist?s=CARD.FREE"))
    assert "yours is another one" in page
    assert "Add these to mine" in page
    wish(browser, "keep", s="CARD.FREE")
    assert remembered(browser) == "FREE.CARD"


def test_removing_leads_to_the_shorter_address(browser: Client) -> None:
    wish(browser, "keep", s="CARD.LAST.FREE")
    assert wish(browser, "remove", sku="LAST").headers["Location"] == "/wishlist?s=CARD.FREE"
    assert remembered(browser) == "CARD.FREE"
    wish(browser, "remove", sku="CARD")
    assert wish(browser, "remove", sku="FREE").headers["Location"] == "/wishlist"
    assert remembered(browser) == ""


def test_what_is_no_longer_sold_is_said_and_can_be_removed(browser: Client) -> None:
    wish(browser, "keep", s="CARD.GONE-1")
    page = browser.get("/wishlist?s=CARD.GONE-1")
    assert "Something on the list (GONE-1) is no longer sold. Remove GONE-1" in visible(page)
    wish(browser, "remove", sku="GONE-1")
    assert remembered(browser) == "CARD"


def test_all_of_it_goes_into_the_cart(browser: Client) -> None:
    add(browser, "CARD", 3)
    answer = wish(browser, "cart", s="CARD.PRINT-A4.TO-ORDER")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cart")
    assert cart_text(browser) == "1:CARD*3.PRINT-A4*1.TO-ORDER*1"


def test_doing_it_twice_adds_nothing_more(browser: Client) -> None:
    wish(browser, "cart", s="CARD.LAST")
    wish(browser, "cart", s="CARD.LAST")
    assert cart_text(browser) == "1:CARD*1.LAST*1"


def test_what_cannot_be_had_is_said_and_the_rest_is_in_the_cart(app: App, browser: Client) -> None:
    buyer = Client(app)
    add(buyer, "LAST")
    check_out(buyer)
    answer = wish(browser, "cart", s="LAST.CARD.GONE-1")
    assert answer.status_code == 200
    assert "The last one is sold out. Something on the list (GONE-1) is no longer sold." in visible(answer)
    assert "Order and pay €7.00" in visible(answer)
    assert cart_text(browser) == "1:CARD*1"


def test_what_finds_no_room_in_the_cart_is_said(browser: Client) -> None:
    browser.set_cookie("cart", "1:" + ".".join(f"SKU-{number}*1" for number in range(50)))
    assert "There was no room in the cart for Postcard." in visible(wish(browser, "cart", s="CARD"))


@pytest.mark.parametrize("sku", ["NOPE", "", "<b>", "CARD.LAST", "A" * 33])
def test_what_is_not_sold_here_cannot_be_wished_for(browser: Client, sku: str) -> None:
    wish(browser, "add", sku="CARD")
    assert wish(browser, "add", sku=sku).status_code == 400
    assert remembered(browser) == "CARD"


@pytest.mark.parametrize("action", ["", "empty", "update", "checkout"])
def test_an_unknown_action_changes_nothing(browser: Client, action: str) -> None:
    wish(browser, "add", sku="CARD")
    assert wish(browser, action, sku="LAST", s="LAST").status_code == 400
    assert remembered(browser) == "CARD"


def test_a_fifty_first_wish_is_refused(browser: Client) -> None:
    browser.set_cookie("wishlist", ".".join(f"SKU-{number}" for number in range(50)))
    answer = wish(browser, "add", sku="CARD")
    assert answer.status_code == 400
    assert "A wishlist holds 50 things. Please take something out first." in visible(answer)


@pytest.mark.parametrize("action", ["add", "remove", "keep", "cart"])
def test_a_form_from_elsewhere_is_refused(browser: Client, action: str) -> None:
    data = {"action": action, "sku": "CARD", "s": "CARD"}
    answer = browser.post("/wishlist", data=data, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (remembered(browser), cart_text(browser)) == ("", "")


@pytest.mark.parametrize("text", ["<script>", "%00", "a" * 9000, "CARD%0d%0aSet-Cookie:x", "'\"--", "%ff"])
def test_an_odd_address_is_an_empty_list(browser: Client, text: str) -> None:
    answer = browser.get(f"/wishlist?s={text}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "Nothing is on it yet." in visible(answer)


def test_the_count_of_the_cart_is_in_the_header(browser: Client) -> None:
    add(browser, "CARD", 4)
    assert ">Cart 4</a>" in browser.get("/wishlist").text
