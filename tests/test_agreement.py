"""A shop with everything, from files in git to the cart: all that is said of a variant agrees, wherever it is said.

And text that looks like an attack stays text in each of these places (R28).
"""

import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.service.stocking import declare
from plugins.content.markdown import USUAL, engine
from tests.golden.building import HERE, SITE_URL, build_sample
from tests.living_shop import settings
from tests.plugins.old_shop import OldShop
from tests.web.forms import add, visible

pytestmark = pytest.mark.slow
G = "{http://base.google.com/ns/1.0}"
ATTACK = "</script><script>alert(1)</script> ]]> <!-- & &amp; \"x\" 'y' `z` *b* [l](javascript:a) | #"
QUOTED = json.dumps(ATTACK)
NOW = datetime.now(UTC)
LATER = (NOW + timedelta(days=30)).date().isoformat()

TEA = """
title: Tea
summary: Leaves of two kinds.
collection: paper
images:
  - {file: card.png, alt: A packet.}
  - {file: tern.png, alt: A large packet.}
options: {Size: [Small, Large], Taste: [Mint, Nettle]}
variants:
  - sku: TEA-S
    price: 4.50
    options: {Size: Small, Taste: Mint}
    weight: 300 g
    stock: 9
    contents: 250 g
    gtin: "4006381333931"
  - sku: TEA-L
    price: PRICE
    options: {Size: Large, Taste: Mint}
    weight: 1.1 kg
    stock: 2
    contents: 1 kg
    image: tern.png
    CLAIM
  - sku: TEA-N
    price: 5.00
    options: {Size: Small, Taste: Nettle}
    stock: 0
"""
KINDS = {
    "early": f"sku: EARLY\nprice: 7.00\nstock: 5\nrelease_date: {LATER}\n",
    "late": "sku: LATE\nprice: 8.00\nstock: 0\nbackorder: 2-3 weeks\n",
    "file": "sku: FILE\nprice: 3.00\ndigital: yes\n",
    "made": "sku: MADE\nprice: 75.00\nships_to: [FR]\n",
    "set": "sku: SET\nprice: 6.00\nbundle:\n  - {sku: TEA-L, quantity: 1}\n  - {sku: TEA-S, quantity: 2}\n",
}
PLAIN = """
title: {0}
summary: About {0}.
collection: paper
aliases: [old-{0}]
images:
  - {{file: card.png, alt: A {0}.}}
"""
NASTY = f"""
title: {QUOTED}
summary: {QUOTED}
collection: paper
images:
  - file: card.png
    alt: {QUOTED}
options:
  {QUOTED}: [{QUOTED}, other]
  Size: [{QUOTED}]
variants:
  - {{sku: NASTY-1, price: 1.00, options: {{{QUOTED}: {QUOTED}, Size: {QUOTED}}}}}
  - {{sku: NASTY-2, price: 2.00, options: {{{QUOTED}: other, Size: {QUOTED}}}}}
material: {QUOTED}
specs:
  {QUOTED}: {QUOTED}
care: {QUOTED}
included: [{QUOTED}]
dimensions: {QUOTED}
safety: {{maker: {QUOTED}, importer: {QUOTED}, warnings: [{QUOTED}]}}
"""


