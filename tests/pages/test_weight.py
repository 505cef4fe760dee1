"""What a phone has to load before a page looks right."""

import pytest

from tests.page_weight import LIMIT, OTHERS_LIMIT, weight
from tests.pages.conftest import OUTPUT


@pytest.mark.slow
def test_product_pages_fit_into_the_first_answer_of_a_server_and_others_nearly(pages: dict[str, str]) -> None:
    limits = {name: LIMIT if name.startswith("/products/") else OTHERS_LIMIT for name in pages}
    weights = {name: weight(page, OUTPUT).total for name, page in pages.items()}
    assert {name: total for name, total in weights.items() if total > limits[name]} == {}


@pytest.mark.slow
def test_no_page_holds_a_script_or_a_style_within(pages: dict[str, str]) -> None:
    """So that a policy can forbid all that an attacker might bring in."""
    for name, page in pages.items():
        assert (name, page.count("<style"), page.count(" style="), page.count("javascript:")) == (name, 0, 0, 0)
        outside = page.count('<script type="module" src="/') + page.count('<script src="/')
        assert (name, page.count("<script")) == (name, outside + page.count('ld+json">'))
