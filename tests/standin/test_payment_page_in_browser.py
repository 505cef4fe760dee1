"""The payment page as people meet it: in a real browser, without JavaScript, by keyboard, in both schemes."""

from collections.abc import Callable

import pytest
import stripe
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from functions.local.standin import Standin

pytestmark = pytest.mark.browser
Create = Callable[..., stripe.checkout.Session]


def tab(chromium: Browser, *, width: int = 390, scheme: str = "light", script: bool = False) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
    )
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1440, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Browser, create: Create, standin: Standin, width: int, scheme: str
) -> None:
    open_, over = create(), create()
    standin.expire(over.id)
    page = tab(chromium, width=width, scheme=scheme, script=True)
    addresses = [str(open_.url), f"{standin.url}/pay/{over.id}", f"{standin.url}/"]
    for address in addresses:
        page.goto(address)
        assert [found["id"] for found in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(addresses[0])
    page.fill("#email", "sam")
    page.click("button[name=pay]")
    assert page.locator("#email-error").is_visible()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.context.close()


def test_the_keyboard_alone_pays(
    chromium: Browser, create: Create, client: stripe.StripeClient, standin: Standin
) -> None:
    session = create(success_url=f"{standin.url}/?paid")
    page = tab(chromium)
    page.goto(str(session.url))
    page.focus("#cvc")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{standin.url}/?paid")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    page.context.close()


def test_the_total_follows_the_shipping_option_without_javascript(chromium: Browser, create: Create) -> None:
    page = tab(chromium)
    page.goto(str(create().url))
    button = page.locator("button[name=pay]")
    assert button.inner_text().strip() == "Pay €83.40"
    page.check("#rate-1")
    assert button.inner_text().strip() == "Pay €91.40"
    page.context.close()


def test_a_declined_card_and_then_another(chromium: Browser, create: Create, standin: Standin) -> None:
    page = tab(chromium, width=1440)
    page.goto(str(create(success_url=f"{standin.url}/?paid").url))
    page.click("button[value='4000000000000002']")
    assert page.get_by_role("alert").inner_text().startswith("Your card was declined.")
    page.click("button[value='4000002500003155']")
    page.get_by_role("button", name="Authorise the payment").click()
    page.wait_for_url(f"{standin.url}/?paid")
    page.context.close()


def test_its_own_buttons_steer_it_and_those_of_another_page_do_not(chromium: Browser, standin: Standin) -> None:
    """A browser says by itself where a form is from, as long as the page does not forbid it."""
    page = tab(chromium)
    page.goto(f"{standin.url}/")
    page.get_by_role("button", name="Lose all").click()
    assert standin.state()["rules"]["lose_all"] is True
    standin.behave()
    form = f'<form method="post" action="{standin.url}/_control/lose_all"><button>Go</button></form>'
    page.goto(f"data:text/html,{form}")
    with page.expect_response(f"{standin.url}/_control/lose_all") as answer:
        page.get_by_role("button", name="Go").click()
    assert (answer.value.status, standin.state()["rules"]["lose_all"]) == (403, False)
    page.context.close()
