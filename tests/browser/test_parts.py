"""The page of all parts in a real browser: every state of every part, in every look, for everyone, on any screen."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from werkzeug.wrappers import Response

from functions.local.server import LocalShop, start
from functions.web.headers import security_headers
from plugins.looks import looks_of
from plugins.parts_page import write_parts
from tests.browser.conftest import DESKTOP, PHONE
from tests.living_shop import free_port

THEME = Path(__file__).parents[2] / "theme"
TODAY = date(2026, 11, 24)
"""A Tuesday. The example shop closes from the 29th to the 3rd of December, and on the 25th of December."""

PLACES = ["/_parts/", *(f"/_parts/{look}/" for look in looks_of(THEME))]
# What is right for a page is not for a page of examples: headings of all levels and several menus stand there together.
NOT_OF_EXAMPLES = ["heading-order", "landmark-unique", "page-has-heading-one", "region"]
OVERFLOWING = """() => [...document.querySelectorAll('.part-shown')]
  .filter(shown => shown.scrollWidth > shown.clientWidth + 1)
  .map(shown => shown.closest('section').id)"""
OVERLAPPING = """() => {
  const found = []
  for (const shown of document.querySelectorAll('.part-shown')) {
    const boxes = []
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const around = text.parentElement
      if (!text.data.trim() || !around.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      if (around.closest('.unseen, .skip, option') || getComputedStyle(around).clipPath !== 'none') continue
      const range = document.createRange()
      range.selectNodeContents(text)
      for (const box of range.getClientRects()) boxes.push([box, text.data.trim(), text])
    }
    boxes.forEach(([a, one, text], at) => boxes.slice(at + 1).forEach(([b, other, next]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (text !== next && wide > 2 && high > 6) found.push(`${shown.closest('section').id}: ${one} / ${other}`)
    }))
  }
  return found
}"""

Look = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the page of parts of one day; of the example products' stock nobody knows."""
    build = tmp_path_factory.mktemp("build")
    write_parts(THEME, build, TODAY)
    url = f"http://127.0.0.1:{free_port()}"
    nothing = Response(status=503)

    def headers(_address: str) -> dict[str, str]:
        return security_headers(url, https=False)

    shop = LocalShop(
        functions=nothing, mails=nothing, output=build, url=url, headers=headers, reload=False, build=build
    )
    stop = start(shop, int(url.rpartition(":")[2]))
    yield url
    stop()


@pytest.fixture
def look_at(chromium: Browser, address: str) -> Iterator[Look]:
    """Opens a place on the page of parts; what it complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def looked(place: str, viewport: ViewportSize = DESKTOP, now: str = "", **how: Any) -> Page:
        context = chromium.new_context(base_url=address, viewport=viewport, reduced_motion="reduce", **how)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        if now:
            page.clock.set_fixed_time(datetime.fromisoformat(now))
        page.goto(place)
        return page

    yield looked
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_in_any_state_of_any_part(look_at: Look, place: str, scheme: str) -> None:
    page = look_at(place, color_scheme=scheme)
    options = {"rules": {rule: {"enabled": False} for rule in NOT_OF_EXAMPLES}}
    found: Any = Axe().run(page, options=options).response
    assert [f"{fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440, 2560])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_runs_over_and_no_text_lies_on_another(look_at: Look, place: str, width: int) -> None:
    page = look_at(place, ViewportSize(width=width, height=900))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("scripted", [True, False])
def test_a_link_to_an_answer_opens_its_question_and_no_other(look_at: Look, scripted: bool) -> None:
    page = look_at("/_parts/#fade", PHONE, java_script_enabled=scripted)
    expect(page.locator("#fade")).to_be_visible()
    expect(page.locator("#signed")).to_be_hidden()
    page.locator("summary", has_text="Is it signed?").click()
    expect(page.locator("#signed")).to_be_visible()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-23T12:00:00+00:00", ""),
        ("2026-11-24T00:00:00+00:00", "Closed from Sun 29 Nov to Thu 3 Dec"),
        ("2026-12-03T23:59:00+00:00", "Closed from Sun 29 Nov to Thu 3 Dec"),
        ("2026-12-04T00:00:00+00:00", ""),
        ("2026-12-24T00:00:00+00:00", "Closed on Fri 25 Dec"),
        ("2026-12-26T00:00:00+00:00", ""),
    ],
)
def test_a_page_of_any_age_tells_of_the_closing_days_that_are_near(look_at: Look, now: str, told: str) -> None:
    page = look_at("/_parts/#part-closed", now=now)
    bar = page.locator("#part-closed .closed")
    assert [text.split(":")[0] for text in bar.locator("p:visible").all_inner_texts()] == ([told] if told else [])
    assert bar.is_visible() == bool(told)


def test_without_script_the_day_of_the_build_counts(look_at: Look) -> None:
    page = look_at("/_parts/#part-closed", java_script_enabled=False)
    expect(page.locator("#part-closed .closed p:visible")).to_have_count(1)


def test_the_line_about_now_goes_on_while_the_page_stays_open(look_at: Look) -> None:
    page = look_at("/_parts/")
    page.clock.install(time=datetime.fromisoformat("2026-11-24T16:58:30+00:00"))
    page.reload()
    line = page.locator("#part-contact .now")
    line.scroll_into_view_if_needed()
    expect(line).to_have_text("Open now until 17:00")
    height = line.bounding_box()
    page.clock.run_for("02:00")
    expect(line).to_have_text("Closed now, opens tomorrow 09:00")
    assert line.bounding_box() == height


def test_without_script_the_plain_hours_stand_there_and_no_gap(look_at: Look) -> None:
    page = look_at("/_parts/", java_script_enabled=False)
    expect(page.locator("#part-contact .contact")).to_contain_text("Mon–Fri 09:00–17:00, Sat 10:00–14:00")
    expect(page.locator("#part-contact .now")).to_be_hidden()


def test_the_chat_is_asked_for_nothing_before_it_is_clicked(look_at: Look) -> None:
    page = look_at("/_parts/#part-chat")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.route("https://chat.example/**", lambda route: route.fulfill(body="Hello"))
    page.reload()
    assert [url for url in asked if "chat.example" in url] == []
    with page.context.expect_page() as opened:
        page.locator("#part-chat .part-shown a").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == "https://chat.example/pier"
    assert opened.value.evaluate("window.opener") is None


def test_the_other_look_is_told_from_the_usual_one_at_a_glance(look_at: Look) -> None:
    """Ground, letters, corners: nothing but tokens differs between the two pages."""
    facts = """() => {
      const style = (of) => getComputedStyle(document.querySelector(of))
      return [style('body').backgroundColor, style('h1').fontWeight, style('.button').borderRadius,
        style('.card img').borderRadius]
    }"""
    assert look_at("/_parts/").evaluate(facts) == ["rgb(251, 249, 245)", "400", "3px", "0px"]
    assert look_at("/_parts/signal/").evaluate(facts) == ["rgb(255, 255, 255)", "800", "32px", "14px"]
