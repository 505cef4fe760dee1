"""Finding the right thing among 130: narrowing, sorting, searching, leafing through, with JavaScript and without."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, VISITORS, Visitor
from tests.browser.test_looking import faults
from tests.living_shop import LivingShop, living_shop
from tests.plenty_shop import build_plenty

Open = Callable[[Visitor], Page]
SCRIPTED, PLAIN = Visitor(True, DESKTOP), Visitor(False, DESKTOP)
WIDE = Visitor(True, ViewportSize(width=1760, height=1000))  # the search box stands open
PAGES = [
    "/prints/", "/prints/2/", "/prints/size-a3/", "/prints/price-up/", "/harbour/", "/all/", "/search/", "/journal/",
    "/journal/second/", "/404.html",
]  # fmt: skip
SHIFT_ABOVE = """() => new Promise(done => {
  const fixed = document.querySelector(".found").getBoundingClientRect().bottom + scrollY
  setTimeout(() => done(document.querySelector(".found").getBoundingClientRect().bottom + scrollY - fixed), 300)
})"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the shop of 130 things was built into."""
    folder = tmp_path_factory.mktemp("plenty")
    build_plenty(folder)
    return folder


@pytest.fixture
def shop(tmp_path: Path, built: Path) -> Iterator[LivingShop]:
    """That shop, running."""
    with living_shop(tmp_path, build=built / "build", output=built / "output") as running:
        yield running


def ask(page: Page, question: str, answer: str) -> None:
    """Open a question and choose an answer."""
    details = page.locator("details", has=page.locator("summary", has_text=question))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_role("link", name=answer).click()


def titles(page: Page) -> list[str]:
    """The products shown, in their order."""
    return page.locator("#results .card h3").all_inner_texts()


