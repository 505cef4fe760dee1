"""One source of truth: every variant of the demo shop costs the same wherever its price is written."""

import html
import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin, running_standin
from functions.service.stocking import declare
from functions.shop.catalogue import Variant
from functions.shop.money import amount_text, format_amount
from tests.living_shop import settings
from tests.web.forms import add, check_out, visible
from tests.web.paying import pay

ROOT = Path(__file__).parents[1]
URL = "http://127.0.0.1:8000"

pytestmark = pytest.mark.slow  # needs the demo shop built: make html


def variants() -> list[Variant]:
    built = (ROOT / "build" / "release.json").exists()
    return sorted(every_variant(ROOT / "build"), key=lambda variant: variant.sku) if built else []


def page_of(variant: Variant) -> str:
    return (ROOT / "output" / variant.path.strip("/") / "index.html").read_text(encoding="utf-8")


def test_the_demo_shop_has_at_least_sixteen_products_in_four_collections() -> None:
    assert len({variant.product for variant in variants()}) >= 16
    assert len(list((ROOT / "content" / "collections").glob("*.md"))) == 4


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: variant.sku)
def test_page_and_structured_data_name_the_catalogues_price(variant: Variant) -> None:
    page = page_of(variant)
    assert f"€{variant.price // 100}.{variant.price % 100:02d}" in html.unescape(page)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])  # type: ignore[index]
    product = next(thing for thing in data if thing["@type"] == "Product")
    offer = next(offer for offer in product["offers"] if offer["sku"] == variant.sku)
    assert (offer["price"], offer["priceCurrency"]) == (amount_text(variant.price, "EUR"), "EUR")
    assert offer["availability"] == f"https://schema.org/{availability(variant)}"


def availability(variant: Variant) -> str:
    if variant.declared == 0:
        return "OutOfStock"
    return "LimitedAvailability" if variant.declared <= 3 else "InStock"


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with running_standin() as running:
        yield running


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, standin: Standin) -> App:
    made = App(settings(URL, standin.url, tmp_path_factory.mktemp("shop"), ROOT / "build"))
    declare(every_variant(ROOT / "build"), made.store)
    return made


@pytest.mark.parametrize("variant", [v for v in variants() if v.declared or not v.tracked], ids=lambda v: v.sku)
def test_cart_payment_page_order_and_mail_name_the_catalogues_price(
    app: App, standin: Standin, variant: Variant
) -> None:
    browser = Client(app)
    add(browser, variant.sku)
    price = format_amount(variant.price, app.catalogue.current().settings.money)
    assert f"{price} each" in visible(browser.get("/cart"))
    pay_url = check_out(browser).headers["Location"]
    session = next(s for s in standin.sessions() if s["url"] == pay_url)
    assert session["amount_subtotal"] == variant.price
    pay(pay_url)
    order_id = session["client_reference_id"]
    assert f"1 × {price}" in visible(browser.get(f"/order/{order_id}"))
    mail = next(path for path in Path(app.setting("MAIL_FOLDER")).glob("*.eml") if order_id in path.read_text())
    text = message_from_bytes(mail.read_bytes(), policy=default).get_body(("plain",))
    assert text is not None
    assert f"1 × {price}" in text.get_content()
