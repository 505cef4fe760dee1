"""A release as the functions read it: the build writes it, their own catalogue reads it back."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from functions.adapters.file_catalogue import FileCatalogue, Folder, every_variant
from functions.adapters.kept_release import Shelf, read_release
from functions.shop.catalogue import Variant
from plugins.release import Sold, shards, write_release, write_shards
from plugins.variant_lines import variant_json
from tests.small_shop import CHROME, SETTINGS, VARIANTS

FILES = {"map.pdf": "1a2b" * 16}
ASSETS = {"css/wishlist.css": "/static/wishlist.1a2b3c4d.css"}


def write(build: Path, variants: Iterable[Variant]) -> str:
    """Write a release of the small shop with these variants."""
    sold = Sold.of({variant.sku: variant_json(variant) for variant in variants})
    return write_release(build, SETTINGS, CHROME, write_shards(build, sold).values(), ASSETS, FILES)


def many(count: int) -> list[Variant]:
    """So many variants."""
    return [replace(VARIANTS[0], sku=f"CARD-{number}") for number in range(count)]


def test_functions_read_back_exactly_what_the_build_wrote(tmp_path: Path) -> None:
    """Settings, empty page and every variant, field by field."""
    release_id = write(tmp_path, VARIANTS)
    release = FileCatalogue(tmp_path, clock=lambda: 0).current()
    assert (release.assets, release.files) == (ASSETS, FILES)
    assert (release.id, release.settings, release.chrome) == (release_id, SETTINGS, CHROME)
    assert release.variants([variant.sku for variant in VARIANTS]) == {v.sku: v for v in VARIANTS}


def test_every_file_is_named_by_the_hash_of_its_content(tmp_path: Path) -> None:
    """So a release can be checked, shared and kept for ever."""
    write(tmp_path, VARIANTS)
    named = json.loads((tmp_path / "release.json").read_text())
    kept = {path.name: path.read_bytes() for path in (tmp_path / "catalogue").iterdir()}
    assert set(kept) == {named["settings"], named["chrome"], *named["shards"]}
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in kept.items())


def test_the_same_shop_is_the_same_release_whatever_the_order_of_its_variants(tmp_path: Path) -> None:
    """A build on another machine gives the same id."""
    first = write(tmp_path, VARIANTS)
    assert write(tmp_path, reversed(VARIANTS)) == first


def test_a_changed_price_is_another_release_and_the_old_files_stay(tmp_path: Path) -> None:
    """Whoever still reads the old one finds it whole."""
    first = write(tmp_path, VARIANTS)
    before = {path.name for path in (tmp_path / "catalogue").iterdir()}
    second = write(tmp_path, [replace(VARIANTS[0], price=260), *VARIANTS[1:]])
    assert second != first
    assert before < {path.name for path in (tmp_path / "catalogue").iterdir()}


def test_a_large_catalogue_is_spread_over_shards_and_none_is_lost(tmp_path: Path) -> None:
    """A quote reads the shards of its SKUs only, so its cost does not grow with the catalogue."""
    variants = many(1000)
    skus = [variant.sku for variant in variants]
    assert len(shards(skus)) == 4
    assert max(len(shard) for shard in shards(skus)) < 320
    write(tmp_path, variants)
    assert {variant.sku for variant in every_variant(tmp_path)} == {f"CARD-{number}" for number in range(1000)}


def test_a_shop_with_nothing_to_sell_has_a_release_too(tmp_path: Path) -> None:
    """Its cart page still opens."""
    write(tmp_path, [])
    assert FileCatalogue(tmp_path, clock=lambda: 0).current().variants(["CARD"]) == {}


def test_only_a_shard_in_which_something_changed_is_made_again(tmp_path: Path) -> None:
    """What is not asked for cannot have been made."""
    texts = {variant.sku: variant_json(variant) for variant in many(1000)}
    known = write_shards(tmp_path, Sold.of(texts))
    changed = texts | {"CARD-7": texts["CARD-7"].replace("250", "260")}
    asked: list[str] = []

    def tell(skus: Sequence[str]) -> dict[str, str]:
        asked.extend(skus)
        return changed

    again = write_shards(tmp_path, replace(Sold.of(changed), texts=tell, known=known))
    assert "CARD-7" in asked
    assert len(asked) < 320
    assert sum(name not in known.values() for name in again.values()) == 1
    assert again == write_shards(tmp_path / "elsewhere", Sold.of(changed))


def test_a_shard_whose_file_is_gone_is_made_again(tmp_path: Path) -> None:
    """A folder that somebody tidied up heals itself."""
    sold = Sold.of({variant.sku: variant_json(variant) for variant in VARIANTS})
    [name] = (known := write_shards(tmp_path, sold)).values()
    (tmp_path / "catalogue" / name).unlink()
    assert write_shards(tmp_path, replace(sold, known=known)) == known
    assert (tmp_path / "catalogue" / name).exists()


class Counting(Shelf):
    """A shelf that counts the bytes that were read from it."""

    read = 0

    def text(self, name: str) -> str:
        """A file's text."""
        found = super().text(name)
        self.read += len(found.encode())
        return found


def read_for(build: Path, skus: Sequence[str]) -> int:
    """How many bytes of shards are read for these SKUs, by a function that has just started."""
    shelf = Counting(Folder(build / "catalogue"))
    release = read_release((build / "release.json").read_bytes(), shelf)
    before = shelf.read
    assert len(release.variants(skus)) == len(skus)
    return shelf.read - before


@pytest.mark.slow
def test_what_a_quote_reads_does_not_grow_with_the_catalogue(tmp_path: Path) -> None:
    """One shard for each line at most, and a shard of a large catalogue is no larger than one of a small."""
    skus = [f"CARD-{number}" for number in range(0, 1_000, 20)]
    for size in (1_000, 50_000):
        write(tmp_path / str(size), many(size))
    most = max(read_for(tmp_path / "1000", [sku]) for sku in skus)
    found = [read_for(tmp_path / "50000", [sku]) for sku in skus]
    assert max(found) < 1.25 * most
    assert read_for(tmp_path / "50000", skus) <= sum(found)
