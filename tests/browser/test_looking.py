"""What pages must be for everyone: readable by machines that read aloud, still while they load, whole on any screen."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.steps import add_to_cart, pay_with, press_order_and_pay
from tests.living_shop import LivingShop

Open = Callable[[Visitor], Page]
PAGES = [
    "/", "/sea-birds/", "/paper-and-home/", "/products/storm-petrel/", "/products/mug-isobars/",
    "/products/notebook-chart/", "/about/",
    "/faq/", "/contact/", "/shipping-and-returns/", "/privacy/", "/terms/", "/404.html",
]  # fmt: skip
WIDTHS = [320, 390, 768, 1440, 2560]
SHIFT = """() => new Promise(done => {
  let sum = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({type: 'layout-shift', buffered: true})
  setTimeout(() => done(sum), 700)
})"""


def faults(page: Page) -> list[str]:
    """What axe finds on a page, in the words of its rules."""
    found: Any = Axe().run(page).response
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(open_page: Open, scheme: Any) -> None:
    page = open_page(Visitor(True, PHONE))
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert (path, faults(page)) == (path, [])


def test_axe_finds_nothing_from_the_cart_to_the_order(open_page: Open) -> None:
    visitor = Visitor(True, DESKTOP)
    page = open_page(visitor)
    page.goto("/cart")
    assert faults(page) == []
    page.goto("/products/storm-petrel/")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog").wait_for()
    assert faults(page) == []
    page.goto("/cart")
    assert faults(page) == []
    press_order_and_pay(page)
    page.go_back()
    page.goto("/cart")
    assert faults(page) == []
    page.get_by_role("link", name="Go on to pay").click()
    pay_with(page, "4242424242424242")
    page.wait_for_url("**/order/**")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/", "/sea-birds/", "/products/storm-petrel/", "/cart"])
def test_nothing_moves_while_a_page_loads(open_page: Open, path: str) -> None:
    page = open_page(Visitor(True, PHONE))
    page.goto(path)
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_screen(open_page: Open, width: int) -> None:
    page = open_page(Visitor(True, ViewportSize(width=width, height=900)))
    for path in [*PAGES, "/cart"]:
        page.goto(path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)


@pytest.mark.parametrize("width", [360, 375, 390, 412, 430])
def test_on_a_phone_the_name_of_the_shop_is_one_line(open_page: Open, width: int) -> None:
    page = open_page(Visitor(True, ViewportSize(width=width, height=800)))
    page.goto("/about/")
    name = page.locator(".brand").evaluate("""brand => {
      const words = document.createRange()
      words.selectNodeContents(brand.lastChild)
      return words.getBoundingClientRect().height / parseFloat(getComputedStyle(brand).fontSize)
    }""")
    assert name < 1.5


def test_a_product_in_a_text_has_its_picture_and_no_bullet(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/gifts-under-30/")
    card = page.locator(".embedded > .card")
    assert card.evaluate("card => getComputedStyle(card).listStyleType") == "none"
    box = card.locator("img").bounding_box()
    assert box
    assert box["width"] >= 144


def test_price_availability_delivery_and_button_are_seen_without_scrolling(open_page: Open) -> None:
    page = open_page(Visitor(False, DESKTOP))
    page.goto("/products/storm-petrel/")
    for text in ("€24.00", "In stock", "Ireland €4.50"):
        assert lowest(page, text) < 900
    box = page.get_by_role("button", name="Add to cart").bounding_box()
    assert box
    assert box["y"] + box["height"] < 900


def test_on_a_phone_the_price_and_the_button_are_seen_without_scrolling(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/products/storm-petrel/")
    for text in ("from €24.00", "In stock", "Ireland €4.50"):
        assert lowest(page, text) < 844
    box = page.get_by_role("button", name="Add to cart").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844


def test_the_mail_viewer_is_readable_too(shop: LivingShop, open_page: Open) -> None:
    visitor = Visitor(True, PHONE)
    page = open_page(visitor)
    page.goto("/products/mug-isobars/")
    add_to_cart(page, visitor)
    page.goto("/cart")
    press_order_and_pay(page)
    pay_with(page, "4242424242424242")
    page.wait_for_url("**/order/**")
    page.goto("/_mail/")
    page.get_by_role("link", name="Your order").click()
    page.frame_locator("iframe").get_by_role("link", name="See your order").click()
    page.wait_for_url("**/order/**")
    assert "Thank you" in page.content()
    assert len(shop.mails()) == 1


def lowest(page: Page, text: str) -> float:
    """How far down the first such text ends, in CSS pixels."""
    box = page.get_by_text(text).first.bounding_box()
    assert box, text
    return box["y"] + box["height"]
