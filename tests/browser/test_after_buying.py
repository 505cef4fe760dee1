"""After buying, without JavaScript: cancelling, sending back, another address, withdrawing, asking; and the looks."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from functions.app import clock
from functions.service.acting import perform
from functions.service.settlement import settle
from functions.shop.acts import (
    Act,
    Actor,
    ApproveReturn,
    AskReturn,
    Cancel,
    Deliver,
    Hold,
    Pack,
    ReceiveReturn,
    RejectReturn,
    Ship,
    Warn,
    Withdraw,
)
from functions.shop.errors import Conflict
from functions.shop.order import Order
from functions.shop.shipment import Pieces
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.steps import add_to_cart, go_to_cart, pay_with, press_order_and_pay
from tests.browser.test_looking import faults
from tests.living_shop import LivingShop
from tests.web.forms import add, check_out
from tests.web.over_http import browser_at
from tests.web.paying import pay

Open = Callable[[Visitor], Page]
PLAIN = [
    pytest.param(Visitor(False, DESKTOP), id="desktop-without-javascript"),
    pytest.param(Visitor(False, PHONE), id="phone-without-javascript"),
]
SCHEMES: tuple[Any, ...] = ("light", "dark")
ASKED = AskReturn("r1", (Pieces(0, 1),), "It is damaged or faulty: a corner is bent", 14)


def buy(shop: LivingShop, page: Page, visitor: Visitor) -> Order:
    """Buy a mug as people do; the order's page is open then."""
    page.goto("/products/mug-isobars/")
    add_to_cart(page, visitor)
    go_to_cart(page)
    press_order_and_pay(page)
    pay_with(page, "4242424242424242")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    return the_order(shop, page.url.rsplit("/", 1)[1])


def the_order(shop: LivingShop, order_id: str) -> Order:
    order = shop.app.store.order(order_id)
    assert order
    return order


