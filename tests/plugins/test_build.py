"""The commands as an owner and a pipeline run them: what they print, and their exit code."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.building import HERE, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample shop's content and settings that use the theme of this repository."""
    shutil.copytree(HERE / "shop", tmp_path / "content")
    theme = ROOT / "theme"
    (tmp_path / "shopconf.py").write_text(f"from pelicanconf import *\nTHEME = {str(theme)!r}\n")
    return tmp_path


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in a folder, as `make` does."""
    command = [sys.executable, "-m", *arguments]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "SHOP_URL": "", **environ}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)


def break_two_files(folder: Path) -> None:
    """A price with a comma, and a collection that does not exist."""
    card, tern = folder / "content/products/card.md", folder / "content/products/tern-print.md"
    card.write_text(card.read_text().replace("price: 2.50", "price: 2,50"))
    tern.write_text(tern.read_text().replace("collection: birds", "collection: birsd"))


def test_every_fault_of_every_file_is_listed_one_a_line_and_the_exit_code_is_1(folder: Path) -> None:
    """On standard output, so that an editor or a pipeline can read them; nothing is written."""
    break_two_files(folder)
    done = run(folder, "plugins.build", "shopconf.py")
    assert done.returncode == 1
    assert done.stdout == (
        "content/products/card.md:9:8: price: '2,50' is no amount in EUR; write it like 24.00\n"
        "content/products/tern-print.md:4:13: collection: there is no collection 'birsd'; did you mean 'birds'?\n"
    )
    assert done.stderr == "\n2 faults; nothing was written.\n"
    assert not (folder / "output").exists()
    assert not (folder / "build" / "release.json").exists()


def test_the_pelican_command_stops_at_a_fault_too(folder: Path) -> None:
    """Pelican by itself would skip the product and exit 0."""
    break_two_files(folder)
    done = run(folder, "pelican", "-s", "shopconf.py")
    assert done.returncode == 1
    assert not (folder / "output").exists()


def test_a_good_shop_is_built_with_one_line_that_says_so(folder: Path) -> None:
    """Whatever Pelican has to say of articles is kept away."""
    done = run(folder, "plugins.build", "shopconf.py", PORT="8123")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Built 3 products, 2 collections, 3 pages in ")
    assert "http://127.0.0.1:8123/products/card/" in (folder / "output/sitemap.xml").read_text()


def test_a_build_with_nothing_new_shows_no_progress(folder: Path) -> None:
    """The pictures are made already."""
    run(folder, "plugins.build", "shopconf.py")
    again = run(folder, "plugins.build", "shopconf.py")
    assert re.fullmatch(r"Built 3 products, 2 collections, 3 pages in \d+\.\d s\.\n", again.stdout)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "SHOP_URL is not set. "),
        ("http://shop.example", "SHOP_URL is 'http://shop.example', which shoppers cannot open safely. "),
    ],
)
def test_a_shop_without_its_address_is_not_published(folder: Path, address: str, sentence: str) -> None:
    """One sentence that says what to write, and no traceback."""
    done = run(folder, "plugins.build", str(ROOT / "publishconf.py"), SHOP_URL=address)
    advice = "Write the shop's address with https:// in front, as in SHOP_URL=https://shop.example\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence + advice)


def test_the_build_says_which_entries_do_not_fit_into_the_menu(folder: Path) -> None:
    """The sample shop has two collections and a page there; five more make eight. It is built all the same."""
    about = (folder / "content/pages/about.md").read_text()
    for number in range(5):
        (folder / f"content/pages/more-{number}.md").write_text(about)
    done = run(folder, "plugins.build", "shopconf.py")
    assert done.returncode == 0
    told = re.sub(r"\s+", " ", done.stdout + done.stderr)
    assert "more-4.md:2:8: title: is entry 8 of the menu, which nobody reads beyond 7; write menu: footer" in told
    assert (folder / "output/more-4/index.html").is_file()
