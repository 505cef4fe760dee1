"""What the shop changes between two looks at a cart is named with old and new before anybody pays (R5)."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.service.stocking import declare
from functions.shop.catalogue import Variant
from functions.shop.day import days_text
from functions.shop.promotion import Kind, Promotion
from functions.shop.settings import Agreement, Policy, PolicyPage, Settings
from functions.shop.working_days import Days
from functions.web.cookies import SEEN_LENGTH
from functions.web.page import FRAGMENT
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, cart_form, cart_text, check_out, visible
from tests.web.test_arrival import SHOP, ahead
from tests.web.test_checkout import SETTINGS_NAMES, stock

pytestmark = pytest.mark.slow


SPRING = Promotion("spring", "Spring", Kind.AMOUNT, amount=500)
DEARER = tuple(replace(one, price=2600) if one == PRINT_A4 else one for one in VARIANTS)
NOTICE = "This has changed since you were here last:"


def published(
    app: App, browser: Client, variants: tuple[Variant, ...] = VARIANTS, settings: Settings = SETTINGS
) -> Client:
    """The same browser when another release is in force."""
    write_release(Path(app.setting("SHOP_BUILD")), variants, settings)
    after = Client(App({name: app.setting(name) for name in SETTINGS_NAMES}))
    for name in ("cart", "destination", "seen", "notes"):
        if cookie := browser.get_cookie(name):
            after.set_cookie(name, cookie.value)
    return after


def opened(app: App, variants: tuple[Variant, ...] = VARIANTS, settings: Settings = SETTINGS) -> tuple[Client, str]:
    """A browser that looks at its cart, a print, and the cart's text."""
    browser = published(app, Client(app), variants, settings)
    add(browser, "PRINT-A4")
    return browser, visible(browser.get("/cart"))


def test_a_price_that_rises_before_paying_is_named_and_a_second_press_pays_it(app: App) -> None:
    browser, _ = opened(app)
    form = cart_form(browser)
    browser = published(app, browser, DEARER)
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert "Print, A4, Oak: the price is now €26.00, it was €24.00." in visible(answer)
    assert "The total is now €30.50, it was €28.50." in visible(answer)
    assert stock(app, "PRINT-A4") == (3, 0)
    assert check_out(browser).status_code == 303
    assert stock(app, "PRINT-A4") == (3, 1)


def test_a_promotion_that_ends_before_paying_is_named(app: App) -> None:
    browser, page = opened(app, settings=replace(SETTINGS, promotions=(SPRING,)))
    assert "Spring -€5.00" in page
    form = cart_form(browser)
    answer = check_out(published(app, browser), form)
    assert answer.status_code == 409
    assert "The discount “Spring” no longer applies; it was €5.00." in visible(answer)
    assert "The total is now €28.50, it was €23.50." in visible(answer)


def test_a_day_of_arrival_that_moves_before_paying_is_named(app: App) -> None:
    declare(every_variant(Path(app.setting("SHOP_BUILD"))), app.store)
    browser, _ = opened(app, settings=SHOP)
    form = cart_form(browser)
    slower = replace(SHOP, shipping=replace(SHOP.shipping, handling=Days(3, 4)))
    answer = check_out(published(app, browser, settings=slower), form)
    text, days = visible(answer), SHOP.days
    assert answer.status_code == 409

    was, now = days_text(ahead(2), ahead(5), days), days_text(ahead(4), ahead(7), days)
    assert f"order again. It now arrives {now} instead of {was}." in text
    assert "The total is now" not in text


def test_somebody_who_comes_back_is_told_once_what_has_changed(app: App) -> None:
    browser, _ = opened(app, settings=replace(SETTINGS, promotions=(SPRING,)))
    browser = published(app, browser, DEARER)
    page = visible(browser.get("/cart"))
    assert (
        f"{NOTICE} Print, A4, Oak: the price is now €26.00, it was €24.00. "
        "The discount “Spring” no longer applies; it was €5.00. The total is now €30.50, it was €23.50."
    ) in page
    assert NOTICE not in visible(browser.get("/cart"))


def test_script_is_told_in_its_fragment_just_the_same(app: App) -> None:
    browser, _ = opened(app)
    browser = published(app, browser, DEARER)
    answer = browser.post("/cart", data={"quantity.PRINT-A4": "1"}, headers=SELF | {FRAGMENT: "cart"})
    assert f"{NOTICE} Print, A4, Oak: the price is now €26.00, it was €24.00." in visible(answer)


