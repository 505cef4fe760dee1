"""Whole builds of the sample shop, in this process: what is written, what goes away, and that all prices agree."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from functions.adapters.file_catalogue import every_variant
from functions.shop.catalogue import Variant
from functions.shop.money import MoneyFormat, format_amount, parse_amount
from functions.shop.site import LINKED
from plugins.content import ContentFaults
from plugins.output import Output
from tests.golden.building import HERE, build_sample

pytestmark = pytest.mark.slow


EUROS = MoneyFormat("EUR", 2, prefix="€")
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop with its content beside it, built. Tests look at it and change nothing."""
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(HERE / "shop", folder / "content")
    build(folder)
    return folder


@pytest.fixture
def shop(once: Path, tmp_path: Path) -> Path:
    """The same in another folder, to be changed."""
    for part in ("content", "build/cache"):
        shutil.copytree(once / part, tmp_path / part)
    build(tmp_path)
    return tmp_path


def build(folder: Path) -> None:
    """Build the shop in a folder."""
    build_sample(folder, folder / "content")


def page(folder: Path, address: str) -> str:
    """The HTML at an address."""
    return (folder / f"output{address}index.html").read_text()


def everything(folder: Path) -> dict[str, bytes]:
    """Every public file but the search index, which is one thing, and the pointer to the release."""
    output = folder / "output"
    paths = [path for path in output.rglob("*") if path.is_file() and output / "search/pagefind" not in path.parents]
    return {str(path): path.read_bytes() for path in [*paths, folder / "build/release.json"]}


def test_the_price_of_every_variant_is_the_same_on_its_page_in_json_ld_and_in_the_catalogue(once: Path) -> None:
    """To the cent, whichever form it is written in."""
    variants = {variant.sku: variant for variant in every_variant(once / "build")}
    assert len(variants) == 7
    for variant in variants.values():
        html = page(once, variant.path)
        assert format_amount(variant.price, EUROS) in re.findall(r"€[\d,.]*\d", html)
        assert parse_amount(_offered(html, variant), "EUR") == variant.price


def test_what_is_named_in_a_page_is_there(once: Path) -> None:
    """Every picture, style sheet, script and page (R31); addresses of functions are not files."""
    output = once / "output"
    for path in output.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="(/[^"#]*)"|(/\S+\.(?:avif|webp|jpg)) \d+w', path.read_text()):
            named = next(filter(None, address))
            target = output / (named + "index.html" if named.endswith("/") else named).lstrip("/")
            assert named in LINKED or target.is_file(), f"{path.name} names {named}"


def test_a_hidden_product_has_a_page_that_search_engines_leave_out_and_nothing_leads_to_it(once: Path) -> None:
    """Only who knows its address finds it."""
    pages = {path: path.read_text() for path in (once / "output").rglob("*") if path.suffix in {".html", ".xml"}}
    hidden = once / "output/products/staff-mug/index.html"
    assert '<meta name="robots" content="noindex">' in pages.pop(hidden)
    assert [path for path, text in pages.items() if "staff-mug" in text] == []


def test_a_draft_is_not_built(once: Path) -> None:
    """Neither its page nor its SKU."""
    assert not (once / "output/products/next-year").exists()
    assert "CALENDAR" not in {variant.sku for variant in every_variant(once / "build")}


def test_markdown_cannot_put_a_script_or_a_trap_on_a_page(once: Path) -> None:
    """The only scripts are the theme's own and the JSON-LD; the address of a bad link is gone (R28)."""
    html = page(once, "/products/tern-print/")
    assert re.findall(r"<script[^>]*>", html) == [
        f'<script type="module" src="{_module(html)}">',
        '<script type="application/ld+json">',
    ]
    assert "javascript:" not in html
    assert '<a href="">a trap</a>' in html
    assert "&lt;a href=&quot;https://elsewhere.example&quot; onclick=&quot;alert(1)&quot;&gt;" in html


