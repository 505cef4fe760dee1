"""The steps of a purchase, as a person takes them, with JavaScript or without."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor


def choose(page: Page, sku: str) -> None:
    """Choose a variant on a product page."""
    page.locator(f"input[name=sku][value={sku}]").check()


def add_to_cart(page: Page, visitor: Visitor) -> None:
    """Press the button, and wait for the cart to be shown: beside the page with script, as the page without."""
    page.get_by_role("button", name="Add to cart").click()
    if visitor.javascript:
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("button", name="Close").first.click()
    else:
        page.wait_for_url("**/cart")


def go_to_cart(page: Page) -> None:
    """Follow the link in the header."""
    page.get_by_role("banner").get_by_role("link", name="Cart").click()
    page.wait_for_url("**/cart")


def change_quantity(page: Page, visitor: Visitor, sku: str, quantity: int) -> None:
    """Write another number into a line."""
    field = page.locator(f"[name='quantity.{sku}']")
    field.fill(str(quantity))
    if visitor.javascript:
        field.blur()  # a change sends itself when the field is left
    else:
        page.get_by_role("button", name="Update quantities").click()
    expect(page.locator(f"[name='quantity.{sku}']")).to_have_value(str(quantity))


def remove(page: Page, visitor: Visitor, sku: str) -> None:
    """Press a line's remove button."""
    page.locator(f"button[name=remove][value={sku}]").click()
    expect(page.locator(f"[name='quantity.{sku}']")).to_have_count(0)


def send_to(page: Page, visitor: Visitor, country: str) -> None:
    """Choose a destination."""
    before = totals(page)
    field = page.locator("[name=country]")
    field.select_option(country)
    if not visitor.javascript:
        page.get_by_role("button", name="Update delivery").click()
    expect(page.locator(".totals")).not_to_contain_text(before["Delivery"])


def press_order_and_pay(page: Page) -> None:
    """Press the pay button and wait for the payment page."""
    page.get_by_role("button", name="Order and pay").click()
    page.wait_for_url("**/pay/**")


def pay_with(page: Page, card: str) -> None:
    """Fill in the payment page's card and pay."""
    page.get_by_label("Card number").fill(card)
    page.locator("button[name=pay]").click()


def totals(page: Page) -> dict[str, str]:
    """The sums on a cart or order page, by name."""
    rows = page.locator(".totals > div").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}


def enter_code(page: Page, code: str) -> None:
    """Open the box for codes if it is closed, type one and use it."""
    box = page.locator(".codes").first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator("[name=code]").fill(code)
    box.get_by_role("button", name="Use it").click()
    expect(page.locator(".codes .code").filter(has_text=code)).to_be_visible()
