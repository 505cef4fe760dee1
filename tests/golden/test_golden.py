"""A small sample shop is built, and every file is what it was. A wanted change is accepted by `make golden`."""

from pathlib import Path

import pytest

from tests.golden.building import build_sample, golden, texts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the sample shop was built into."""
    folder = tmp_path_factory.mktemp("sample")
    build_sample(folder)
    return folder


def test_the_sample_shop_is_built_as_expected(built: Path) -> None:
    """Page by page, so that the first that differs is shown."""
    found, expected = texts(built), golden()
    assert sorted(found) == sorted(expected)
    for name, text in expected.items():
        assert found[name] == text, f"{name} changed. If it should: make golden"


def test_a_second_build_writes_no_file_again(built: Path) -> None:
    """Nothing changed, so nothing is touched."""
    before = _touched(built / "output")
    build_sample(built)
    assert _touched(built / "output") == before


def _touched(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
