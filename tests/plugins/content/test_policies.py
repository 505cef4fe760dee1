"""Pages of small print: which page is which, and how a shopper accepts the terms."""

from pathlib import Path

import pytest

from functions.shop.settings import Agreement, Policy, PolicyPage
from plugins.content import ContentFaults, load, policy_pages
from tests.plugins.content.sample import SHOP, TODAY, write


def page(root: Path, name: str, more: str = "") -> None:
    write(root / f"pages/{name}.md", f"---\ntitle: {name.title()}\nsummary: What holds.\n{more}---\nText.\n")


def faults(root: Path) -> list[str]:
    with pytest.raises(ContentFaults) as found:
        load(root, TODAY)
    return [str(fault) for fault in found.value.faults]


def test_pages_with_the_usual_names_are_known_and_the_terms_come_first(shop: Path) -> None:
    for name in ("privacy", "withdrawal", "terms"):
        page(shop, name)
    assert policy_pages(load(shop, TODAY).pages) == (
        PolicyPage(Policy.TERMS, "Terms", "/terms/"),
        PolicyPage(Policy.WITHDRAWAL, "Withdrawal", "/withdrawal/"),
        PolicyPage(Policy.PRIVACY, "Privacy", "/privacy/"),
    )


def test_a_page_with_another_name_says_what_it_is(shop: Path) -> None:
    page(shop, "agb", "policy: terms\n")
    assert policy_pages(load(shop, TODAY).pages) == (PolicyPage(Policy.TERMS, "Agb", "/agb/"),)


def test_ordering_beside_a_link_accepts_the_terms_unless_the_shop_wants_a_box(shop: Path) -> None:
    assert load(shop, TODAY).shop.settings.agreement is Agreement.LINK
    page(shop, "terms")
    write(shop / "shop/shop.yaml", f"{SHOP}terms: box\n")
    assert load(shop, TODAY).shop.settings.agreement is Agreement.BOX


def test_two_pages_about_the_same_are_a_fault(shop: Path) -> None:
    page(shop, "agb", "policy: terms\n")
    page(shop, "terms")
    assert faults(shop) == [
        "content/pages/terms.md:1:1: policy: terms is the page agb.md already; give one of them another policy"
    ]


def test_a_box_without_terms_is_a_fault_where_it_is_asked_for(shop: Path) -> None:
    write(shop / "shop/shop.yaml", f"{SHOP}terms: box\n")
    [fault] = faults(shop)
    line = SHOP.count("\n") + 1
    assert fault == (
        f"content/shop/shop.yaml:{line}:8: terms: asks shoppers to accept terms that no page holds; "
        "write content/pages/terms.md, or delete this line"
    )


def test_another_word_is_answered_with_those_that_are_possible(shop: Path) -> None:
    write(shop / "shop/shop.yaml", f"{SHOP}terms: boxed\n")
    [fault] = faults(shop)
    assert "terms: 'boxed' is not possible; did you mean 'box'?" in fault
