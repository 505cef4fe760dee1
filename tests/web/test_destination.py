"""Where it shall go: asked for what decides, remembered, and forgotten with the country it belongs to."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin
from functions.service.stocking import declare
from functions.shop.area import Area
from functions.shop.destination import Destination
from functions.shop.rate import Pickup, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.tax import Tax, TaxZone
from functions.shop.working_days import Days
from functions.web.cookies import Wish, wish_in, wish_text
from functions.web.form import wish_of
from tests.small_shop import SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, cart_form, check_out, visible
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import the_order, the_order_now

POST = ShippingRate("post", "Post", 450, Days(1, 3))
PIER = replace(POST, id="pier", price=0, pickup=Pickup("1 Pier Road", "Sat 10–14"))
PLACES = Shipping(
    Days(1, 2),
    (
        ShippingZone("Ireland", ("IE",), (POST, PIER)),
        ShippingZone("Spain", ("ES",), (replace(POST, id="es", price=900),)),
        ShippingZone("Islands", (), (replace(POST, id="islands", price=1900),), (Area("ES", postcodes=("35",)),)),
        ShippingZone("States", ("US",), (replace(POST, id="us", price=1600),)),
        ShippingZone("Hawaii", (), (replace(POST, id="hi", price=2600),), (Area("US", regions=("HI",)),)),
    ),
    regions={"US-HI": "Hawaii"},
)  # fmt: skip
COUNTRIES = {"IE": "Ireland", "ES": "Spain", "US": "United States"}


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop with countries that are told apart."""
    write_release(tmp_path / "build", VARIANTS, replace(SETTINGS, shipping=PLACES, countries=COUNTRIES))
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def send_to(browser: Client, **place: str) -> str:
    """Post a destination as the cart's form does; gives what the cart says then."""
    assert browser.post("/cart", data=place, headers=SELF).status_code == 303
    return visible(browser.get("/cart"))


def test_a_country_that_is_told_apart_asks_for_the_postcode_before_it_names_a_price(browser: Client) -> None:
    add(browser, "CARD")
    assert 'name="postcode"' not in browser.get("/cart").text
    page = send_to(browser, country="ES")
    assert "Please tell us the postcode: how we deliver to Spain depends on it." in page
    assert "Order and pay" not in page
    assert "Order and pay €21.50" in send_to(browser, country="ES", postcode=" 35 001 ")
    assert 'value="35001"' in browser.get("/cart").text
    assert "Order and pay €11.50" in send_to(browser, country="ES", postcode="28001")


def test_a_region_is_chosen_from_those_that_have_rules(browser: Client) -> None:
    add(browser, "CARD")
    assert "Please tell us where in United States it shall go" in send_to(browser, country="US")
    assert "Order and pay €28.50" in send_to(browser, country="US", region="HI")
    assert "Order and pay €18.50" in send_to(browser, country="US", region="-")


BUESINGEN = TaxZone("Büsingen", {}, (Area("DE", postcodes=("78266",)),))
GERMAN = Tax("VAT", 1900, (BUESINGEN, TaxZone("Germany", {"standard": 1900}, (Area("DE"),))), home="DE")
AROUND = Shipping(Days(1, 2), (ShippingZone("Germany", ("DE",), (POST,)),))


def open_german_shop(build: Path, tax: Tax) -> None:
    """The small shop delivers to Germany alone, where Büsingen lies outside of the VAT."""
    write_release(build, VARIANTS, replace(SETTINGS, shipping=AROUND, countries={"DE": "Germany"}, tax=tax))


def test_where_only_the_tax_within_the_price_differs_the_cart_asks_and_needs_no_answer(
    tmp_path: Path, app: App, browser: Client
) -> None:
    open_german_shop(tmp_path / "build", GERMAN)
    add(browser, "CARD")
    assert "Order and pay €7.00" in visible(browser.get("/cart"))
    assert 'name="postcode"' in browser.get("/cart").text
    assert "Order and pay €7.00" in send_to(browser, country="DE", postcode="78266")


def test_where_the_total_depends_on_the_tax_of_a_postcode_there_is_no_price_before_it_is_known(
    tmp_path: Path, app: App, browser: Client
) -> None:
    open_german_shop(tmp_path / "build", replace(GERMAN, inclusive=False))
    add(browser, "CARD")
    page = visible(browser.get("/cart"))
    assert "Please tell us the postcode: the tax in Germany depends on it." in page
    assert "Order and pay" not in page
    assert "Order and pay €7.00" in send_to(browser, country="DE", postcode="78266")
    assert "Order and pay €8.33" in send_to(browser, country="DE", postcode="10115")


