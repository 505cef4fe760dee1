"""The product page: what is chosen is what is shown and what is bought, in every state of stock, on any screen."""

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, VISITORS, Visitor
from tests.browser.states import build_states
from tests.browser.steps import add_to_cart
from tests.browser.test_looking import SHIFT, faults
from tests.living_shop import LivingShop, living_shop

Open = Callable[[Visitor], Page]
STATES = ["grand-tern", "little-tern", "little-tern/?sku=LITTLE-A3", "gone", "soon", "later", "file", "set", "tea"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the shop of all states was built into."""
    folder = tmp_path_factory.mktemp("states")
    build_states(folder)
    return folder


@pytest.fixture
def shop(built: Path, tmp_path: Path) -> Iterator[LivingShop]:
    """That shop with a database of its own, in place of the demo shop."""
    with living_shop(tmp_path, build=built / "build", output=built / "output") as running:
        yield running


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_choice_on_three_axes_leads_to_its_price_picture_address_and_cart(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    page.goto("/products/grand-tern/")
    expect(price(page)).to_have_text("€14.00 incl. VAT")
    page.locator("summary", has_text="Oak frame, Gloss").click()
    radio(page, "GRAND-A3-OAK-GLOSS").check()
    expect(price(page)).to_have_text("€81.00 incl. VAT")
    expect(seen(page, ".picked > span")).to_have_text("€81.00 A3, Oak frame, Gloss")
    if visitor.javascript:
        expect(page).to_have_url(re.compile(r"/products/grand-tern/\?sku=GRAND-A3-OAK-GLOSS$"))
        page.wait_for_function("document.querySelector('.slides').scrollLeft > 100")
    add_to_cart(page, visitor)
    page.goto("/cart")
    expect(page.locator(".line-name")).to_contain_text("A3, Oak frame, Gloss")
    expect(page.locator(".line-total")).to_have_text("€81.00")


@pytest.mark.parametrize("visitor", [VISITORS[0], VISITORS[3]])
def test_each_of_thirty_choices_shows_the_price_on_its_label(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    page.goto("/products/grand-tern/")
    groups = page.locator(".options details").all()
    assert len(groups) == 6
    for group in groups:
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        for option in group.locator(".option").all():
            option.locator("input").check()
            expect(price(page)).to_have_text(f"{option.locator('.cost').inner_text()} incl. VAT")


def test_an_address_chooses_a_variant_with_its_group_and_picture(open_page: Open) -> None:
    page = open_page(Visitor(True, DESKTOP))
    page.goto("/products/grand-tern/?sku=GRAND-A2-BLACK-MATT")
    expect(radio(page, "GRAND-A2-BLACK-MATT")).to_be_checked()
    expect(radio(page, "GRAND-A2-BLACK-MATT")).to_be_visible()
    expect(price(page)).to_have_text("€96.00 incl. VAT")
    expect(page.locator("#picture-3")).to_be_in_viewport(ratio=0.7)
    expect(page.get_by_role("link", name="Picture 3")).to_have_attribute("aria-current", "")


@pytest.mark.parametrize("address", ["?sku=NOT-OURS", "?sku=", "?sku=GRAND-A2-BLACK-MATT"])
def test_an_address_that_cannot_choose_leaves_the_first_choice(open_page: Open, address: str) -> None:
    """A SKU that is not here; and any, without JavaScript."""
    page = open_page(Visitor("NOT" in address or address == "?sku=", PHONE))
    page.goto(f"/products/grand-tern/{address}")
    expect(radio(page, "GRAND-A5-UNFRAMED-MATT")).to_be_checked()


@pytest.mark.parametrize("visitor", VISITORS)
def test_what_is_sold_out_offers_to_write_instead(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    asked = notices(page)
    page.goto("/products/little-tern/")
    expect(page.get_by_role("button", name="Add to cart")).to_be_visible()
    expect(page.get_by_label("Your e-mail")).to_be_hidden()
    radio(page, "LITTLE-A3").check()
    expect(availability(page)).to_have_text("Sold out")
    expect(page.get_by_role("button", name="Add to cart")).to_be_hidden()
    seen(page, "[type=email]").fill("nora@example.org")
    page.get_by_role("button", name="Tell me when it’s back").click()
    page.wait_for_url("**/notify")
    assert asked == ["sku=LITTLE-A3&email=nora%40example.org"]


@pytest.mark.parametrize("visitor", [VISITORS[1], VISITORS[2]])
def test_a_product_that_is_sold_out_as_a_whole_offers_to_write(open_page: Open, visitor: Visitor) -> None:
    page = open_page(visitor)
    asked = notices(page)
    page.goto("/products/gone/")
    page.get_by_role("button", name="Tell me when it’s back").click()
    assert asked == []  # the browser asks for an address first
    page.get_by_label("Your e-mail").fill("nora@example.org")
    page.get_by_label("Your e-mail").press("Enter")
    page.wait_for_url("**/notify")
    assert asked == ["sku=GONE&email=nora%40example.org"]


@pytest.mark.parametrize("visitor", [VISITORS[0], VISITORS[3]])
@pytest.mark.parametrize(
    ("slug", "word", "when", "button"),
    [
        ("soon", "Pre-order", "Sent from 1 December 2099", "Pre-order"),
        ("later", "Order now", "Takes 2-3 weeks", "Order now"),
        ("file", "By e-mail", "A file; the link comes with your order’s e-mail", "Add to cart"),
        ("poster", "Made to order", "Leaves us in 1–2 working days", "Add to cart"),
    ],
)
def test_each_state_has_its_words_and_its_button(
    open_page: Open, visitor: Visitor, slug: str, word: str, when: str, button: str
) -> None:
    page = open_page(visitor)
    page.goto(f"/products/{slug}/")
    expect(availability(page)).to_have_text(word)
    expect(seen(page, ".terms dd .stack > span").first).to_have_text(when)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".line")).to_have_count(1)


def test_a_set_names_its_parts_and_what_they_cost_apart(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/products/set/")
    expect(page.locator(".bundle li")).to_have_text(["1 × Calendar to Come", "2 × Card"])
    expect(page.locator(".bundle p")).to_have_text("Apart they cost €21.00.")
    expect(page.locator(".terms")).to_contain_text("Sent to Ireland and France only")


def test_a_reduction_stands_with_the_lowest_price_before_and_the_price_of_a_unit(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/products/tea/")
    expect(price(page)).to_have_text(
        "€8.00 instead of €10.00 incl. VAT · €8.00 per 100 gLowest price in the 30 days before: €10.00"
    )
    radio(page, "TEA-250").check()
    expect(price(page)).to_have_text("€17.50 incl. VAT · €7.00 per 100 g")


@pytest.mark.parametrize(
    ("slug", "sku", "left", "words", "button"),
    [
        ("little-tern", "LITTLE-A4", 0, "Sold out", "Tell me when it’s back"),
        ("little-tern", "LITTLE-A4", 2, "Only 2 left", "Add to cart"),
        ("gone", "GONE", 9, "In stock", "Add to cart"),
        ("later", "LATER", 9, "In stock", "Add to cart"),
        ("soon", "SOON", 0, "Sold out", "Tell me when it’s back"),
    ],
)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_stock_of_this_moment_arrives_and_nothing_moves(
    open_page: Open,
    shop: LivingShop,
    slug: str,
    sku: str,
    left: int,
    words: str,
    button: str,
    viewport: ViewportSize,
) -> None:
    shop.app.store.declare_stock({sku: left})
    page = open_page(Visitor(True, viewport))
    page.goto(f"/products/{slug}/")
    expect(availability(page)).to_have_text(words)
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    expect(page.locator("#checked")).to_have_text("Stock checked just now")
    assert page.evaluate(SHIFT) == 0


def test_stock_of_more_variants_than_one_request_may_name_arrives_too(open_page: Open, shop: LivingShop) -> None:
    shop.app.store.declare_stock({"FLAG-01": 0, "FLAG-60": 0})
    page = open_page(Visitor(True, PHONE))
    page.goto("/products/flags/")
    for sku in ("FLAG-01", "FLAG-60"):
        expect(page.locator(f"[data-sku={sku}]").first).to_have_attribute("data-stock", "out")
    expect(page.locator("[data-sku=FLAG-59]").first).to_have_attribute("data-stock", "in")


def test_an_answer_from_a_while_ago_says_when_it_was_made(open_page: Open) -> None:
    page = open_page(Visitor(True, PHONE))
    page.route("**/stock?*", lambda route: route.fulfill(json={"at": 1_795_000_000, "stock": {}}))
    page.goto("/products/gone/")
    expect(page.locator("#checked")).to_have_text(re.compile(r"^Stock checked at \d\d?:\d\d"))
    expect(availability(page)).to_have_text("Sold out")  # of which it says nothing, so that stays as it was built


def test_the_address_is_asked_from_wherever_stock_runs_out(open_page: Open, shop: LivingShop) -> None:
    """Of several that are sold out, the form is for the one that is chosen."""
    shop.app.store.declare_stock({"LITTLE-A4": 0})
    page = open_page(Visitor(True, PHONE))
    page.goto("/products/little-tern/")
    expect(seen(page, ".notify")).to_have_count(1)
    for sku in ("LITTLE-A3", "LITTLE-A4"):
        radio(page, sku).check()
        expect(seen(page, ".notify [name=sku]", hidden=True)).to_have_value(sku)


def test_a_picture_opens_in_full_size_and_closes_again(open_page: Open) -> None:
    page = open_page(Visitor(True, DESKTOP))
    page.goto("/products/little-tern/")
    page.get_by_role("link", name="A tern over a wave.").click()
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_role("img", name="A tern over a wave.")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="A tern over a wave.")).to_be_focused()


def test_a_picture_is_a_link_to_itself_without_javascript(open_page: Open) -> None:
    page = open_page(Visitor(False, DESKTOP))
    page.goto("/products/little-tern/")
    href = page.get_by_role("link", name="A tern over a wave.").get_attribute("href")
    assert href is not None
    assert page.request.get(href).headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("visitor", [VISITORS[0], VISITORS[3]])
def test_axe_finds_nothing_in_any_state(open_page: Open, visitor: Visitor, scheme: Any) -> None:
    page = open_page(Visitor(True, visitor.viewport))
    page.emulate_media(color_scheme=scheme)
    for state in STATES:
        page.goto(f"/products/{state}")
        assert (state, faults(page)) == (state, [])


@pytest.mark.parametrize("width", [320, 390, 600, 960, 1440, 2560])
def test_nothing_overlaps_and_nothing_is_cut_off(open_page: Open, width: int) -> None:
    page = open_page(Visitor(True, ViewportSize(width=width, height=900)))
    for state in STATES:
        page.goto(f"/products/{state}")
        assert (state, page.evaluate("document.documentElement.scrollWidth")) == (state, width)
        inside = page.locator(".picked, .quantity, .buy-bar .button, .notify label").all()
        boxes = [box for one in inside if one.is_visible() and (box := one.bounding_box())]
        for one, other in itertools.combinations(boxes, 2):
            assert one["x"] + one["width"] <= other["x"] + 0.5, (state, one, other)
        for box in boxes:
            assert (state, box["x"] >= 0, box["x"] + box["width"] <= width) == (state, True, True)


def test_on_paper_there_are_price_and_facts_and_nothing_to_press(open_page: Open) -> None:
    page = open_page(Visitor(True, DESKTOP))
    page.goto("/products/little-tern/")
    page.emulate_media(media="print")
    expect(price(page)).to_be_visible()
    expect(page.get_by_text("Keep the wrapping away from small children.")).to_be_visible()
    for gone in (".buy-bar", ".wishes", ".thumbs"):
        expect(page.locator(gone)).to_be_hidden()


def test_the_keyboard_chooses_and_what_has_the_focus_is_in_sight(open_page: Open) -> None:
    page = open_page(Visitor(True, PHONE))
    page.goto("/products/little-tern/")
    radio(page, "LITTLE-A4").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(radio(page, "LITTLE-A3-OAK")).to_be_checked()
    bar, option = page.locator(".buy-bar").bounding_box(), radio(page, "LITTLE-A3-OAK").bounding_box()
    assert bar
    assert option
    assert option["y"] + option["height"] <= bar["y"]


def test_the_wishlist_takes_what_is_chosen_and_gives_it_back(open_page: Open) -> None:
    page = open_page(Visitor(True, DESKTOP))
    page.goto("/products/little-tern/")
    button, link = (
        page.get_by_role("button", name="Save to wishlist"),
        page.get_by_role("link", name="See your wishlist"),
    )
    expect(link).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(link).to_be_visible()
    assert page.url.endswith("/products/little-tern/")
    radio(page, "LITTLE-A3-OAK").check()
    expect(button).to_have_attribute("aria-pressed", "false")
    radio(page, "LITTLE-A4").check()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert faults(page) == []
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(link).to_be_hidden()


def test_the_wishlist_works_without_javascript(open_page: Open) -> None:
    page = open_page(Visitor(False, PHONE))
    page.goto("/products/little-tern/")
    radio(page, "LITTLE-A3-OAK").check()
    page.get_by_role("button", name="Save to wishlist").click()
    page.wait_for_url("**/wishlist?s=LITTLE-A3-OAK")
    expect(page.get_by_role("main")).to_contain_text("Little Tern")


def radio(page: Page, sku: str) -> Locator:
    """The field that chooses a variant."""
    return page.locator(f"[name=sku][type=radio][value={sku}]")


def seen(page: Page, selector: str, *, hidden: bool = False) -> Locator:
    """Those of several in one place that are seen; or, of hidden fields, whichever there are."""
    return page.locator(selector if hidden else f"{selector} >> visible=true")


def price(page: Page) -> Locator:
    """The price of what is chosen."""
    return seen(page, ".price")


def availability(page: Page) -> Locator:
    """Whether what is chosen can be had."""
    return seen(page, ".terms b[data-stock]")


def notices(page: Page) -> list[str]:
    """What is posted to /notify from now on; the answer to it is of no interest here."""
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.post_data)
        route.fulfill(status=200, content_type="text/html", body="<title>Thank you</title>")

    page.route("**/notify", answer)
    return asked
