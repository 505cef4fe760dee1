"""Notes in the cart: kept while anything else changes, on the order and in its mails, never where they are no use."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.service.stocking import declare
from functions.shop.note import NO_NOTES, Notes
from functions.web.entered import notes_from, notes_text
from functions.web.page import FRAGMENT
from tests.small_shop import POSTCARD, PRINT_A4, write_release
from tests.web.forms import SELF, add, cart_form, check_out, visible
from tests.web.paying import DECLINED, pay
from tests.web.test_arrival import FILE, SHOP
from tests.web.test_checkout import the_order
from tests.web.test_special_products import bought, the_mail

pytestmark = pytest.mark.slow


TYPED = {"gift_note": "Happy birthday, Ada!\r\nFrom\x07 Sam", "delivery_note": "Leave it with\nthe neighbour"}
KEPT = Notes("Happy birthday, Ada!\nFrom Sam", "Leave it with the neighbour")


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop, which also sells a file and lets people collect."""
    write_release(tmp_path / "build", (POSTCARD, PRINT_A4, FILE), SHOP)
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def typed(browser: Client) -> dict[str, str]:
    """What stands in the note fields of the cart."""
    return {name: text for name, text in cart_form(browser).items() if name.endswith("_note")}


def test_notes_are_on_the_order_its_page_and_in_the_confirmation(app: App, browser: Client) -> None:
    add(browser, "CARD")
    assert check_out(browser, cart_form(browser) | TYPED).status_code == 303
    assert the_order(app, browser).notes == KEPT
    order = bought(app, browser)
    page = browser.get(f"/order/{order.id}").get_data(as_text=True)
    assert "Happy birthday, Ada!\nFrom Sam</p>" in page
    assert "Leave it with the neighbour" in page
    mail = the_mail(app)
    assert "GIFT NOTE Happy birthday, Ada! From Sam" in mail
    assert "FOR THE CARRIER Leave it with the neighbour" in mail


def test_an_order_without_notes_says_nothing_of_them(app: App, browser: Client) -> None:
    add(browser, "CARD")
    check_out(browser)
    order = bought(app, browser)
    assert order.notes == NO_NOTES
    assert "Gift note" not in visible(browser.get(f"/order/{order.id}"))
    assert "GIFT NOTE" not in the_mail(app)


def test_another_quantity_loses_no_note_without_script(browser: Client) -> None:
    add(browser, "CARD")
    form = cart_form(browser) | TYPED | {"quantity.CARD": "2", "action": "update"}
    assert browser.post("/cart", data=form, headers=SELF).status_code == 303
    assert typed(browser) == {"gift_note": KEPT.gift, "delivery_note": KEPT.delivery}


def test_a_form_of_a_product_page_loses_no_note(browser: Client) -> None:
    add(browser, "CARD")
    browser.post("/cart", data=TYPED, headers=SELF)
    add(browser, "PRINT-A4")
    assert typed(browser) == {"gift_note": KEPT.gift, "delivery_note": KEPT.delivery}


def test_a_checkout_that_comes_back_has_the_notes_that_were_typed_last(browser: Client) -> None:
    add(browser, "CARD")
    answer = check_out(browser, cart_form(browser) | TYPED | {"quantity.CARD": "3"})
    assert answer.status_code == 409
    assert f"\n{KEPT.gift}</textarea>" in answer.text
    assert typed(browser)["delivery_note"] == KEPT.delivery


def test_what_else_is_wrong_in_a_form_costs_no_note(browser: Client) -> None:
    add(browser, "CARD")
    answer = browser.post("/cart", data=TYPED | {"email": "nobody"}, headers=SELF)
    assert answer.status_code == 400
    assert f"\n{KEPT.gift}</textarea>" in answer.text
    assert typed(browser)["delivery_note"] == KEPT.delivery


