"""Wishing, sharing and waiting, as people do it, with JavaScript and without."""

from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE, VISITORS, Visitor
from tests.browser.steps import choose
from tests.browser.test_looking import faults
from tests.living_shop import LivingShop

Open = Callable[[Visitor], Page]
PAGES = [
    "/wishlist", "/wishlist?s=PETREL-A3.MUG-ISOBARS.GONE-1", "/notify?sku=CALENDAR-2027",
    "/notify?sku=MUG-ISOBARS&asked=yes", "/notify?sku=MUG-ISOBARS",
]  # fmt: skip


def save_to_wishlist(page: Page, visitor: Visitor) -> None:
    """Press the button of a product page; without script that leads to the list."""
    page.get_by_role("button", name="Save to wishlist").click()
    if visitor.javascript:
        expect(page.get_by_role("link", name="See your wishlist")).to_be_visible()
    else:
        page.wait_for_url("**/wishlist?s=*")


def wanted(page: Page) -> list[str]:
    """What is on the list, by title."""
    return page.locator(".wanted .line-name a").all_text_contents()


def wishlist_of_two(page: Page, visitor: Visitor) -> None:
    page.goto("/products/storm-petrel/")
    choose(page, "PETREL-A3")
    save_to_wishlist(page, visitor)
    page.goto("/products/mug-isobars/")
    save_to_wishlist(page, visitor)
    if visitor.javascript:
        expect(page.locator("#wished")).to_have_text("2")
    page.get_by_role("banner").get_by_role("link", name="Wishlist").click()
    page.wait_for_url("**/wishlist?s=PETREL-A3.MUG-ISOBARS")


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_wishlist_is_kept_shared_taken_over_and_bought(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    page, friend = open_page(visitor), open_page(visitor)
    wishlist_of_two(page, visitor)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your wishlist")
    assert wanted(page) == ["Storm Petrel", "Isobar Mug"]
    address = page.get_by_label("The address of this list").input_value()
    assert address == page.url
    friend.goto(f"{urlsplit(address).path}?{urlsplit(address).query}")
    expect(friend.get_by_role("heading", level=1)).to_have_text("A wishlist")
    friend.goto("/wishlist")
    expect(friend.get_by_text("Nothing is on it yet.")).to_be_visible()
    friend.goto(address)
    friend.get_by_role("button", name="Make it mine").click()
    expect(friend.get_by_role("heading", level=1)).to_have_text("Your wishlist")
    friend.get_by_role("button", name="Remove Isobar Mug").click()
    friend.wait_for_url("**/wishlist?s=PETREL-A3")
    page.get_by_role("button", name="Add all to cart").click()
    page.wait_for_url("**/cart")
    assert page.locator(".line-name a").all_text_contents() == ["Storm Petrel", "Isobar Mug"]
    friend.goto(address)
    friend.get_by_role("button", name="Add these to mine").click()
    friend.wait_for_url("**/wishlist?s=PETREL-A3.MUG-ISOBARS")


@pytest.mark.parametrize("visitor", VISITORS)
def test_one_thing_of_a_list_goes_into_the_cart(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    page.goto("/wishlist?s=PETREL-A3.MUG-ISOBARS")
    page.get_by_role("button", name="Add to cart Isobar Mug").click()
    if visitor.javascript:
        expect(page.get_by_role("dialog")).to_contain_text("Isobar Mug")
        expect(page.locator("#count")).to_have_text("1")
    else:
        page.wait_for_url("**/cart")
        expect(page.locator(".line-name")).to_contain_text("Isobar Mug")


@pytest.mark.parametrize("visitor", VISITORS)
def test_who_finds_something_sold_out_asks_to_be_told(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    shop.app.store.declare_stock({"MUG-ISOBARS": 0})
    page = open_page(visitor)
    page.goto("/wishlist?s=PETREL-A3.MUG-ISOBARS")
    expect(page.locator(".wanted").last).to_contain_text("Sold out")
    page.get_by_role("link", name="Tell me when it’s back").click()
    page.get_by_label("Your e-mail address").fill("Ada@Example.org")
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We will write to you")
    assert "ada" not in page.url.lower()
    assert shop.app.store.waiting_for_stock("MUG-ISOBARS") == ["ada@example.org"]
    page.goto("/wishlist?s=PETREL-A3.MUG-ISOBARS")
    page.get_by_role("button", name="Add all to cart").click()
    expect(page.locator(".notice")).to_have_text("Isobar Mug is sold out.")
    assert page.locator(".cart .line-name a").all_text_contents() == ["Storm Petrel"]


@pytest.mark.parametrize("visitor", VISITORS[:1])
def test_a_product_page_that_learns_that_all_is_sold_has_the_form(
    shop: LivingShop, open_page: Open, visitor: Visitor
) -> None:
    shop.app.store.declare_stock({"MUG-ISOBARS": 0})
    page = open_page(visitor)
    page.goto("/products/mug-isobars/")
    page.get_by_label("Your e-mail").fill("ada@example.org")
    page.get_by_role("button", name="Tell me when it’s back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We will write to you")
    assert shop.app.store.waiting_for_stock("MUG-ISOBARS") == ["ada@example.org"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_wishing_and_waiting(
    shop: LivingShop, open_page: Open, scheme: Literal["light", "dark"]
) -> None:
    shop.app.store.declare_stock({"MUG-ISOBARS": 0})
    page = open_page(Visitor(True, PHONE))
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize("width", [320, 390, 768, 1440, 2560])
def test_nothing_is_wider_than_the_screen(shop: LivingShop, open_page: Open, width: int) -> None:
    shop.app.store.declare_stock({"MUG-ISOBARS": 0})
    page = open_page(Visitor(False, ViewportSize(width=width, height=900)))
    for path in PAGES:
        page.goto(path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)
