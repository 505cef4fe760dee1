"""Manifests: the same of one content wherever it was built, with types, cache rules and where old addresses lead."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from release.leaks import find_leaks
from release.manifest import Manifest, built, manifest_of
from release.publish import label_of

ROOT = Path(__file__).parents[2]
PROGRAM = """
import shutil, sys
from pathlib import Path
from tests.golden.building import HERE, build_sample
folder = Path(sys.argv[1])
shutil.copytree(HERE / "shop", folder / "content")
product = min((folder / "content" / "products").glob("*.md"))
product.write_text(product.read_text().replace("---", "---\\naliases: [/old-name/]", 1))
build_sample(folder, folder / "content")
"""


def sample(folder: Path) -> Path:
    """The sample shop, built by a process of its own in a folder of its own."""
    folder.mkdir()
    subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def release_of(folder: Path) -> Manifest:
    return manifest_of(built(folder / "output", folder / "build"))


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of one content."""
    folder = tmp_path_factory.mktemp("built")
    return sample(folder / "one"), sample(folder / "another place")


@pytest.mark.slow
def test_two_builds_of_one_content_are_one_release(shops: tuple[Path, Path]) -> None:
    """Pictures and the index for the search as well."""
    one, another = map(release_of, shops)
    differing = {
        path for path in one.files.keys() | another.files.keys() if one.files.get(path) != another.files.get(path)
    }
    assert differing == set()
    assert one.id == another.id
    assert any(path.startswith("/search/pagefind/") for path in one.files)
    assert replace(one, made=1, commit="abc", parent="x").id == one.id


@pytest.mark.slow
def test_a_manifest_is_read_as_it_was_written_and_written_in_one_way(shops: tuple[Path, Path]) -> None:
    one = replace(release_of(shops[0]), made=1_800_000_000, commit="abc", parent="0" * 16)
    assert Manifest.read(one.text()) == one
    assert Manifest.read(one.text()).text() == one.text()
    assert json.loads(one.text())["id"] == one.id


def test_a_release_keeps_the_name_under_which_it_was_published() -> None:
    """Whatever it would be called today."""
    one = Manifest({}, "c", ("c",))
    assert Manifest.read(one.text()).id == one.id
    assert Manifest.read(one.text().replace(one.id.encode(), b"0123456789abcdef")).id == "0123456789abcdef"


@pytest.mark.slow
def test_every_file_has_a_type_and_a_cache_rule_that_fits(shops: tuple[Path, Path]) -> None:
    """What names its content is kept for a year, all else is asked for again; no type is guessed from nothing."""
    labels = {path: label_of(path, file) for path, file in release_of(shops[0]).files.items()}
    kept = {path for path, label in labels.items() if "immutable" in label.cache}
    assert {Path(path).suffix for path in kept} >= {".css", ".js", ".avif", ".webp", ".jpg"}
    assert not any(path.endswith((".html", ".xml", ".txt", ".md", ".json")) for path in kept)
    unknown = {path for path, label in labels.items() if label.type == "application/octet-stream"}
    assert {Path(path).suffix for path in unknown} <= {".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"}
    assert labels["/index.html"].type == "text/html; charset=utf-8"


@pytest.mark.slow
def test_old_addresses_lead_to_where_their_pages_are_now(shops: tuple[Path, Path]) -> None:
    (product,) = json.loads((shops[0] / "build" / "redirects.json").read_text()).values()
    files = release_of(shops[0]).files
    assert {path: file.location for path, file in files.items() if file.location} == {"/old-name/index.html": product}
    assert f"{product}index.html" in files


@pytest.mark.slow
def test_nothing_that_is_built_is_taken_for_a_secret(shops: tuple[Path, Path]) -> None:
    paths = [
        path for folder in ("output", "build/catalogue") for path in (shops[0] / folder).rglob("*") if path.is_file()
    ]
    assert len(paths) > 50
    assert [leak for path in paths for leak in find_leaks(path.name, path.read_bytes())] == []