def requests_of(page: Page) -> list[str]:
    """Grows by the path of everything that the page asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.split("/", 3)[3])

    page.on("request", note)
    return asked


@pytest.mark.parametrize("visitor", VISITORS)
def test_an_answer_narrows_and_an_order_sorts(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    page.goto("/prints/")
    expect(page.locator(".found")).to_have_text("1–24 of 61 products")
    ask(page, "Size", "A2")
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    assert titles(page)[:3] == ["Petrel print 2", "Isobar print 5", "Anchor print 8"]
    page.get_by_role("link", name="Without A2").click()
    expect(page.locator(".found")).to_have_text("1–24 of 61 products")
    ask(page, "Sort", "Price, low to high")
    expect(page.locator("#results .card h3").first).to_have_text("Tern print 0")
    assert titles(page)[:3] == ["Tern print 0", "Wrack print 7", "Harbour print 14"]


def test_without_script_every_product_is_reached_by_links_from_the_first_page(open_page: Open) -> None:
    page = open_page(PLAIN)
    page.goto("/prints/")
    found = titles(page)
    while page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").click()
        found += titles(page)
    assert page.url.endswith("/prints/3/")
    assert page.locator(".pagination [aria-current=page]").inner_text() == "3"
    assert page.locator(".found").inner_text() == "49–61 of 61 products"
    assert len(found) == len(set(found)) == 61


def test_answers_combine_and_the_address_keeps_them(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    ask(page, "Size", "A3")
    ask(page, "Frame", "Oak frame")
    ask(page, "Price", "Under €30")
    ask(page, "Sort", "Price, high to low")
    expect(page).to_have_url(re.compile(r"/prints/\?size=a3&frame=oak-frame&price=1&sort=price-down$"))
    expect(page.locator(".found")).to_have_text("12 of 61 products")
    shown = titles(page)
    assert shown[:2] == ["Gale print 1", "Anchor print 8"]
    page.reload()
    expect(page.locator(".found")).to_have_text("12 of 61 products")
    assert titles(page) == shown
    chips = page.locator(".chosen a").all_text_contents()
    assert chips == ["Without A3", "Without Oak frame", "Without Under €30", "Show all"]


def test_an_answer_that_follows_before_the_cards_have_come_keeps_the_one_before(open_page: Open) -> None:
    """Both are pressed in the same moment. Two of three prints have both, beginning with the second."""
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    press = "keys => keys.forEach(key => document.querySelector(`[data-key=${key}]`).click())"
    page.evaluate(press, ["size-a3", "frame-oak-frame"])
    expect(page).to_have_url(re.compile(r"/prints/\?size=a3&frame=oak-frame$"))
    expect(page.locator(".found")).to_have_text("40 of 61 products")


def test_two_answers_to_one_question_add_up_and_chips_take_them_back(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    ask(page, "Size", "A2")
    ask(page, "Frame", "Walnut frame")
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    ask(page, "Size", "A3")
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    page.get_by_role("link", name="Without Walnut frame").click()
    expect(page.locator(".found")).to_have_text("40 of 61 products")
    expect(page.locator(".found")).to_be_focused()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".found")).to_have_text("1–24 of 61 products")
    expect(page.locator(".pagination")).to_be_visible()


def test_back_and_forward_go_through_what_was_chosen(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/size-a4/")
    expect(page.locator(".found")).to_have_text("41 of 61 products")
    ask(page, "Frame", "Oak frame")
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    ask(page, "Availability", "In stock")
    expect(page.locator(".found")).to_have_text("18 of 61 products")
    page.go_back()
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    page.go_back()
    expect(page.locator(".found")).to_have_text("41 of 61 products")
    assert page.url.endswith("/prints/size-a4/")
    page.go_forward()
    expect(page.locator(".found")).to_have_text("20 of 61 products")


def test_answers_say_how_many_they_would_leave_and_those_that_leave_none_do_nothing(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    ask(page, "Frame", "Walnut frame")
    sizes = page.locator("[data-axis=size] a")
    expect(sizes.first).to_have_attribute("aria-disabled", "true")
    assert sizes.all_text_contents() == ["A4 0", "A3 20", "A2 20"]
    page.locator("[data-axis=size] summary").click()
    sizes.first.click(force=True)
    expect(page.locator(".found")).to_have_text("20 of 61 products")


def test_more_is_shown_on_demand_and_the_focus_goes_there(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/?size=a4")
    expect(page.locator("#results .card")).to_have_count(24)
    page.get_by_role("button", name="Show 17 more").click()
    expect(page.locator("#results .card")).to_have_count(41)
    expect(page.locator("#results .card a").nth(24)).to_be_focused()
    assert page.url.endswith("/prints/?size=a4&page=2")


def test_the_file_of_all_cards_is_asked_for_only_when_it_is_needed(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    asked = requests_of(page)
    page.goto("/prints/")
    page.wait_for_timeout(300)
    assert "prints/cards.html" not in asked
    ask(page, "Size", "A2")
    ask(page, "Frame", "Oak frame")
    expect(page.locator(".found")).to_have_text("20 of 61 products")
    assert asked.count("prints/cards.html") == 1


def test_when_all_cards_are_there_nothing_is_asked_for(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/harbour/")
    page.wait_for_load_state("networkidle")
    asked = requests_of(page)
    ask(page, "Sort", "Price, high to low")
    expect(page.locator("#results .card h3").first).to_have_text("Petrel print 2")
    assert [path for path in asked if path.startswith("harbour")] == []


def test_nothing_above_moves_when_an_answer_is_given(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    page.locator("summary", has_text="Size").click()
    moved = page.evaluate_handle(SHIFT_ABOVE)
    page.locator("[data-axis=size] a").first.click()
    expect(page.locator(".found")).to_have_text("41 of 61 products")
    assert moved.json_value() == 0


def test_escape_and_a_click_elsewhere_close_a_question(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/prints/")
    opened = page.locator("details[open]")
    page.locator("summary", has_text="Size").click()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(page.locator("summary", has_text="Size")).to_be_focused()
    page.locator("summary", has_text="Size").click()
    page.get_by_role("heading", level=1).click()
    expect(opened).to_have_count(0)


def test_a_landing_page_shows_what_was_picked_and_its_story_a_card(open_page: Open) -> None:
    page = open_page(PLAIN)
    page.goto("/harbour/")
    assert titles(page) == ["Lantern card 3", "Gale print 1", "Petrel print 2", "Tern card 0"]
    assert page.locator(".collection-story .card").inner_text().split("\n")[0] == "Gale print 1"


def test_a_post_shows_the_products_it_names_with_their_prices(open_page: Open) -> None:
    page = open_page(PLAIN)
    page.goto("/journal/")
    assert page.locator(".posts h2").all_inner_texts() == ["The second post", "The first post"]
    page.get_by_role("link", name="The second post").click()
    cards = page.locator(".post .card")
    assert [card.split("\n")[0] for card in cards.all_inner_texts()] == ["Gale print 1", "Lantern card 3"]
    expect(cards.first).to_contain_text("from €29.00")


def test_suggestions_come_while_typing_and_the_keyboard_chooses(open_page: Open) -> None:
    page = open_page(WIDE)
    asked = requests_of(page)
    page.goto("/prints/")
    box = page.locator("#q")
    box.focus()
    page.wait_for_timeout(300)
    assert [path for path in asked if "pagefind" in path or "suggest" in path] == []
    box.press_sequentially("walnut", delay=20)
    options = page.get_by_role("option")
    expect(options).to_have_count(7)
    assert faults(page) == []
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.last).to_have_text("See all 20 for “walnut”")
    expect(options.first).to_contain_text("from €")
    expect(options.first.locator("img")).to_have_js_property("complete", True)
    assert options.first.locator("img").evaluate("image => image.naturalWidth") > 0
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    chosen = options.first.locator("span").inner_text()
    box.press("ArrowDown")
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url("**/products/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen)


def test_escape_closes_the_suggestions_and_enter_leads_to_the_search_page(open_page: Open) -> None:
    page = open_page(WIDE)
    page.goto("/")
    page.locator("#q").press_sequentially("P1-A4-0")
    expect(page.get_by_role("option").first).to_contain_text("Gale print 1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("P1-A4-0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=P1-A4-0")
    expect(page.locator("#search-results .card").first).to_contain_text("Gale print 1")


def test_on_a_phone_a_button_opens_the_box(open_page: Open) -> None:
    page = open_page(Visitor(True, PHONE))
    page.goto("/prints/")
    page.get_by_role("banner").get_by_role("button", name="Search").first.click()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("anchor")
    expect(page.get_by_role("option").first).to_contain_text("Anchor")
    assert faults(page) == []
    page.get_by_role("option").first.click()
    page.wait_for_url("**/products/**")


def test_the_search_page_shows_results_as_cards_and_more_on_demand(open_page: Open) -> None:
    page = open_page(SCRIPTED)
    page.goto("/search/?q=harbour")
    expect(page.locator("#search-results .card")).to_have_count(24)
    expect(page.locator("#search-results .found")).to_contain_text("found for “harbour”")
    assert faults(page) == []
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#search-results .card").nth(24).locator("a")).to_be_focused()
    page.goto("/search/?q=zzzz")
    expect(page.locator("#search-results .found")).to_contain_text("Nothing found for “zzzz”")


def test_without_script_the_box_leads_to_everything_by_letter_and_collection(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/")
    page.get_by_role("banner").get_by_role("button", name="Search").first.click()
    page.locator("#q").fill("tern")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=tern")
    page.get_by_role("navigation", name="Letters").get_by_role("link", name=re.compile("^W")).click()
    page.wait_for_url("**/all/#w")
    page.get_by_role("link", name="Wrack print 7").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wrack print 7")


def test_compiled_code_runs_in_the_worker_alone(open_page: Open) -> None:
    """Asked by a page itself it is refused; the refusal is caught before it is logged."""
    page = open_page(SCRIPTED)
    answer = page.goto("/search/?q=tern")
    assert answer
    assert "wasm" not in answer.headers["content-security-policy"]
    expect(page.locator("#search-results .card").first).to_be_visible()
    worker = page.request.get("/search/pagefind/worker.js")
    assert worker.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_things_are_found(open_page: Open, scheme: Any) -> None:
    page = open_page(Visitor(True, PHONE))
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert (path, faults(page)) == (path, [])
    page.goto("/prints/?size=a3&frame=oak-frame")
    page.locator("summary", has_text="Frame").click()
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 2560])
def test_no_page_is_wider_than_its_screen_and_nothing_in_the_header_overlaps(open_page: Open, width: int) -> None:
    page = open_page(Visitor(True, ViewportSize(width=width, height=900)))
    for path in PAGES:
        page.goto(path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)
    boxes = [box for box in (one.bounding_box() for one in page.locator(".header > *").all()) if box]
    shown = sorted((box for box in boxes if box["width"]), key=lambda box: box["x"])
    assert all(one["x"] + one["width"] <= other["x"] for one, other in pairwise(shown))
    page.goto("/prints/")
    for question in page.locator("summary").all():
        question.click()
        box = page.locator("details[open] ul").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
