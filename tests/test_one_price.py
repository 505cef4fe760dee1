"""One source of truth: every variant of the demo shop costs what its product file says, wherever its price is written.

The expected text is the one after `price:` in the file, with the shop's sign before it; nothing here calculates.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin, running_standin
from functions.service.stocking import declare
from tests.living_shop import settings
from tests.web.forms import add, check_out, visible
from tests.web.paying import pay

ROOT = Path(__file__).parents[1]
URL = "http://127.0.0.1:8000"
G = "{http://base.google.com/ns/1.0}"
TODAY = datetime.now(UTC).date().isoformat()
AVAILABILITY = {
    "in": "InStock",
    "low": "LimitedAvailability",
    "out": "OutOfStock",
    "preorder": "PreOrder",
    "backorder": "BackOrder",
}
FED = {"in": "in_stock", "low": "in_stock", "out": "out_of_stock", "preorder": "preorder", "backorder": "backorder"}

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built")]


@dataclass(frozen=True, slots=True)
class Written:
    """What a product file says of one variant, as text: a price such as `24.00`, a stock such as `7` or nothing.

    `state` is its availability, `words` the same for a person, as the twin has it.
    """

    sku: str
    page: str
    price: str
    state: str
    words: str

    @property
    def shown(self) -> str:
        """The price as a shopper reads it."""
        return f"€{self.price}"


def written() -> list[Written]:
    """Every variant of every product file, by SKU."""
    files = sorted((ROOT / "content" / "products").glob("*.md"))
    return sorted((one for path in files for one in written_in(path)), key=lambda one: one.sku)


def written_in(path: Path) -> list[Written]:
    # BaseLoader gives every value as the text that stands in the file.
    front: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506
    return [
        Written(one["sku"], f"products/{path.stem}/index.html", one["price"], *state_in(front, one.get("stock", "")))
        for one in front.get("variants", [front])
    ]


def state_in(front: dict[str, Any], stock: str) -> tuple[str, str]:
    """Availability and its words. Of our one bundle there are twelve, for the shop has twenty-four mugs."""
    if "gift_card" in front:  # a code
        return "in", "by e-mail"
    if stock == "0":
        return ("backorder", f"back-order, {front['backorder']}") if "backorder" in front else ("out", "sold out")
    if front.get("release_date", "") > TODAY:
        return "preorder", f"pre-order, available from {front['release_date']}"
    if stock in {"1", "2", "3"}:
        return "low", f"only {stock} left"
    return "in", "in stock" if stock or "bundle" in front else "made to order"


ALL = written()
TO_BE_HAD = [one for one in ALL if one.state != "out"]


@pytest.fixture(scope="module")
def built() -> None:
    """Fails in plain words without the built shop, instead of finding nothing to compare."""
    if not (ROOT / "build" / "release.json").is_file():
        pytest.fail("The demo shop is not built, so there are no prices to compare. Run: make html")


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with running_standin() as running:
        yield running


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, standin: Standin, built: None) -> App:
    made = App(settings(URL, standin.url, tmp_path_factory.mktemp("shop"), ROOT / "build"))
    declare(every_variant(ROOT / "build"), made.store)
    return made


def page_of(one: Written) -> str:
    return html.unescape((ROOT / "output" / one.page).read_text(encoding="utf-8"))


def price_beside_choice(one: Written) -> str:
    """The price in the label of a variant; of a product without a choice, the price under its title."""
    page = page_of(one)
    label = re.search(
        rf'<label class="option"><input [^>]*value="{one.sku}"[^>]*>.*?<span class="cost">(\S+?)</span>', page
    )
    found = label or re.search(r'<p class="price">(\S+)', page)
    assert found
    return found[1]


def offer(one: Written) -> dict[str, Any]:
    """What the page tells search engines about a variant."""
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page_of(one), re.DOTALL)
    assert found
    product = json.loads(found[1])["@graph"][0]
    [told] = [each for each in product.get("hasVariant", [product]) if each["sku"] == one.sku]
    return {"name": told["name"], **told["offers"]}


@cache
def merchant_feed() -> dict[str, dict[str, str]]:
    """What the feed tells Google about each variant."""
    items = ElementTree.parse(ROOT / "output" / "merchant.xml").iter("item")  # noqa: S314 - our own file
    told = [{field.tag.removeprefix(G): field.text or "" for field in item} for item in items]
    return {fields["id"]: fields for fields in told}


def twin_row(one: Written) -> list[str]:
    """Name, SKU, price and availability of a variant, as they stand in the Markdown twin of its page."""
    text = (ROOT / "output" / one.page).with_suffix(".md").read_text(encoding="utf-8")
    [row] = [line for line in text.splitlines() if f"| {one.sku} |" in line]
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def mail_about(app: App, order_id: str) -> str:
    """The text of the one mail that confirms an order."""
    mails = [path.read_bytes() for path in Path(app.setting("MAIL_FOLDER")).glob("*.eml")]
    found = [message_from_bytes(mail, policy=default) for mail in mails if order_id.encode() in mail]
    [mail] = [each for each in found if str(each["Subject"]).startswith("Your order")]
    text = mail.get_body(("plain",))
    assert text is not None
    return str(text.get_content())


def test_the_demo_shop_has_at_least_sixteen_products_in_five_collections() -> None:
    assert len({one.page for one in ALL}) >= 16
    assert len(list((ROOT / "content" / "collections").glob("*.md"))) == 5


def test_exactly_what_the_product_files_name_is_on_sale() -> None:
    assert sorted(variant.sku for variant in every_variant(ROOT / "build")) == [one.sku for one in ALL]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.sku)
def test_page_and_structured_data_name_the_files_price(one: Written) -> None:
    assert price_beside_choice(one) == one.shown
    told = offer(one)
    assert (told["price"], told["priceCurrency"]) == (one.price, "EUR")
    assert told["availability"] == f"https://schema.org/{AVAILABILITY[one.state]}"


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.sku)
def test_feed_and_twin_name_the_files_price_and_agree_with_the_page(one: Written) -> None:
    told, fed, (name, _, price, availability) = offer(one), merchant_feed()[one.sku], twin_row(one)
    assert (fed["price"], price) == (f"{one.price} EUR", one.shown)
    assert told["name"] == fed["title"] == name.replace("\\", "")
    assert told["url"] == fed["link"]
    assert fed["availability"] == FED[one.state]
    assert availability == one.words


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.sku)
def test_live_stock_agrees_with_the_page(app: App, one: Written) -> None:
    live = Client(app).get(f"/stock?sku={one.sku}").get_json()["stock"][one.sku]["availability"]
    assert offer(one)["availability"] == f"https://schema.org/{AVAILABILITY[live]}"
    assert live == one.state


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.sku)
def test_the_cart_names_the_files_price(app: App, one: Written) -> None:
    browser = Client(app)
    add(browser, one.sku)
    assert f" {one.shown} each" in visible(browser.get("/cart"))


@pytest.mark.parametrize("one", TO_BE_HAD, ids=lambda one: one.sku)
def test_payment_page_order_and_mail_name_the_files_price(app: App, standin: Standin, one: Written) -> None:
    browser = Client(app)
    add(browser, one.sku)
    pay_url = check_out(browser).headers["Location"]
    [session] = [session for session in standin.sessions() if session["url"] == pay_url]
    assert str(session["amount_subtotal"]) == one.price.replace(".", "")
    pay(pay_url)
    order_id = session["client_reference_id"]
    assert f"1 × {one.shown}" in visible(browser.get(f"/order/{order_id}"))
    assert f"1 × {one.shown}" in mail_about(app, order_id)
