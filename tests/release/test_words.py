"""What changed, in words: counted from both catalogues and lists of pages, of which only what differs is read."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from functions.shop.catalogue import Variant
from functions.shop.settings import Settings
from release.difference import Difference, Side, difference
from release.manifest import built, manifest_of
from release.words import details, summary, told
from tests.small_shop import LAST_ONE, POSTCARD, PRINT_A4, SETTINGS, VARIANTS, write_release

PRINT_A3 = replace(PRINT_A4, sku="PRINT-A3", options=("A3", "Oak"), price=3400)
PAGES = {"index.html": "Home", "about/index.html": "About", "products/print/index.html": "Print", "a.css": "red"}
ROOT = Path(__file__).parents[2]


def side(
    folder: Path,
    variants: tuple[Variant, ...] = VARIANTS,
    pages: Mapping[str, str] = PAGES,
    settings: Settings = SETTINGS,
) -> Side:
    """A release of these, built in a folder."""
    write_release(folder / "build", variants, settings)
    (folder / "build" / "redirects.json").write_text("{}")
    for name, text in pages.items():
        (folder / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "output" / name).write_text(text)
    release = built(folder / "output", folder / "build")
    return Side(manifest_of(release), release.kept)


def test_prices_products_and_pages_are_counted_and_named(tmp_path: Path) -> None:
    kept = tuple(each for each in VARIANTS if each not in {POSTCARD, PRINT_A4, LAST_ONE})
    new = Variant("MUG", "mug", "Mug", 1500, "/products/mug/")
    variants = (replace(POSTCARD, price=300), replace(PRINT_A4, price=2200), PRINT_A3, new, *kept)
    pages = {**PAGES, "about/index.html": "About us", "products/mug/index.html": "Mug", "a.css": "blue"}
    del pages["index.html"]
    found = difference(side(tmp_path / "a"), side(tmp_path / "b", variants, pages))
    assert summary(found) == (
        "2 prices, 1 new product, 1 product no more, 1 new choice, 1 page, 1 new page, 1 page no more, 1 other file"
    )
    assert details(found) == [
        "Postcard (CARD): €2.50 → €3.00",
        "Print, A4, Oak (PRINT-A4): €24.00 → €22.00",
        "New: Mug",
        "No more: The last one",
        "New choice: PRINT-A3",
    ]


def test_counts_of_stock_and_settings_are_told(tmp_path: Path) -> None:
    variants = (replace(POSTCARD, declared=7), replace(PRINT_A4, weight=200), *VARIANTS[2:])
    settings = replace(SETTINGS, tagline="Fewer things")
    found = difference(side(tmp_path / "a"), side(tmp_path / "b", variants, settings=settings))
    assert summary(found) == "1 count of stock, 1 variant, settings of the shop"


def test_two_releases_that_are_the_same_have_no_difference(tmp_path: Path) -> None:
    found = difference(side(tmp_path / "a"), side(tmp_path / "b"))
    assert replace(found, money=None) == Difference()
    assert told(found) == "Nothing changed."


def test_only_what_differs_is_read(tmp_path: Path) -> None:
    """In a shop of thousands one shard differs after an edit."""
    before, after = side(tmp_path / "a"), side(tmp_path / "b", pages={**PAGES, "index.html": "Hello"})
    read: list[str] = []

    def reading(name: str) -> bytes:
        read.append(name)
        return before.read(name)

    assert summary(difference(replace(before, read=reading), after)) == "1 page"
    assert read == [before.manifest.catalogue]


def test_many_are_counted_and_the_first_ten_named(tmp_path: Path) -> None:
    many = tuple(Variant(f"C{at:02}", f"c{at}", f"Card {at}", 100, f"/products/c{at}/") for at in range(13))
    dearer = tuple(replace(each, price=200) for each in many)
    found = difference(side(tmp_path / "a", many), side(tmp_path / "b", dearer))
    assert details(found)[9:] == ["Card 9 (C09): €1.00 → €2.00", "… and 3 more prices"]


def test_it_is_told_of_two_folders(tmp_path: Path) -> None:
    """As the preview's comment has it; also where main could not be built."""
    side(tmp_path / "a")
    side(tmp_path / "b", (replace(POSTCARD, price=300), *VARIANTS[1:]))
    (tmp_path / "c").mkdir()
    assert words(tmp_path / "a", tmp_path / "b") == "1 price.\nPostcard (CARD): €2.50 → €3.00.\n"
    assert words(tmp_path / "c", tmp_path / "b").startswith("5 new products, 3 new pages, 1 other file.\n")


def words(before: Path, after: Path) -> str:
    command = [sys.executable, "-m", "release.words", str(before), str(after)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
