"""Files as they come from editors: names, encodings, line ends."""

from pathlib import Path

import pytest

from plugins.content import ContentFaults, load
from tests.plugins.content.sample import ABOUT, MUG, PRINTS, SHOP, TODAY, write


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentFaults) as raised:
        load(root, TODAY)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte-order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
def test_byte_order_marks_and_every_kind_of_line_end_are_understood(shop: Path, mark: str, end: str) -> None:
    expected = load(shop, TODAY)
    for path in sorted(shop.rglob("*.md")) + sorted(shop.rglob("*.yaml")):
        write(path, mark + path.read_text().replace("\n", end))
    assert load(shop, TODAY) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
def test_faults_are_found_in_the_same_place_whatever_the_line_end(shop: Path, end: str) -> None:
    write(shop / "products/mug.md", "\ufeff" + MUG.replace("16.50", "16,50").replace("\n", end))
    assert faults_of(shop) == [
        "content/products/mug.md:9:8: price: '16,50' is no amount in EUR; write it like 24.00",
    ]


def test_columns_count_letters_with_accents_and_pictographs_as_one(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("[home, prints]", '["🐦é", prnits]'))
    assert faults_of(shop) == [
        "content/products/mug.md:4:15: collections: there is no collection '🐦é'; write home or prints",
        "content/products/mug.md:4:21: collections: there is no collection 'prnits'; did you mean 'prints'?",
    ]


def test_a_character_of_an_old_encoding_is_found(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("Isobar Mug", "Café").encode("latin-1"))
    assert faults_of(shop) == [
        (
            "content/products/mug.md:2:11: front matter: this character is not saved as UTF-8; save the file "
            "again with the encoding UTF-8"
        )
    ]


def test_a_file_saved_as_utf_16_is_named_so(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.encode("utf-16"))
    assert faults_of(shop) == [
        "content/shop/shop.yaml:1:1: file: the file is saved as UTF-16; save it again with the encoding UTF-8"
    ]


@pytest.mark.parametrize(("character", "code"), [("\x00", "U+0000"), ("\x0b", "U+000B"), ("\u2028", "U+2028")])
def test_characters_that_no_editor_shows_are_found(shop: Path, character: str, code: str) -> None:
    write(shop / "products/mug.md", MUG.replace("a pint", f"a{character} pint"))
    assert faults_of(shop) == [
        f"content/products/mug.md:12:8: front matter: an invisible character ({code}) stands here; delete it"
    ]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Big Mug.md", "big-mug"),
        ("MUG-2.md", "mug-2"),
        ("mug_2.md", "mug-2"),
        ("-mug.md", "mug"),
        ("mug--2.md", "mug-2"),
        ("tea.towel.md", "tea-towel"),
        ("mög.md", "m-g"),
    ],
)
def test_a_file_name_must_be_an_address(shop: Path, name: str, better: str) -> None:
    write(shop / "products" / name, MUG.replace("sku: MUG", "sku: MUG-2"))
    assert faults_of(shop) == [
        (
            f"content/products/{name}:1:1: file name: {name!r} cannot be an address; "
            f"use small letters, digits and hyphens, like {better}.md"
        )
    ]


def test_a_page_and_a_collection_cannot_share_an_address(shop: Path) -> None:
    write(shop / "pages/prints.md", ABOUT)
    assert faults_of(shop) == [
        (
            "content/pages/prints.md:1:1: file name: /prints/ is already the address of content/collections/prints.md; "
            "rename one of the two"
        )
    ]


RESERVED = (
    "products cart checkout order desk stripe stock theme static images 404 all search journal wishlist notify feed "
    "merchant llms parts"
).split()


@pytest.mark.parametrize("slug", RESERVED)
@pytest.mark.parametrize(("folder", "text"), [("pages", ABOUT), ("collections", PRINTS)])
def test_what_the_site_itself_needs_is_no_address_for_a_page(shop: Path, folder: str, text: str, slug: str) -> None:
    write(shop / folder / f"{slug}.md", text)
    assert faults_of(shop) == [
        f"content/{folder}/{slug}.md:1:1: file name: /{slug}/ is needed by the shop itself; give the file another name"
    ]


@pytest.mark.parametrize("slug", ["_mail", "_local"])
def test_local_addresses_are_no_file_names_at_all(shop: Path, slug: str) -> None:
    write(shop / "pages" / f"{slug}.md", ABOUT)
    assert [fault.partition(": ")[0] for fault in faults_of(shop)] == [f"content/pages/{slug}.md:1:1"] * 2


def test_a_product_may_be_called_like_a_page(shop: Path) -> None:
    write(shop / "products/about.md", MUG.replace("sku: MUG", "sku: ABOUT"))
    assert [product.slug for product in load(shop, TODAY).products] == ["about", "mug", "print"]


def test_a_file_of_another_kind_is_not_passed_over_in_silence(shop: Path) -> None:
    write(shop / "products/mug.markdown", MUG)
    assert faults_of(shop) == [
        (
            "content/products/mug.markdown:1:1: file name: is not read; only files ending in .md belong here, "
            "move it elsewhere"
        )
    ]


def test_a_misspelt_file_of_the_shop_is_found(shop: Path) -> None:
    (shop / "shop/shipping.yaml").rename(shop / "shop/shiping.yaml")
    assert faults_of(shop) == [
        "content/shop/shiping.yaml:1:1: file name: there is no such file in a shop; did you mean 'shipping.yaml'?",
        "content/shop/shipping.yaml:1:1: file: the file is missing; the handbook shows what belongs in it",
    ]


def test_what_editors_leave_behind_is_not_read(shop: Path) -> None:
    for name in (".DS_Store", ".mug.md.swp", "mug.md~", "#mug.md#"):
        write(shop / "products" / name, "not for you")
    assert len(load(shop, TODAY).products) == 2