def test_a_postcode_is_forgotten_with_its_country(browser: Client) -> None:
    add(browser, "CARD")
    send_to(browser, country="ES", postcode="35001")
    send_to(browser, country="IE", postcode="35001")
    assert "Please tell us the postcode" in send_to(browser, country="ES")


def test_the_order_keeps_the_postcode_it_was_priced_for(app: App, browser: Client) -> None:
    add(browser, "CARD")
    send_to(browser, country="ES", postcode="35001")
    form = cart_form(browser) | {"postcode": "35001"}
    assert check_out(browser, form).status_code == 303
    order = the_order(app, browser)
    assert (order.destination, order.total) == (Destination("ES", "35001"), 2150)


def test_another_postcode_than_shown_asks_again(app: App, browser: Client) -> None:
    add(browser, "CARD")
    send_to(browser, country="ES", postcode="28001")
    answer = check_out(browser, cart_form(browser) | {"postcode": "35001"})
    assert answer.status_code == 409
    assert "Delivery is now €19.00, it was €9.00. The total is now €21.50, it was €11.50." in visible(answer)


def test_what_is_collected_needs_no_address(app: App, browser: Client, standin: Standin) -> None:
    add(browser, "CARD")
    page = send_to(browser, country="IE", shipping="pier")
    assert "1 Pier Road, Sat 10–14" in page
    assert "Order and pay €2.50" in page
    assert check_out(browser).status_code == 303
    [session] = standin.sessions()
    assert session["shipping_address_collection"] is None
    order = the_order(app, browser)
    assert pay(order.pay_url) == 303
    assert send_webhook(browser, order).status_code == 204
    paid = the_order_now(app, order)
    assert (paid.held, paid.address, paid.shipping and paid.shipping.id) == ("", None, "pier")


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        (Wish(Destination("IE"), "ie-standard"), "IE.ie-standard"),
        (Wish(Destination("ES", "35001"), "islands"), "ES.islands.35001."),
        (Wish(Destination("US", "", "HI"), ""), "US...HI"),
        (Wish(Destination("US", "", "-"), "us"), "US.us..-"),
    ],
)
def test_the_cookie_says_where_and_how(wish: Wish, text: str) -> None:
    assert wish_text(wish) == text
    assert wish_in(text) == wish


@pytest.mark.parametrize(
    "text", ["", "IE", "ie.x", "IE.x.35001", "IE.x.<b>.", "IE.x.35001.HAWAII", "IE.x.12345678901."]
)
def test_a_cookie_that_makes_no_sense_is_no_wish(text: str) -> None:
    assert wish_in(text) is None


@pytest.mark.parametrize(
    ("form", "wish"),
    [
        ({}, Wish(Destination("ES", "35001"), "islands")),
        ({"shipping": "other"}, Wish(Destination("ES", "35001"), "other")),
        ({"postcode": "28 001"}, Wish(Destination("ES", "28001"), "islands")),
        ({"postcode": ""}, Wish(Destination("ES"), "islands")),
        ({"postcode": "<script>"}, Wish(Destination("ES"), "islands")),
        ({"country": "GB", "postcode": "35001"}, Wish(Destination("GB"), "islands")),
        ({"country": "GB", "postcode": "bt1 1aa"}, Wish(Destination("GB", "BT11AA"), "islands")),
        ({"country": "GB"}, Wish(Destination("GB"), "islands")),
        ({"country": "<b>"}, Wish(Destination("ES", "35001"), "islands")),
    ],
)
def test_a_form_changes_what_it_says_and_nothing_else(form: dict[str, str], wish: Wish) -> None:
    assert wish_of(MultiDict(form), Wish(Destination("ES", "35001"), "islands")) == wish


def test_an_address_outside_of_where_delivery_was_priced_for_holds_the_order_and_tells_both(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "CARD")
    send_to(browser, country="ES", postcode="28001")
    check_out(browser, cart_form(browser) | {"country": "ES", "postcode": "28001"})
    order = the_order(app, browser)
    pay(order.pay_url, country="ES", postal_code="35001")
    send_webhook(browser, order)
    paid = the_order_now(app, order)
    astray = "The address lies outside of where its delivery was priced for. "
    advice = "Agree with the customer on the difference or on another address, or give the money back."
    assert (paid.state.value, paid.held) == ("paid", astray + advice)
    assert [(message.kind.value, message.to) for message in paid.messages] == [
        ("confirmation", "sam@example.com"),
        ("held", ""),
    ]
