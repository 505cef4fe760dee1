"""The race is fair only while Hugo builds what we build: the same files, the same in them, about as many bytes."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import hugo, shop
from tests.bench.process import ENVIRONMENT

pytestmark = pytest.mark.slow
PRODUCTS = 350  # so many that the index of all has pages for letters
PAGE = "products/thing-00005/index.html"
TWIN = "products/thing-00005/index.md"
_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(?=\.)")
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@dataclass(frozen=True, slots=True)
class Race:
    """What both built."""

    ours: Path
    theirs: Path


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Race:
    """Both, of the same small catalogue."""
    folder = tmp_path_factory.mktemp("race")
    ours, theirs = folder / "shop", folder / "hugo"
    shop.write_shop(ours, PRODUCTS)
    subprocess.run(shop.command(), cwd=ours, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    hugo.write_site(theirs, PRODUCTS, ours / "output")
    subprocess.run(hugo.command(theirs), cwd=theirs, env=ENVIRONMENT, check=True)
    return Race(ours / "output", theirs / "public")


def test_both_write_the_same_files(race: Race) -> None:
    assert files(race.theirs) == files(race.ours)


def test_a_product_of_both_has_the_same_parts_and_bytes(race: Race) -> None:
    ours, theirs = text(race.ours / PAGE), text(race.theirs / PAGE)
    marks = re.compile(r'class="([\w -]+)"|id="(\w+)"')
    assert set(marks.findall(ours)) <= set(marks.findall(theirs))
    assert 0.95 < len(theirs) / len(ours) < 1.05


def test_what_search_engines_read_of_a_product_is_the_same(race: Race) -> None:
    ours, theirs = (_JSON_LD.search(text(folder / PAGE)) for folder in (race.ours, race.theirs))
    assert ours
    assert theirs
    assert json.loads(theirs[1]) == json.loads(ours[1])


def test_a_twin_of_both_reads_the_same(race: Race) -> None:
    ours, theirs = text(race.ours / TWIN).strip(), text(race.theirs / TWIN).strip()
    assert theirs.replace("- paper:", "- Paper:") == ours  # Hugo writes the names of fields small


def test_the_feed_of_both_has_the_same_variants_with_the_same_facts(race: Race) -> None:
    ours, theirs = (_items(text(folder / "merchant.xml")) for folder in (race.ours, race.theirs))
    assert len(ours) == 2 * PRODUCTS
    assert theirs == ours


def test_the_sitemap_of_both_has_the_pictures_of_all_products(race: Race) -> None:
    for folder in (race.ours, race.theirs):
        assert len(re.findall("<image:loc>", text(folder / "sitemap.xml"))) == PRODUCTS
        ElementTree.fromstring(text(folder / "sitemap.xml"))  # noqa: S314, we wrote it ourselves


def test_other_files_of_both_that_list_products_list_all(race: Race) -> None:
    for folder in (race.ours, race.theirs):
        assert len(re.findall(r"/products/thing-\d+/index\.md", text(folder / "llms.txt"))) == PRODUCTS
        index = "".join(text(path) for path in (folder / "all" / "t").rglob("*.html"))
        assert len(re.findall(r'href="/products/thing-\d+/"', index)) == PRODUCTS


def test_all_that_both_write_has_about_the_same_bytes(race: Race) -> None:
    ours, theirs = (sum(path.stat().st_size for path in folder.rglob("*.*")) for folder in (race.ours, race.theirs))
    assert 0.95 < theirs / ours < 1.05


def files(folder: Path) -> list[str]:
    """All files, without fingerprints; Hugo puts a word before the numbers of a list's pages."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(_FINGERPRINT.sub("", path).replace("/page/", "/") for path in found)


def text(path: Path) -> str:
    """A file, without fingerprints."""
    return _FINGERPRINT.sub("", path.read_text(encoding="utf-8"))


def _items(feed: str) -> dict[str, list[tuple[str, str]]]:
    """The facts of each variant of a feed, by its SKU."""
    found = {}
    for item in ElementTree.fromstring(feed).iter("item"):  # noqa: S314, we wrote it ourselves
        facts = sorted((part.tag.rpartition("}")[2], "".join(part.itertext())) for part in item)
        found[dict(facts)["id"]] = facts
    return found
