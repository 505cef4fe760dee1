"""The search index: what is in it, which files it is made of, and when it is made anew."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from functions.shop.catalogue import Variant
from plugins.output import replace_file
from plugins.search import SearchFailed, product_record, text_record, write_index
from plugins.views import Page
from tests.plugins.sample_site import product
from tests.small_shop import SETTINGS


def record(path: str, title: str, text: str) -> str:
    """What can be found at a path."""
    return text_record(Page("", title, text, Markup(), path), "en-IE")


TERN = record("/products/tern/", "Tern", "A bird over the sea.")
GULL = record("/products/gull/", "Gull", "Another bird.")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with an index of one bird."""
    assert indexed(tmp_path, TERN)
    return tmp_path


def indexed(folder: Path, *records: str, key: str = "first") -> bool:
    """Write an index into `folder/index`."""
    return write_index(key, lambda: records, folder / "index", folder / "note.txt")


def files(folder: Path) -> set[str]:
    """The index's files, their fingerprints left out."""
    paths = (path for path in (folder / "index").rglob("*") if path.is_file())
    return {path.relative_to(folder / "index").as_posix() for path in paths}


def test_a_product_is_found_by_its_texts_its_options_and_its_skus() -> None:
    found = product_record(
        product(
            "tern",
            options={"Size": ("A4", "A3")},
            variants=(
                Variant("TERN-A4", "tern", "Tern", 2400, "/products/tern/", ("A4",)),
                Variant("TERN-A3", "tern", "Tern", 3600, "/products/tern/", ("A3",)),
            ),
            specs={"Paper": "Cotton rag"},
            material="Paper",
            body=Markup("<h2>Made</h2>\n<p>By hand &amp; eye.</p>"),
        ),
        SETTINGS,
    )
    assert json.loads(found) == {
        "type": "AddRecord",
        "index_id": 0,
        "url": "/products/tern/",
        "content": "Tern About tern. A4 A3 TERN-A4 TERN-A3 Paper Cotton rag Made By hand & eye.",
        "language": "en",
        "meta": {
            "title": "Tern",
            "kind": "product",
            "price": "from €24.00",
            "image": "/images/tern-480.01234567.jpg",
        },
        "filters": None,
        "sort": None,
    }


def test_a_page_is_found_by_its_texts() -> None:
    found = json.loads(text_record(Page("faq", "Questions", "What people ask.", Markup("<p>How?</p>"), "/faq/"), "de"))
    assert (found["content"], found["language"]) == ("Questions What people ask. How?", "de")
    assert found["meta"] == {"title": "Questions", "kind": "page"}


def test_only_what_a_search_needs_is_published(shop: Path) -> None:
    found = files(shop)
    assert {name for name in found if "/" not in name and not name.endswith(".pf_meta")} == {
        "pagefind-entry.json",
        "pagefind.js",
        "wasm.en.pagefind",
        "worker.js",
    }
    assert sorted(Path(name).suffix for name in found if "/" in name) == [".pf_fragment", ".pf_index"]
    assert len([name for name in found if name.endswith(".pf_meta")]) == 1
    assert json.loads((shop / "index/pagefind-entry.json").read_text())["languages"]["en"]["page_count"] == 1
    assert (shop / "index/worker.js").read_text().startswith('import { options, search } from "./pagefind.js"')


def test_what_cannot_have_changed_is_not_even_looked_at(shop: Path) -> None:
    before = touched(shop)
    assert not write_index("first", lambda: pytest.fail("looked at"), shop / "index", shop / "note.txt")
    assert touched(shop) == before


def test_the_same_records_are_not_indexed_again(shop: Path) -> None:
    before = touched(shop / "index")
    assert not indexed(shop, TERN, key="second")
    assert touched(shop / "index") == before
    assert not write_index("second", lambda: pytest.fail("looked at"), shop / "index", shop / "note.txt")


def touched(folder: Path) -> dict[Path, int]:
    """When each file was last written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lost", ["pagefind-entry.json", "pagefind.js", "fragment/*", "index/*"])
def test_what_is_missing_of_an_index_is_made_again(shop: Path, lost: str) -> None:
    [path] = (shop / "index").glob(lost)
    path.unlink()
    assert indexed(shop, TERN)
    assert path.exists()
    assert not indexed(shop, TERN)


def test_a_file_that_does_not_belong_to_an_index_is_cleared_away(shop: Path) -> None:
    """Such as one that a build left which was ended in the middle."""
    (shop / "index/fragment/.en_1a2b.pf_fragment.4711").write_text("ha")
    assert indexed(shop, TERN)
    assert len([name for name in files(shop) if name.startswith("fragment/")]) == 1


def test_an_index_whose_writing_was_cut_off_is_made_again_though_the_shop_is_as_before(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edit that it was made for was taken back: what was noted of the index before must not count any more."""
    before = files(shop)
    with monkeypatch.context() as patch:
        patch.setattr("plugins.search.replace_file", replace_two())
        with pytest.raises(KeyboardInterrupt):
            indexed(shop, GULL, key="second")
    assert files(shop) != before
    assert indexed(shop, TERN)
    assert files(shop) == before


def replace_two() -> Callable[[Path, bytes], None]:
    """Puts two files in place, and is ended then."""
    left = [1, 2]

    def replace(path: Path, data: bytes) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        replace_file(path, data)

    return replace


def test_what_changed_is_indexed_and_the_old_files_are_gone(shop: Path) -> None:
    before = files(shop)
    assert indexed(shop, record("/products/tern/", "Tern", "Another text."), GULL, key="second")
    after = files(shop)
    assert len([name for name in after if name.startswith("fragment/")]) == 2
    assert [name for name in before & after if name.startswith("fragment/")] == []
    assert len([name for name in after if name.endswith(".pf_meta")]) == 1


def test_a_shop_with_nothing_to_find_has_an_index_all_the_same(tmp_path: Path) -> None:
    assert indexed(tmp_path)
    assert "pagefind.js" in files(tmp_path)


def test_more_records_than_are_sent_at_once_are_all_indexed(tmp_path: Path) -> None:
    assert indexed(tmp_path, *(record(f"/products/tern-{number}/", "Tern", "A bird.") for number in range(150)))
    assert json.loads((tmp_path / "index/pagefind-entry.json").read_text())["languages"]["en"]["page_count"] == 150


def test_pagefind_that_cannot_be_asked_is_an_error_and_leaves_the_old_index(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(shop)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/true")
    with pytest.raises(SearchFailed, match="Pagefind stopped before it was done"):
        indexed(shop, GULL, key="second")
    assert files(shop) == before