def test_a_product_that_was_deleted_is_gone_from_every_page_and_the_rest_stays(shop: Path) -> None:
    """Its page, its place in lists, the sitemap, the catalogue."""
    (shop / "content/products/poster.md").unlink()
    build(shop)
    assert not (shop / "output/products/poster").exists()
    public = [path for path in (shop / "output").rglob("*") if path.suffix in {".html", ".xml"}]
    assert [path for path in public if "poster" in path.read_text().casefold().replace("a large poster", "")] == []
    assert "POSTER" not in {variant.sku for variant in every_variant(shop / "build")}
    assert (shop / "output/products/card/index.html").is_file()


def test_one_changed_price_changes_only_the_pages_that_show_it(shop: Path) -> None:
    """And the release."""
    before = everything(shop)
    _edit(shop / "content/products/poster.md", "price: 18", "price: 19")
    build(shop)
    after = everything(shop)
    changed = {Path(name).relative_to(shop).as_posix() for name in after if after[name] != before.get(name)}
    assert before.keys() == after.keys()
    assert changed == {
        "build/release.json",
        "output/404.html",
        "output/merchant.xml",
        "output/paper/index.html",
        "output/paper/price-down/index.html",
        "output/paper/price-up/index.html",
        "output/products/card/index.html",
        "output/products/poster/index.html",
        "output/products/poster/index.md",
        "output/products/staff-mug/index.html",
    }


def test_a_build_from_nothing_equals_a_build_on_top_of_another(shop: Path) -> None:
    """Byte for byte."""
    _edit(shop / "content/products/card.md", "title: Card", "title: Two cards")
    build(shop)
    warm = everything(shop)
    shutil.rmtree(shop / "output")
    shutil.rmtree(shop / "build")
    build(shop)
    assert everything(shop) == warm


def test_a_fault_leaves_the_last_good_build_as_it_was(shop: Path) -> None:
    """Nothing is half-written, not even a picture."""
    before = everything(shop)
    _edit(shop / "content/products/card.md", "price: 2.50", "price: 2,50")
    (shop / "content/products/poster.md").unlink()
    with pytest.raises(ContentFaults, match=r"card\.md:9:8: price: '2,50' is no amount in EUR; write it like 24\.00"):
        build(shop)
    assert everything(shop) == before


def test_a_file_of_the_shops_own_that_got_another_name_is_missed_in_the_next_build_too(shop: Path) -> None:
    """What stood in it is remembered, yet it stands nowhere now."""
    tax = shop / "content/shop/tax.yaml"
    tax.rename(tax.with_name("taxes.yaml"))
    with pytest.raises(ContentFaults) as raised:
        build(shop)
    assert [(Path(fault.path).name, fault.field) for fault in raised.value.faults] == [
        ("tax.yaml", "file"),
        ("taxes.yaml", "file name"),
    ]


def test_what_a_build_that_was_ended_leaves_is_cleared_away_though_its_edit_was_taken_back(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a picture, a page at an old address, and a feed that was half-written beside the one that is shown."""
    before = everything(shop)
    card, gull = shop / "content/products/card.md", shop / "content/images/gull.png"
    good = card.read_bytes()
    Image.new("L", (800, 90), 33).save(gull)
    _edit(card, "file: card.png", "file: gull.png")
    _edit(card, "title: Card", "aliases: [old-card]\ntitle: Two cards")
    with monkeypatch.context() as patch:
        patch.setattr(Output, "sweep", end)
        with pytest.raises(KeyboardInterrupt):
            build(shop)
    (shop / "output/.merchant.xml.4711").write_text("<rss")
    assert len(everything(shop)) > len(before)
    card.write_bytes(good)
    gull.unlink()
    build(shop)
    assert everything(shop) == before


def end(_output: Output) -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _offered(html: str, variant: Variant) -> str:
    found = JSON_LD.search(html)
    assert found
    product = json.loads(found[1])["@graph"][0]
    offered = {each["sku"]: each["offers"] for each in product.get("hasVariant", [product])}
    return str(offered[variant.sku]["price"])


def _module(html: str) -> str:
    found = re.search(r'src="(/static/shop\.[0-9a-f]{8}\.js)"', html)
    assert found
    return unescape(found[1])