def do(shop: LivingShop, order: Order, *acts: Act) -> Order:
    """Do things to an order, as the owner does."""
    app = shop.app
    for act in acts:
        order = perform(order.id, act, store=app.store, payments=app.payments, clock=clock, codes=app.codes)
    return order


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize("visitor", PLAIN)
def test_an_order_is_cancelled_and_the_money_goes_back(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """And the mug is there again."""
    page, before = open_page(visitor), shop.stock("MUG-ISOBARS")
    order = buy(shop, page, visitor)
    follow(page, "Cancel the order")
    expect(page.get_by_role("main")).to_contain_text("You get back €21.00, the way you paid.")
    press(page, "Cancel the order")
    heading(page, "This order is cancelled")
    expect(page.get_by_role("main")).to_contain_text("€21.00 Given back on")
    assert page.url == f"{shop.url}/order/{order.id}"
    assert shop.stock("MUG-ISOBARS") == before


@pytest.mark.parametrize("visitor", PLAIN)
def test_something_is_sent_back_from_asking_to_the_money(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """The owner ships, agrees and receives meanwhile."""
    page = open_page(visitor)
    order = do(shop, buy(shop, page, visitor), Pack(), Ship("An Post", "RR123456785IE"), Deliver())
    page.reload()
    heading(page, "Delivered")
    tracking = page.get_by_role("link", name="Follow parcel RR123456785IE")
    expect(tracking).to_have_attribute("href", "https://www.anpost.com/Post-Parcels/Track/History?item=RR123456785IE")
    follow(page, "Send something back")
    expect(page.get_by_label("How many Isobar Mug")).to_have_value("1")
    page.get_by_label("How many Isobar Mug").fill("0")
    press(page, "Ask to send it back")
    expect(page.locator("#wrong-items")).to_have_text(
        "Nothing is chosen yet. Please write 1 or more beside each thing that you want to send back."
    )
    page.get_by_label("How many Isobar Mug").fill("1")
    page.get_by_label("Why?").select_option(label="It is damaged or faulty")
    page.get_by_label("Anything else").fill("The handle came off.")
    press(page, "Ask to send it back")
    expect(page.locator("#returns + ul")).to_contain_text("Please do not send anything yet.")
    [asked] = the_order(shop, order.id).returns
    assert asked.reason == "It is damaged or faulty: The handle came off."
    do(shop, order, ApproveReturn(asked.id, "Use the label in our mail."))
    page.reload()
    expect(page.locator("#returns + ul")).to_contain_text("Please send it back. Use the label in our mail.")
    do(shop, order, ReceiveReturn(asked.id, 1650))
    page.reload()
    expect(page.locator("#returns + ul")).to_contain_text("We give you back €16.50.")
    expect(page.locator("#money + ul")).to_contain_text("€16.50 Given back on")


@pytest.mark.parametrize("visitor", PLAIN)
def test_it_goes_to_another_address(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """What is missing is asked for beside its field, and nothing has to be typed twice."""
    page = open_page(visitor)
    order = buy(shop, page, visitor)
    follow(page, "Change the address")
    page.get_by_label("Street and number").fill(" ")
    page.get_by_label("Name").fill("Ada Byrne")
    press(page, "Send it there")
    expect(page.locator("#wrong-line1")).to_have_text("Please fill this in.")
    expect(page.get_by_label("Name")).to_have_value("Ada Byrne")
    page.get_by_label("Street and number").fill("4 Quay Street")
    press(page, "Send it there")
    expect(page.get_by_role("status").filter(has_text="Saved: it goes to this address now.")).to_be_visible()
    expect(page.locator("#where ~ address")).to_contain_text("4 Quay Street")
    address = the_order(shop, order.id).address
    assert address
    assert (address.name, address.line1, address.country) == ("Ada Byrne", "4 Quay Street", "IE")


@pytest.mark.parametrize("visitor", PLAIN)
def test_withdrawing_from_the_order_page(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """Two steps, and the form is filled in."""
    page = open_page(visitor)
    order = buy(shop, page, visitor)
    follow(page, "Withdraw from contract here")
    expect(page.get_by_label("Order number")).to_have_value(order.id)
    press(page, "Continue")
    expect(page.locator(".stated")).to_contain_text(f"I withdraw from the contract of order {order.id}.")
    assert the_order(shop, order.id).withdrawals == ()
    press(page, "Confirm withdrawal")
    heading(page, "Your withdrawal has reached us")
    page.goto(f"/order/{order.id}")
    heading(page, "This order is cancelled")


@pytest.mark.parametrize("visitor", PLAIN)
def test_withdrawing_without_any_link(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """From the foot of any page, with number and address alone."""
    order = buy(shop, open_page(visitor), visitor)
    page = open_page(visitor)
    page.goto("/about/")
    page.get_by_role("contentinfo").get_by_role("link", name="Withdraw from contract here").click()
    page.get_by_label("Your name").fill("Sam Shopper")
    page.get_by_label("Order number").fill(order.id.lower().replace("-", " "))
    page.get_by_label("Your e-mail address").fill(order.email)
    press(page, "Continue")
    press(page, "Change something")
    expect(page.get_by_label("Your name")).to_have_value("Sam Shopper")
    press(page, "Continue")
    press(page, "Confirm withdrawal")
    heading(page, "Your withdrawal has reached us")
    assert [one.name for one in the_order(shop, order.id).withdrawals] == ["Sam Shopper"]


@pytest.mark.parametrize("visitor", PLAIN)
def test_a_question_and_the_link_once_more(shop: LivingShop, open_page: Open, visitor: Visitor) -> None:
    """Both are kept with the order."""
    page = open_page(visitor)
    order = buy(shop, page, visitor)
    follow(page, "Write to us about it")
    page.get_by_label("Your message").fill("Could you leave it\nwith the neighbours?")
    press(page, "Send")
    expect(page.locator("#messages ~ ul")).to_contain_text("with the neighbours?")
    page.get_by_role("contentinfo").get_by_role("link", name="Find your order").click()
    page.get_by_label("Order number").fill(order.id)
    page.get_by_label("The e-mail address you ordered with").fill(order.email)
    press(page, "Send me the link")
    expect(page.get_by_role("main")).to_contain_text("If there is such an order, a mail with its link is on its way")
    assert [one.kind.value for one in the_order(shop, order.id).messages].count("link") == 1


def in_all_states(shop: LivingShop) -> dict[str, Order]:
    """An order in each state that a customer can see, by what it is."""
    first = Ship("DHL", "JD014600003456789012", (Pieces(0, 1),))
    sent = (Ship("An Post", "RR123456785IE"), Deliver())
    lives: dict[str, tuple[Act, ...]] = {
        "paid": (),
        "packed": (Pack(),),
        "held": (Hold("look"),),
        "partly shipped": (first,),
        "shipped": sent[:1],
        "delivered": sent,
        "cancelled": (Cancel(Actor.CUSTOMER),),
        "return asked": (*sent, ASKED),
        "return approved": (*sent, ASKED, ApproveReturn("r1")),
        "return rejected": (*sent, ASKED, RejectReturn("r1", "It was made for you.")),
        "return received": (*sent, ASKED, ReceiveReturn("r1", 1650)),
        "withdrawn": (*sent, Withdraw("w1", "Sam", "sam@example.com", "All of it")),
    }
    orders = {name: do(shop, _paid(shop), *acts) for name, acts in lives.items()}
    return orders | {"not paid": _ordered(shop), "late": do(shop, _late(shop), Warn("The glue is still wet.", 0))}


def _ordered(shop: LivingShop) -> Order:
    browser = browser_at(shop.url)
    add(browser, "MUG-ISOBARS")
    add(browser, "NOTECARDS-BIRDS")
    check_out(browser)
    paying = browser.get_cookie("paying")
    assert paying
    return the_order(shop, paying.value)


def _paid(shop: LivingShop) -> Order:
    order, app = _ordered(shop), shop.app
    pay(order.pay_url)
    return settle(order.id, store=app.store, payments=app.payments, clock=clock, codes=app.codes)


def _late(shop: LivingShop) -> Order:
    """An order whose days are over. News of its payment may be written at the same moment, so there are some tries."""
    order_id = _paid(shop).id
    for _ in range(20):
        order = the_order(shop, order_id)
        days = {"dispatch_by": "2026-01-05", "arrives_from": "2026-01-07", "arrives_to": "2026-01-09"}
        with suppress(Conflict):
            shop.app.store.save(replace(order, version=order.version + 1, **days))  # type: ignore[arg-type]
            break
    return the_order(shop, order_id)


def addresses(shop: LivingShop) -> list[str]:
    """Links to the page of each, and to the pages below one that is paid or delivered."""
    orders = in_all_states(shop)
    more = [("paid", name) for name in ("cancel", "address", "help", "invoice")]
    more += [("delivered", "return"), ("packed", "cancel"), ("packed", "address"), ("paid", "return")]
    paths = [f"/order/{order.id}" for order in orders.values()]
    paths += [f"/order/{orders[name].id}/{page}" for name, page in more]
    token = {order.id: shop.app.tokens.for_order(order.id) for order in orders.values()}
    return [f"{path}?t={token[path.split('/')[2]]}" for path in paths] + ["/withdraw", "/order-link"]


def test_axe_finds_nothing_in_any_state_and_no_page_is_wider_than_its_screen(shop: LivingShop, open_page: Open) -> None:
    """Light and dark, from the narrowest phone to a wide screen."""
    page = open_page(Visitor(True, PHONE))
    for address in addresses(shop):
        page.goto(address)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert (page.url, faults(page)) == (page.url, [])
        for width in (320, 390, 768, 1440, 2560):
            page.set_viewport_size(ViewportSize(width=width, height=900))
            assert (page.url, page.evaluate("document.documentElement.scrollWidth")) == (page.url, width)
        page.set_viewport_size(PHONE)


def test_on_paper_an_invoice_stands_alone(shop: LivingShop, open_page: Open) -> None:
    """Without menus, buttons and the foot of the page."""
    page, order = open_page(Visitor(False, DESKTOP)), _paid(shop)
    page.goto(f"/order/{order.id}/invoice?t={shop.app.tokens.for_order(order.id)}")
    expect(page.get_by_role("link", name="Download as PDF")).to_be_visible()
    page.emulate_media(media="print")
    for hidden in (page.locator("body > header"), page.locator("body > footer"), page.locator(".by-screen").first):
        expect(hidden).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_steps_say_where_the_order_is_to_who_does_not_see_them(shop: LivingShop, open_page: Open) -> None:
    """One step is the current one; what is to come says so."""
    page, order = open_page(Visitor(False, PHONE)), do(shop, _paid(shop), Ship("DHL", "1"))
    page.goto(f"/order/{order.id}?t={shop.app.tokens.for_order(order.id)}")
    current: Any = page.locator(".steps [aria-current=step]")
    expect(current).to_have_count(1)
    expect(current).to_contain_text("Shipped")
    expect(page.locator(".steps > li").last).to_contain_text("still to come")
