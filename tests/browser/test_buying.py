"""From the home page to a paid order, as people do it."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, VISITORS, Visitor
from tests.browser.steps import (
    add_to_cart,
    change_quantity,
    choose,
    enter_code,
    go_to_cart,
    pay_with,
    press_order_and_pay,
    remove,
    send_to,
    totals,
)
from tests.living_shop import LivingShop

Open = Callable[[Visitor], Page]


@pytest.mark.parametrize("visitor", VISITORS)
def test_from_home_to_a_paid_order_and_its_mail(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    before = shop.stock("PETREL-A3")
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Storm Petrel").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Storm Petrel")
    choose(page, "PETREL-A3")
    add_to_cart(page, visitor)
    page.goto("/products/mug-isobars/")
    add_to_cart(page, visitor)
    go_to_cart(page)
    change_quantity(page, visitor, "PETREL-A3", 3)
    remove(page, visitor, "MUG-ISOBARS")
    expect(page.locator(".line")).to_have_count(1)
    send_to(page, visitor, "DE")
    shown = totals(page)
    press_order_and_pay(page)
    assert shop.stock("PETREL-A3") == (before[0], before[1] + 3)
    pay_with(page, "4242424242424242")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert totals(page) == shown
    assert page.url.split("?")[0].startswith(f"{shop.url}/order/")
    assert "?" not in page.url
    assert shop.stock("PETREL-A3") == (before[0] - 3, 0)
    [mail] = shop.mails()
    for text in ("Storm Petrel, A3", *shown.values()):
        assert text in plain(mail), text
    assert shown["Total"] in html(mail)
    page.goto("/cart")
    expect(page.get_by_role("main")).to_contain_text("There is nothing in it yet")


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_coupon_a_gift_and_the_days_of_delivery_are_the_same_in_cart_order_and_mail(
    shop: LivingShop, open_page: Open, visitor: Visitor
) -> None:
    page = open_page(visitor)
    before = shop.stock("NOTECARDS-BIRDS")
    page.goto("/products/storm-petrel/")
    choose(page, "PETREL-A3")
    add_to_cart(page, visitor)
    go_to_cart(page)
    change_quantity(page, visitor, "PETREL-A3", 3)
    enter_code(page, "HARBOUR5")
    enter_code(page, "SEALETTER")
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator(".line").last).to_contain_text("A gift from us")
    assert totals(page)["Delivery"] == "Free"
    page.locator("[name=shipping][value=ie-express]").check()
    if not visitor.javascript:
        page.get_by_role("button", name="Update delivery").click()
    expect(page.locator(".totals")).to_contain_text("€9.50")
    shown, promised = totals(page), page.locator(".way:has(:checked) small").inner_text()
    days = promised.partition("rrives ")[2].strip()  # "Arrives …" while nobody need hurry, as at weekends
    assert (shown["Welcome to the harbour"], bool(days)) == ("-€5.00", True)
    press_order_and_pay(page)
    pay_with(page, "4242424242424242")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert totals(page) == shown
    expect(page.get_by_role("main")).to_contain_text(days)
    assert shop.stock("NOTECARDS-BIRDS") == (before[0] - 1, before[1])
    [mail] = shop.mails()
    for text in ("Storm Petrel, A3", "Welcome to the harbour", days, *shown.values()):
        assert text in " ".join(plain(mail).split()), text


@pytest.mark.parametrize("visitor", [VISITORS[0], VISITORS[3]])
def test_a_declined_card_leads_back_with_the_cart_kept_and_the_stock_free(
    shop: LivingShop, open_page: Open, visitor: Visitor
) -> None:
    page = open_page(visitor)
    before = shop.stock("MUG-ISOBARS")
    page.goto("/products/mug-isobars/")
    add_to_cart(page, visitor)
    go_to_cart(page)
    press_order_and_pay(page)
    assert shop.stock("MUG-ISOBARS") == (before[0], before[1] + 1)
    pay_with(page, "4000000000000002")
    expect(page.locator("body")).to_contain_text("declined")
    page.get_by_role("link", name="Back").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not paid yet")
    page.get_by_role("button", name="Back to the cart").click()
    expect(page.locator(".line")).to_contain_text("Isobar Mug")
    assert shop.stock("MUG-ISOBARS") == before
    assert shop.mails() == []
    press_order_and_pay(page)
    pay_with(page, "4242424242424242")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert shop.stock("MUG-ISOBARS") == (before[0] - 1, 0)
    assert len(shop.mails()) == 1


def test_the_keyboard_alone_gets_through(shop: LivingShop, open_page: Open) -> None:
    page = open_page(Visitor(True, DESKTOP))
    page.goto("/products/mug-isobars/")
    press_until(page, "Add to cart")
    press_until(page, "Order and pay")
    page.wait_for_url("**/pay/**")
    press_until(page, "Pay")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_script_shows_the_count_and_a_cart_without_leaving_the_page(open_page: Open) -> None:
    page = open_page(Visitor(True, PHONE))
    page.goto("/products/mug-isobars/")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator("#count")).to_have_text("1")
    expect(page.get_by_role("dialog")).to_contain_text("Isobar Mug")
    expect(page.locator(".drawer .line").first).to_have_css("display", "grid")
    assert page.url.endswith("/products/mug-isobars/")


def press_until(page: Page, name: str) -> None:
    """Go on with the Tab key until the control of that name has the focus, then press Enter."""
    page.wait_for_timeout(300)
    for _ in range(80):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.value || ''")
        if str(text).startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name!r} was not reached with 80 tabs")


def plain(mail: EmailMessage) -> str:
    """A mail's text part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(mail: EmailMessage) -> str:
    """A mail's HTML part."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())
