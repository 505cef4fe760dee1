"""Files that are sold: functions read them under what is in them, and no page leads to them (R33)."""

import hashlib
import json
import shutil
from pathlib import Path

from functions.adapters.file_catalogue import FileCatalogue, FileDownloads
from tests.golden.building import HERE, build_sample

MAP = b"%PDF-1.7 a map of the harbour"
PRODUCT = "products/card.md"


def test_a_file_that_is_sold_is_kept_beside_the_release_and_never_published(tmp_path: Path) -> None:
    content = shutil.copytree(HERE / "shop", tmp_path / "content")
    (content / "files").mkdir()
    (content / "files" / "map.pdf").write_bytes(MAP)
    make_digital(content / PRODUCT)
    build_sample(tmp_path, content)
    release = FileCatalogue(tmp_path / "build", clock=lambda: 0).current()
    assert release.files == {"map.pdf": hashlib.sha256(MAP).hexdigest()}
    [variant] = release.variants(["CARD"]).values()
    assert (variant.digital, variant.file) == (True, "map.pdf")
    assert kept(tmp_path, release.files["map.pdf"]) == MAP
    published = [path for path in (tmp_path / "output").rglob("*") if path.is_file()]
    assert not [path for path in published if path.name == "map.pdf" or path.read_bytes() == MAP]
    assert not [path for path in published if b"map.pdf" in path.read_bytes()]
    newer = b"%PDF-1.7 another map"
    (content / "files" / "map.pdf").write_bytes(newer)
    build_sample(tmp_path, content)
    again = json.loads((tmp_path / "build" / "release.json").read_text())["files"]["map.pdf"]
    assert (kept(tmp_path, again), kept(tmp_path, release.files["map.pdf"])) == (newer, MAP)


def make_digital(file: Path) -> None:
    """A product becomes a file: nothing is weighed or counted."""
    lines = file.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(("weight:", "stock:", "packed_size:", "handling:"))]
    file.write_text("\n".join([kept[0], "digital: map.pdf", *kept[1:]]) + "\n")


def kept(folder: Path, name: str) -> bytes:
    """What is kept under a name."""
    found = FileDownloads(folder / "build" / "files").open(name, "map.pdf")
    assert found
    with found:
        return found.read()


def test_nothing_but_a_kept_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    downloads = FileDownloads(tmp_path / "files")
    assert [downloads.open(name, "map.pdf") for name in ("", "../secret", "secret", "a" * 64)] == [None] * 4