@pytest.mark.parametrize("path", ["/cart", "/checkout"])
def test_a_note_that_is_too_long_is_refused_in_a_sentence_and_stays_in_its_field(
    app: App, browser: Client, path: str
) -> None:
    add(browser, "CARD")
    long = "x" * 301
    answer = browser.post(path, data=cart_form(browser) | {"gift_note": long}, headers=SELF)
    assert answer.status_code in {400, 409}
    assert "The gift note has 301 characters; there is room for 300. Please shorten it." in visible(answer)
    assert f"\n{long}</textarea>" in answer.text
    assert browser.get_cookie("paying") is None
    assert browser.get_cookie("notes") is None


def test_another_note_on_a_form_that_has_ordered_is_not_lost_silently(app: App, browser: Client) -> None:
    add(browser, "CARD")
    form = cart_form(browser) | TYPED
    check_out(browser, form)
    first = the_order(app, browser)
    assert check_out(browser, form).status_code == 303
    assert check_out(browser, form | {"gift_note": "Something else"}).status_code == 409
    assert check_out(browser).status_code == 303
    assert the_order(app, browser).notes == replace(KEPT, gift="Something else")
    assert the_order(app, browser).id != first.id


def test_after_a_declined_card_the_notes_are_still_there(app: App, browser: Client) -> None:
    add(browser, "CARD")
    check_out(browser, cart_form(browser) | TYPED)
    order = the_order(app, browser)
    pay(order.pay_url, DECLINED)
    browser.post(f"/order/{order.id}/release", headers=SELF)
    assert typed(browser) == {"gift_note": KEPT.gift, "delivery_note": KEPT.delivery}


def test_notes_are_forgotten_with_what_they_went_with(app: App, browser: Client) -> None:
    add(browser, "CARD")
    check_out(browser, cart_form(browser) | TYPED)
    bought(app, browser)
    add(browser, "CARD")
    assert typed(browser) == {"gift_note": "", "delivery_note": ""}
    assert browser.get_cookie("notes") is None


def test_a_cart_of_files_asks_for_no_note_and_its_order_has_none(app: App, browser: Client) -> None:
    add(browser, "FILE")
    assert typed(browser) == {}
    check_out(browser, cart_form(browser) | TYPED)
    assert the_order(app, browser).notes == NO_NOTES


def test_what_is_collected_has_no_word_to_the_carrier(app: App, browser: Client) -> None:
    add(browser, "CARD")
    browser.post("/cart", data=TYPED | {"country": "IE", "shipping": "pier"}, headers=SELF)
    assert typed(browser) == {"gift_note": KEPT.gift}
    check_out(browser)
    assert the_order(app, browser).notes == Notes(KEPT.gift, "")
    browser.post(f"/order/{the_order(app, browser).id}/release", headers=SELF)
    browser.post("/cart", data={"country": "IE", "shipping": "post"}, headers=SELF)
    assert typed(browser)["delivery_note"] == KEPT.delivery


def test_a_note_is_text_and_never_markup(app: App, browser: Client) -> None:
    add(browser, "CARD")
    attack = "</textarea><script>alert(1)</script>"
    browser.post("/cart", data={"gift_note": attack}, headers=SELF)
    assert "<script>alert" not in browser.get("/cart").text
    check_out(browser)
    assert "<script>alert" not in browser.get(f"/order/{the_order(app, browser).id}").text


def test_script_gets_the_notes_back_in_the_fragment(browser: Client) -> None:
    add(browser, "CARD")
    answer = browser.post("/cart", data=TYPED, headers=SELF | {FRAGMENT: "cart"})
    assert f"\n{KEPT.gift}</textarea>" in answer.text


def test_the_longest_notes_in_any_writing_fit_a_cookie() -> None:
    longest = Notes("🎁" * 300, "🚪" * 200)
    assert len(notes_text(longest)) == 2668
    assert notes_from(notes_text(longest)) == longest
    assert notes_text(Notes("🎁" * 301, "")) == ""


@pytest.mark.parametrize("cookie", ["", "x", "====", "AAAA", "/w==", "é", "eA" * 900])
def test_an_odd_cookie_is_no_note(cookie: str) -> None:
    assert notes_from(cookie) == NO_NOTES