def test_what_the_shopper_changed_is_no_news_but_a_price_is(app: App) -> None:
    browser, _ = opened(app)
    browser.post("/cart", data={"quantity.PRINT-A4": "2", "country": "DE"}, headers=SELF)
    assert NOTICE not in visible(browser.get("/cart"))
    browser = published(app, browser, DEARER)
    browser.post("/cart", data={"quantity.PRINT-A4": "3"}, headers=SELF)
    page = visible(browser.get("/cart"))
    assert f"{NOTICE} Print, A4, Oak: the price is now €26.00, it was €24.00." in page
    assert "The total is now" not in page


def test_what_is_no_longer_sold_is_taken_out_and_named(app: App) -> None:
    browser, _ = opened(app)
    add(browser, "CARD")
    browser.get("/cart")
    browser = published(app, browser, (POSTCARD,))
    page = visible(browser.get("/cart"))
    assert f"{NOTICE} Print, A4, Oak has been removed: no longer sold." in page
    assert "Order and pay €7.00" in page
    assert cart_text(browser) == "1:CARD*1"


@pytest.mark.parametrize("text", ["", "x", "W10.x", "WyJhIixbXV0.AAAA"])
def test_a_forged_memory_says_nothing(app: App, text: str) -> None:
    browser, _ = opened(app)
    browser.set_cookie("seen", text)
    assert NOTICE not in visible(browser.get("/cart"))


def test_an_empty_cart_leaves_no_memory(app: App) -> None:
    browser, _ = opened(app)
    assert browser.get_cookie("seen")
    browser.post("/cart", data={"remove": "PRINT-A4"}, headers=SELF)
    browser.get("/cart")
    assert browser.get_cookie("seen") is None


def test_what_was_seen_of_fifty_lines_fits_a_cookie(app: App) -> None:
    many = tuple(
        replace(POSTCARD, sku=f"PRINT-{at:02}-A4-OAK", title=f"Print number {at}", price=2400 + 7 * at)
        for at in range(50)
    )
    browser = published(app, Client(app), many)
    browser.set_cookie("cart", "1:" + ".".join(f"{one.sku}*1" for one in many))
    browser.get("/cart")
    cookie = browser.get_cookie("seen")
    assert cookie
    assert len(cookie.value) < SEEN_LENGTH


def test_where_other_cookies_leave_no_room_nothing_is_remembered_and_all_of_them_are_small_enough(app: App) -> None:
    """What the API would refuse, in front of any function, nobody could ever make smaller again."""
    browser, _ = opened(app)
    browser.set_cookie("wishlist", "x" * 3_900)
    browser.get("/cart")
    assert browser.get_cookie("seen")
    browser.set_cookie("notes", "x" * 2_000)
    browser.get("/cart")
    assert browser.get_cookie("seen") is None


# Terms

TERMS = PolicyPage(Policy.TERMS, "Terms", "/terms/")
PRIVACY = PolicyPage(Policy.PRIVACY, "Data", "/data/")
LINKED = replace(SETTINGS, policies=(TERMS, PRIVACY))
BOX = replace(LINKED, agreement=Agreement.BOX)
PLEASE = "Please accept our terms: tick the box above the button, then order again."


def test_the_terms_are_linked_beside_the_button_and_nothing_need_be_ticked(app: App) -> None:
    browser, page = opened(app, settings=LINKED)
    assert "By ordering you accept our terms . Good to know: Data . Order and pay €28.50" in page
    assert '<a href="/terms/">terms</a>' in browser.get("/cart").text
    assert check_out(browser).status_code == 303


def test_a_shop_without_such_pages_says_nothing_of_them(app: App) -> None:
    _, page = opened(app, settings=replace(SETTINGS, agreement=Agreement.BOX))
    assert "terms" not in page


def test_with_a_box_nothing_is_ordered_until_it_is_ticked_and_everything_is_kept(app: App) -> None:
    browser, page = opened(app, settings=BOX)
    assert "I accept the terms ." in page
    form = cart_form(browser)
    answer = check_out(browser, form | {"gift_note": "For Ada"})
    assert answer.status_code == 409
    assert PLEASE in visible(answer)
    assert "\nFor Ada</textarea>" in answer.text
    assert stock(app, "PRINT-A4") == (3, 0)
    assert check_out(browser, cart_form(browser) | {"terms": "accepted"}).status_code == 303
    assert stock(app, "PRINT-A4") == (3, 1)


def test_a_box_that_was_ticked_stays_ticked_when_something_else_has_changed(app: App) -> None:
    browser, _ = opened(app, settings=BOX)
    form = cart_form(browser) | {"terms": "accepted"}
    answer = check_out(published(app, browser, DEARER, BOX), form)
    assert answer.status_code == 409
    assert PLEASE not in visible(answer)
    assert 'name="terms" value="accepted" required checked' in answer.text
