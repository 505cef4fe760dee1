"""Lighthouse gives every kind of page full marks: speed on a slow phone, access for all, good practice, being found."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import BROWSER_FLAGS
from tests.living_shop import LivingShop, living_shop
from tests.node_tools import command
from tests.pages.conftest import OUTPUT, ROOT

PAGES = ["/", "/sea-birds/", "/products/storm-petrel/", "/search/", "/cart"]
FULL = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
PRIVATE = {"/search/", "/cart"}  # search engines are rightly kept out of these
A_BUSY_MACHINE = 3  # marks that the speed may lose to whatever else runs here; all others are counted exactly
TRIES = 5
CART = "1:PETREL-A4*2"

pytestmark = [pytest.mark.alone, pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingShop]:
    """The demo shop as a CDN would serve it."""
    assert (ROOT / "build" / "release.json").exists(), "Build the demo shop first: make html"
    with living_shop(tmp_path_factory.mktemp("var"), build=ROOT / "build", output=OUTPUT) as running:
        yield running


def marks(url: str, folder: Path, skipped: str = "") -> dict[str, int]:
    """A page's marks out of 100, on a phone and a network as Lighthouse imagines them."""
    report = folder / "report.json"
    options = [
        *("--quiet", "--no-enable-error-reporting", "--output=json", f"--output-path={report}"),
        f"--chrome-flags=--headless=new {' '.join(BROWSER_FLAGS)}",
        f"--extra-headers={json.dumps({'Cookie': f'cart={CART}'})}",
        *([f"--skip-audits={skipped}"] if skipped else []),
    ]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    program = command("lighthouse", "cli/index.js")
    subprocess.run(
        [*program, url, *options], check=True, capture_output=True, env=os.environ | {"CHROME_PATH": chromium}
    )
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(category["score"] * 100) for name, category in categories.items()}


@pytest.mark.parametrize("path", PAGES)
def test_full_marks_in_all_four(shop: LivingShop, tmp_path: Path, path: str) -> None:
    """The best of a few tries, for a busy machine only ever takes marks away, or keeps the browser from starting."""
    found: dict[str, int] = {}
    for _ in range(TRIES):
        try:
            tried = marks(shop.url + path, tmp_path, skipped="is-crawlable" if path in PRIVATE else "")
        except subprocess.CalledProcessError as error:
            print(error.stderr.decode(errors="replace"))  # noqa: T201 (shown when all tries have failed)
            continue
        found = {name: max(mark, found.get(name, 0)) for name, mark in tried.items()}
        if found == FULL:
            break
    assert found, "Lighthouse could not look at the page at all"
    assert found.pop("performance") >= FULL["performance"] - A_BUSY_MACHINE
    assert found == {name: mark for name, mark in FULL.items() if name != "performance"}
