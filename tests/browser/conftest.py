"""A real browser in front of a whole shop, built from the demo content by `make html`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.living_shop import LivingShop, living_shop

ROOT = Path(__file__).parents[2]
PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser; one worker does it, so that two browsers do not fight for two cores."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True)
class Visitor:
    """How somebody looks at the shop."""

    javascript: bool
    viewport: ViewportSize


VISITORS = [
    pytest.param(Visitor(True, DESKTOP), id="desktop"),
    pytest.param(Visitor(True, PHONE), id="phone"),
    pytest.param(Visitor(False, DESKTOP), id="desktop-without-javascript"),
    pytest.param(Visitor(False, PHONE), id="phone-without-javascript"),
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[LivingShop]:
    """The demo shop with a database of its own."""
    assert (ROOT / "build" / "release.json").exists(), "Build the demo shop first: make html"
    with living_shop(tmp_path, build=ROOT / "build", output=ROOT / "output") as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser, shop: LivingShop) -> Iterator[Callable[[Visitor], Page]]:
    """Opens a page as a visitor. Whatever it asks of another machine, or logs as an error, fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(visitor: Visitor) -> Page:
        context = chromium.new_context(
            base_url=shop.url,
            viewport=visitor.viewport,
            java_script_enabled=visitor.javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _says(shop, page.url, said, complaints))
        context.on("request", lambda request: _stays_here(request.url, complaints))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _says(shop: LivingShop, url: str, said: ConsoleMessage, complaints: list[str]) -> None:
    """An error on one of our own pages; the payment page's answer to a declined card is none of ours.

    A cart or a form that is shown again answers 409 or 400 on purpose, which browsers log.
    """
    on_purpose = any(f"status of {status}" in said.text for status in (400, 409))
    if said.type == "error" and url.startswith(shop.url) and not on_purpose:
        complaints.append(f"{url}: {said.text}")


def _stays_here(url: str, complaints: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "data:")):
        complaints.append(f"asked for {url}")