@dataclass(frozen=True, slots=True)
class Built:
    """A built shop, and functions that run on it."""

    folder: Path
    app: App

    def text(self, address: str) -> str:
        """What stands at an address."""
        path = self.folder / "output" / address.lstrip("/")
        return (path / "index.html" if address.endswith("/") else path).read_text(encoding="utf-8")

    def graph(self, address: str) -> list[dict[str, Any]]:
        """What a page tells search engines."""
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.text(address), re.DOTALL)
        assert len(found) == 1
        told = json.loads(found[0])
        nodes: list[dict[str, Any]] = told.get("@graph", [told])
        return nodes

    def variant(self, path: str, sku: str) -> dict[str, Any]:
        """What a product's page tells search engines about a variant."""
        product = self.graph(path)[0]
        found: dict[str, Any]
        [found] = [each for each in product.get("hasVariant", [product]) if each["sku"] == sku]
        return found

    def item(self, sku: str) -> dict[str, str]:
        """What the merchant feed says about a variant."""
        items = ElementTree.fromstring(self.text("/merchant.xml")).iter("item")  # noqa: S314 - our own file
        told = [{field.tag.removeprefix(G): field.text or "" for field in item} for item in items]
        [found] = [fields for fields in told if fields["id"] == sku]
        return found

    def row(self, path: str, sku: str) -> list[str]:
        """Name, SKU, price and availability in a product's Markdown twin."""
        rows = re.findall(r"<tr>\n(.*?)</tr>", engine(USUAL).render(self.text(f"{path}index.md")).html, re.DOTALL)
        cells = [[unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row)] for row in rows]
        [found] = [row for row in cells if row[1:2] == [sku]]
        return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The shop, with a price that was lowered five days ago after sixty days."""
    folder = tmp_path_factory.mktemp("shop")
    shop = OldShop(folder / "repository")
    for part in ("collections", "images", "shop", "pages"):
        shutil.copytree(HERE / "shop" / part, shop.content / part)
    shutil.copy(HERE / "shop/products/card.md", shop.content / "products/card.md")
    shutil.copy(HERE / "shop/products/tern-print.md", shop.content / "products/tern-print.md")
    commit(shop, 90)
    write(shop, "tea", TEA.replace("PRICE", "20.00").replace("CLAIM", ""))
    commit(shop, 60)
    write(shop, "tea", TEA.replace("PRICE", "16.00").replace("CLAIM", "compare_at: 20.00"))
    for name, fields in KINDS.items():
        write(shop, name, PLAIN.format(name) + fields)
    write(shop, "nasty", NASTY)
    commit(shop, 5)
    build_sample(folder, shop.content)
    app = App(settings("http://127.0.0.1:8000", "http://127.0.0.1:9", folder / "var", folder / "build"))
    declare(every_variant(folder / "build"), app.store)
    return Built(folder, app)


def write(shop: OldShop, slug: str, fields: str) -> None:
    shop.file(slug).write_text(f"---\n{fields.strip()}\n---\n\nAbout it: {ATTACK}\n", encoding="utf-8")


def commit(shop: OldShop, days_ago: int) -> None:
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "Change", at=(NOW - timedelta(days=days_ago)).isoformat())


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a variant: name and price as shoppers read them, and in the words of each place."""

    sku: str
    path: str
    name: str
    price: str
    schema: str
    google: str
    twin: str
    live: str


SAID = (
    Said("TEA-S", "/products/tea/", "Tea, Small, Mint", "4.50", "InStock", "in_stock", "in stock", "in"),
    Said(
        "TEA-L", "/products/tea/", "Tea, Large, Mint", "16.00", "LimitedAvailability", "in_stock", "only 2 left", "low"
    ),
    Said("TEA-N", "/products/tea/", "Tea, Small, Nettle", "5.00", "OutOfStock", "out_of_stock", "sold out", "out"),
    Said(
        "EARLY",
        "/products/early/",
        "early",
        "7.00",
        "PreOrder",
        "preorder",
        f"pre-order, available from {LATER}",
        "preorder",
    ),
    Said("LATE", "/products/late/", "late", "8.00", "BackOrder", "backorder", "back-order, 2-3 weeks", "backorder"),
    Said("FILE", "/products/file/", "file", "3.00", "InStock", "in_stock", "by e-mail", "in"),
    Said("MADE", "/products/made/", "made", "75.00", "InStock", "in_stock", "made to order", "in"),
    Said("SET", "/products/set/", "set", "6.00", "LimitedAvailability", "in_stock", "only 2 left", "low"),
    Said("CARD", "/products/card/", "Card", "2.50", "InStock", "in_stock", "in stock", "in"),
    Said(
        "NASTY-1",
        "/products/nasty/",
        f"{ATTACK}, {ATTACK}, {ATTACK}",
        "1.00",
        "InStock",
        "in_stock",
        "made to order",
        "in",
    ),
)
EACH = pytest.mark.parametrize("said", SAID, ids=lambda said: said.sku)


@EACH
def test_the_page_shows_the_price_and_the_state(built: Built, said: Said) -> None:
    html = built.text(said.path)
    assert f"€{said.price}" in html
    states = re.findall(rf'data-sku="{said.sku}" data-stock="(\w+)"', html)
    assert set(states) == {said.live}


@EACH
def test_structured_data_agrees(built: Built, said: Said) -> None:
    told = built.variant(said.path, said.sku)
    offer = told["offers"]
    assert (told["name"], offer["price"], offer["priceCurrency"]) == (said.name, said.price, "EUR")
    assert offer["availability"] == f"https://schema.org/{said.schema}"


@EACH
def test_the_merchant_feed_agrees(built: Built, said: Said) -> None:
    item = built.item(said.sku)
    assert item["title"] == said.name[:150]
    assert item.get("sale_price", item["price"]) == f"{said.price} EUR"
    assert item["availability"] == said.google
    assert item["link"] == built.variant(said.path, said.sku)["offers"]["url"]
    assert item["image_link"] in built.variant(said.path, said.sku)["image"]


@EACH
def test_the_twin_agrees(built: Built, said: Said) -> None:
    name, _, price, state = built.row(said.path, said.sku)
    assert name == said.name
    assert price.split(" (")[0] == f"€{said.price}"
    assert state == said.twin


