"""A release as the functions read it: the build writes it, their own catalogue reads it back."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from functions.adapters.file_catalogue import FileCatalogue
from functions.shop.catalogue import Variant
from plugins.catalogue import shard_text, shards
from plugins.release import kept, write_release
from plugins.variant_lines import variant_json
from tests.small_shop import CHROME, SETTINGS, VARIANTS

ASSETS = {"css/wishlist.css": "/static/wishlist.1a2b3c4d.css"}


def write(build: Path, variants: Iterable[Variant]) -> str:
    """Write a release of the small shop with these variants."""
    texts = {variant.sku: variant_json(variant) for variant in variants}
    names = [kept(build, shard_text(some, texts)) for some in shards(sorted(texts))]
    return write_release(build, SETTINGS, CHROME, names, ASSETS)


def test_functions_read_back_exactly_what_the_build_wrote(tmp_path: Path) -> None:
    """Settings, empty page and every variant, field by field."""
    release_id = write(tmp_path, VARIANTS)
    release = FileCatalogue(tmp_path, clock=lambda: 0).current()
    assert release.assets == ASSETS
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


def test_a_shop_with_nothing_to_sell_has_a_release_too(tmp_path: Path) -> None:
    """Its cart page still opens."""
    write(tmp_path, [])
    assert FileCatalogue(tmp_path, clock=lambda: 0).current().variants(["CARD"]) == {}
