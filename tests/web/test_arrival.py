"""The same days in the cart, on the payment page, on the order, and in its mail."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.service.stocking import declare
from functions.shop.calendar import Holidays
from functions.shop.day import days_text
from functions.shop.promise import Dispatch
from functions.shop.rate import Pickup, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.working_days import Days
from tests.small_shop import POSTCARD, SETTINGS, write_release
from tests.web.forms import SELF, add, check_out, visible
from tests.web.test_checkout import the_order
from tests.web.test_special_products import bought, payment_page, the_mail

pytestmark = pytest.mark.slow


EVERY_DAY = tuple(range(7))
POST = ShippingRate("post", "Post", 450, Days(1, 3), carrier_days=EVERY_DAY)
PIER = replace(POST, id="pier", name="Collect", price=0, days=Days(0, 0), pickup=Pickup("1 Pier Road", "Sat 10–14"))
SHOP = replace(
    SETTINGS,
    shipping=Shipping(Days(1, 2), (ShippingZone("Ireland", ("IE",), (POST, PIER)),)),
    dispatch=Dispatch("24:00", EVERY_DAY),
    holidays=Holidays({}, "2999-12-31", "IE"),
)
"""It packs and sends on every day, so that nothing depends on the day of the test."""
FILE = replace(POSTCARD, sku="FILE", title="File", digital=True, weight=0)


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """A shop that sells things and files."""
    write_release(tmp_path / "build", (POSTCARD, FILE), SHOP)
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def ahead(days: int) -> str:
    today = datetime.now(ZoneInfo("Europe/Dublin")).date()
    return (today + timedelta(days)).isoformat()


def test_the_days_of_the_cart_are_those_of_payment_page_order_and_mail(app: App, browser: Client) -> None:
    days = days_text(ahead(2), ahead(5))
    add(browser, "CARD")
    assert f": arrives {days}" in visible(browser.get("/cart"))
    check_out(browser)
    assert "2–5 days" in payment_page(the_order(app, browser))
    order = bought(app, browser)
    assert (order.dispatch_by, order.arrives_from, order.arrives_to) == (ahead(2), ahead(2), ahead(5))
    assert f"Post Arrives {days}" in visible(browser.get(f"/order/{order.id}"))
    assert f"Post Arrives {days}" in the_mail(app)


def test_what_is_collected_has_a_day_from_which_it_is_ready(app: App, browser: Client) -> None:
    add(browser, "CARD")
    browser.post("/cart", data={"country": "IE", "shipping": "pier"}, headers=SELF)
    assert "Sat 10–14 Order in" in visible(browser.get("/cart"))
    check_out(browser)
    order = bought(app, browser)
    ready = days_text(ahead(2), ahead(2))
    assert f"Collect Ready from {ready}" in visible(browser.get(f"/order/{order.id}"))
    assert f"Collect Ready from {ready}" in the_mail(app)


def test_files_come_at_once(app: App, browser: Client) -> None:
    add(browser, "FILE")
    assert "Nothing to send" in visible(browser.get("/cart"))
    check_out(browser)
    order = bought(app, browser)
    assert order.arrives_to == ""
    assert "At once, by e-mail" in visible(browser.get(f"/order/{order.id}"))