@EACH
def test_live_stock_agrees(built: Built, said: Said) -> None:
    answer = Client(built.app).get(f"/stock?sku={said.sku}").get_json()
    assert answer["stock"][said.sku]["availability"] == said.live


@EACH
def test_the_cart_agrees(built: Built, said: Said) -> None:
    browser = Client(built.app)
    add(browser, said.sku)
    shown = visible(browser.get("/cart"))
    assert f"€{said.price} each" in shown
    assert " ".join(said.name.split(", ", 1)[0].split()) in shown


def test_a_proved_reduction_is_the_same_everywhere(built: Built) -> None:
    """Twenty before, sixteen now, since five days ago."""
    since = (NOW - timedelta(days=5)).date().isoformat()
    assert re.search(r"<del>.*?€20\.00</del>", built.text("/products/tea/"))
    struck = built.variant("/products/tea/", "TEA-L")["offers"]["priceSpecification"][0]
    assert (struck["priceType"], struck["price"]) == ("https://schema.org/StrikethroughPrice", "20.00")
    assert (built.item("TEA-L")["price"], built.item("TEA-L")["sale_price"]) == ("20.00 EUR", "16.00 EUR")
    price = built.row("/products/tea/", "TEA-L")[2]
    assert price == f"€16.00 (lowest price of the 30 days before {since}: €20.00) (€16.00 per 1 kg)"


def test_a_unit_price_is_the_same_everywhere(built: Built) -> None:
    """4.50 for 250 g is 18.00 a kilogram."""
    assert "€18.00 per 1 kg" in built.text("/products/tea/")
    assert built.row("/products/tea/", "TEA-S")[2] == "€4.50 (€18.00 per 1 kg)"
    item = built.item("TEA-S")
    assert (item["unit_pricing_measure"], item["unit_pricing_base_measure"]) == ("250 g", "1 kg")


def test_a_variants_own_picture_is_the_one_that_machines_show(built: Built) -> None:
    assert "/tern-" in built.item("TEA-L")["image_link"]
    assert "/card-" in built.item("TEA-S")["image_link"]


def test_new_products_are_news(built: Built) -> None:
    """What came with the first commit is not; the latest come first."""
    feed = ElementTree.fromstring(built.text("/feed.xml"))  # noqa: S314 - our own file
    links = [item.findtext("link") or "" for item in feed.iter("item")]
    slugs = [link.removeprefix(f"{SITE_URL}/products/").strip("/") for link in links]
    assert sorted(slugs[:6]) == ["early", "file", "late", "made", "nasty", "set"]
    assert slugs[6:] == ["tea"]


def test_old_addresses_lead_to_the_new_ones(built: Built) -> None:
    moved = json.loads((built.folder / "build/redirects.json").read_text())
    assert moved == {f"/products/old-{name}/": f"/products/{name}/" for name in KINDS}
    assert 'content="0; url=/products/early/"' in built.text("/products/old-early/")
    assert "/products/old-" not in built.text("/sitemap.xml")


def test_attack_text_stays_text_on_the_page_and_in_its_data(built: Built) -> None:
    """The only scripts are the theme's and one of data."""
    html = built.text("/products/nasty/")
    assert "<script>alert" not in html
    assert html.count("<script") == html.count('<script type="module"') + 1
    product = built.graph("/products/nasty/")[0]
    assert (product["name"], product["description"], product["material"]) == (ATTACK, ATTACK, ATTACK)
    assert product["hasVariant"][0]["additionalProperty"][0] == {
        "@type": "PropertyValue",
        "name": ATTACK,
        "value": ATTACK,
    }


def test_attack_text_stays_text_in_feeds(built: Built) -> None:
    """A parser gives it back as it was typed."""
    item = built.item("NASTY-1")
    assert (item["description"], item["size"], item["material"]) == (ATTACK, ATTACK, ATTACK)
    feed = ElementTree.fromstring(built.text("/feed.xml"))  # noqa: S314 - our own file
    [news] = [each for each in feed.iter("item") if "nasty" in (each.findtext("link") or "")]
    assert news.findtext("title") == ATTACK
    assert "<script>" not in (news.findtext("description") or "")


def test_attack_text_stays_text_in_twin_and_list(built: Built) -> None:
    """As Markdown reads them."""
    twin = engine(USUAL).render(built.text("/products/nasty/index.md")).html
    listed = engine(USUAL).render(built.text("/llms.txt")).html
    for html in (twin, listed):
        assert "<script" not in html
        assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    heading = re.search(r"<h1>(.*?)</h1>", twin)
    assert heading
    assert unescape(heading[1]) == ATTACK
