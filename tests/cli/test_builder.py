"""The builder: one process for all builds, which tells whether each went well, and is replaced with its program."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.builder import Builder
from tests.golden.building import HERE, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a shop that can be built."""
    shutil.copytree(HERE / "shop", tmp_path / "content")
    settings = (ROOT / "pelicanconf.py").read_text().replace('THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    (tmp_path / "pelicanconf.py").write_text(settings)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def builder(folder: Path) -> Iterator[Builder]:
    """A builder in that folder, ended afterwards."""
    made = Builder({"PYTHONPATH": str(ROOT)})
    yield made
    made.close()


def test_it_builds_again_after_each_change_and_after_a_fault(folder: Path, builder: Builder) -> None:
    page, file = folder / "output/products/card/index.html", folder / "content/products/card.md"
    good = file.read_text()
    assert builder.build()
    assert "€2.50" in page.read_text()
    file.write_text(good.replace("price: 2.50", "price: 2,60"))
    assert not builder.build([str(file)])
    assert "€2.50" in page.read_text()
    file.write_text(good.replace("price: 2.50", "price: 2.60"))
    assert builder.build([str(file)])
    assert "€2.60" in page.read_text()


def test_it_is_the_same_process_until_the_program_changes(folder: Path, builder: Builder) -> None:
    builder.build()
    first = builder.process_id
    builder.build(["content/products/card.md"])
    assert builder.process_id == first
    builder.build([str(folder / "pelicanconf.py")])
    assert builder.process_id != first


def test_one_that_was_ended_is_started_again(folder: Path, builder: Builder) -> None:
    builder.build()
    os.kill(builder.process_id, 9)
    builder.build()
    assert builder.build()
