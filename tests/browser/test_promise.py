"""The line of a product's page that says when it arrives: by day where script runs, by working days where not."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, VISITORS, Visitor

BY_DAY = re.compile(r"^(Order in (\d+ h ?)?(\d+ min)?: a|A)rrives \w{3} \d+( \w+)?( – \w{3} \d+ \w+)?$")


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_product_says_when_it_arrives(open_page: Callable[[Visitor], Page], visitor: Visitor) -> None:
    page = open_page(visitor)
    page.goto("/products/storm-petrel/")
    line = page.locator("[data-arrives]")
    expect(line).to_have_text(BY_DAY if visitor.javascript else "Arrives in 2–5 working days")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_line_with_days_is_as_tall_as_without(open_page: Callable[[Visitor], Page], viewport: dict[str, int]) -> None:
    heights = []
    for javascript in (False, True):
        page = open_page(Visitor(javascript, viewport))  # type: ignore[arg-type]
        page.goto("/products/storm-petrel/")
        line = page.locator("[data-arrives]")
        expect(line).to_have_text(BY_DAY if javascript else re.compile("working days"))
        if javascript:
            line.evaluate("line => line.textContent = 'Order in 23 h 59 min: arrives Wed 28 Sept – Wed 30 Nov'")
        heights.append(page.locator(".terms").bounding_box()["height"])  # type: ignore[index]
    assert heights[0] == heights[1]
