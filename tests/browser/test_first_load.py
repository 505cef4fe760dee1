"""What a browser asks for when a page is opened, before anybody does anything: no more than what is weighed."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import PHONE, ROOT, Visitor
from tests.page_weight import scripts, styles

OUTPUT = ROOT / "output"
ON_PHONE = Visitor(javascript=True, viewport=PHONE)
PRODUCTS = ["chart-of-the-sound", "storm-petrel", "pair-of-isobar-mugs", "gift-card"]
OTHERS = ["/", "/sea-birds/", "/contact/", "/search/", "/404.html", "/faq/"]


@pytest.mark.parametrize("slug", PRODUCTS)
def test_what_is_weighed_of_a_product_page_is_what_a_phone_asks_for(
    open_page: Callable[[Visitor], Page], slug: str
) -> None:
    """A print, one with the most text, a bundle, and what is sent by e-mail, whose day of arrival is not reckoned."""
    path = f"/products/{slug}/"
    assert asked_for(open_page(ON_PHONE), path) == weighed(path)


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_weighed_of_another_page_leaves_nothing_out(open_page: Callable[[Visitor], Page], path: str) -> None:
    """Whether somebody answers is reckoned where the foot is near, which depends on the screen; it always counts."""
    assert asked_for(open_page(ON_PHONE), path) - weighed(path) == set()


def test_what_is_left_out_comes_with_the_first_touch_of_a_form(open_page: Callable[[Visitor], Page]) -> None:
    """Before the button is pressed, so that nobody waits for it then."""
    page = open_page(ON_PHONE)
    asked_for(page, "/products/storm-petrel/")
    with page.expect_response(lambda answer: "/static/sending." in answer.url) as came:
        page.locator("input[name=sku][value=PETREL-A3]").check()
    assert came.value.ok


def test_a_cart_that_cannot_be_changed_in_the_background_is_changed_all_the_same(
    open_page: Callable[[Visitor], Page],
) -> None:
    """When the script that does so is not to be had, the browser sends the form itself."""
    page = open_page(ON_PHONE)
    page.route("**/static/sending.*", lambda route: route.fulfill(content_type="text/javascript", body="throw 0"))
    page.goto("/products/storm-petrel/")
    page.get_by_role("button", name="Add to cart").click()
    page.wait_for_url("**/cart")
    assert page.locator("[name='quantity.PETREL-A4']").input_value() == "1"


def asked_for(page: Page, path: str) -> set[str]:
    """The scripts and style sheets that a browser asks for by itself."""
    found: set[str] = set()
    page.on("request", lambda request: found.update(_weighed_part(request)))
    page.goto(path, wait_until="networkidle")
    return found


def _weighed_part(request: Request) -> set[str]:
    return {urlsplit(request.url).path} if request.resource_type in ("script", "stylesheet") else set()


def weighed(path: str) -> set[str]:
    """The scripts and style sheets that count as the page's weight."""
    file = OUTPUT / path.lstrip("/")
    html = (file / "index.html" if path.endswith("/") else file).read_text(encoding="utf-8")
    return styles(html) | scripts(html, OUTPUT)
