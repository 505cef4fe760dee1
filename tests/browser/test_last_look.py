"""The last look at a cart: notes that nothing loses, terms to accept, and what the shop has changed meanwhile."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, ROOT, VISITORS, Visitor
from tests.browser.releases import LOOKED_AT, copied, switch
from tests.browser.steps import add_to_cart, change_quantity, go_to_cart, pay_with, press_order_and_pay
from tests.browser.test_looking import faults
from tests.living_shop import LivingShop, living_shop

Open = Callable[[Visitor], Page]
NOTE, HINT = "Happy birthday, Ada!\nFrom all of us", "The blue door; please ring twice"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """The demo shop's private side, which this test may change."""
    return copied(ROOT / "build", tmp_path / "build")


@pytest.fixture
def shop(tmp_path: Path, build: Path) -> Iterator[LivingShop]:
    """The demo shop on that build."""
    with living_shop(tmp_path, build=build, output=ROOT / "output") as running:
        yield running


def publish(build: Path, *, price: int, agreement: str = "link") -> None:
    """Put a release in force in which a mug costs something else, and wait until the shop knows."""

    def dearer(variant: dict[str, Any]) -> None:
        variant["price"] = price if variant["sku"] == "MUG-ISOBARS" else variant["price"]

    switch(build, variant=dearer, settings=lambda known: known.update(agreement=agreement))
    time.sleep(LOOKED_AT)


def at_the_cart(page: Page, visitor: Visitor) -> None:
    page.goto("/products/mug-isobars/")
    add_to_cart(page, visitor)
    go_to_cart(page)


def write_notes(page: Page) -> None:
    """Open the box for notes and write both."""
    page.locator("#notes summary").click()
    page.get_by_label("Gift note, printed").fill(NOTE)
    page.get_by_label("For the carrier").fill(HINT)


def seen_by_axe(page: Page, visitor: Visitor) -> list[str]:
    """What axe finds; it is a script itself, and the page is the same without."""
    return faults(page) if visitor.javascript else []


@pytest.mark.parametrize("visitor", VISITORS)
def test_notes_survive_another_quantity_and_are_on_the_order(
    shop: LivingShop, open_page: Open, visitor: Visitor
) -> None:
    page = open_page(visitor)
    at_the_cart(page, visitor)
    write_notes(page)
    change_quantity(page, visitor, "MUG-ISOBARS", 2)
    expect(page.get_by_label("Gift note, printed")).to_have_value(NOTE)
    expect(page.get_by_label("For the carrier")).to_have_value(HINT)
    press_order_and_pay(page)
    pay_with(page, "4242424242424242")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    expect(page.locator("section:has(#gift-note) p")).to_have_text(NOTE, use_inner_text=True)
    assert seen_by_axe(page, visitor) == []


def slowly(route: Route) -> None:
    """Let an answer take its time."""
    time.sleep(0.4)
    route.continue_()


def test_what_is_typed_while_the_cart_is_on_its_way_stays(open_page: Open) -> None:
    visitor = VISITORS[0].values[0]
    assert isinstance(visitor, Visitor)
    page = open_page(visitor)
    at_the_cart(page, visitor)
    page.locator("#notes summary").click()
    page.route("**/cart", slowly)
    page.locator("[name='quantity.MUG-ISOBARS']").fill("3")
    page.get_by_label("Gift note, printed").press_sequentially("For Ada", delay=20)
    expect(page.locator(".line-total")).to_have_text("€49.50")
    expect(page.get_by_label("Gift note, printed")).to_have_value("For Ada")
    expect(page.get_by_label("Gift note, printed")).to_be_focused()


def test_script_lets_the_shop_remember_a_note_without_a_button(open_page: Open) -> None:
    visitor = Visitor(True, PHONE)
    page = open_page(visitor)
    at_the_cart(page, visitor)
    page.locator("#notes summary").click()
    with page.expect_response("**/cart"):
        page.get_by_label("Gift note, printed").fill(NOTE)
        page.get_by_label("Gift note, printed").blur()
    page.goto("/cart")
    expect(page.get_by_label("Gift note, printed")).to_have_value(NOTE)


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_price_that_changed_is_named_before_paying_and_everything_is_kept(
    shop: LivingShop, open_page: Open, build: Path, visitor: Visitor
) -> None:
    page = open_page(visitor)
    at_the_cart(page, visitor)
    write_notes(page)
    publish(build, price=1850)
    page.get_by_role("button", name="Order and pay").click()
    expect(page.locator(".notice li")).to_have_text(
        ["Isobar Mug: the price is now €18.50, it was €16.50.", "The total is now €23.00, it was €21.00."]
    )
    expect(page.get_by_label("Gift note, printed")).to_have_value(NOTE)
    assert page.evaluate("document.documentElement.scrollWidth") == visitor.viewport["width"]
    assert (shop.stock("MUG-ISOBARS")[1], seen_by_axe(page, visitor)) == (0, [])
    page.emulate_media(color_scheme="dark")
    assert seen_by_axe(page, visitor) == []
    press_order_and_pay(page)
    assert shop.stock("MUG-ISOBARS")[1] == 1


@pytest.mark.parametrize("visitor", [VISITORS[0], VISITORS[3]])
def test_a_box_to_tick_keeps_nobody_from_changing_the_cart_but_from_ordering(
    shop: LivingShop, open_page: Open, build: Path, visitor: Visitor
) -> None:
    publish(build, price=1650, agreement="box")
    page = open_page(visitor)
    at_the_cart(page, visitor)
    change_quantity(page, visitor, "MUG-ISOBARS", 2)
    page.get_by_role("button", name="Order and pay").click()
    box = page.get_by_role("checkbox", name="I accept the terms")
    assert box.evaluate("box => box.validity.valueMissing")
    assert page.url.endswith("/cart")
    box.check()
    assert seen_by_axe(page, visitor) == []
    press_order_and_pay(page)
