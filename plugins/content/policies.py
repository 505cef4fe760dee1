"""Pages of small print: which page is which, and that a shop whose terms must be accepted has any."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from functions.shop.settings import Agreement, Policy, PolicyPage
from plugins.content.fault import START, Fault
from plugins.content.page import PageSource
from plugins.content.reading import Reading

if TYPE_CHECKING:
    from plugins.content.shop import ShopSource


def policy_pages(pages: Iterable[PageSource]) -> tuple[PolicyPage, ...]:
    """The pages of small print, the terms first."""
    found = {page.policy: page for page in pages}
    return tuple(PolicyPage(one, found[one].title, f"/{found[one].slug}/") for one in Policy if one in found)


def policy_faults(shop: "Reading[ShopSource]", pages: Iterable[Reading[PageSource]]) -> Iterator[Fault]:
    """Two pages about the same, and a box to tick for terms that stand nowhere."""
    first: dict[Policy, str] = {}
    sources = [page.source for page in pages if page.source]
    for page in sources:
        if page.policy is None:
            continue
        if page.policy in first:
            sentence = f"{page.policy} is the page {first[page.policy]} already; give one of them another policy"
            yield Fault(page.path.as_posix(), *START, "policy", sentence)
        first.setdefault(page.policy, page.path.name)
    if shop.source and shop.source.settings.agreement is Agreement.BOX and Policy.TERMS not in first:
        sentence = "asks shoppers to accept terms that no page holds; write content/pages/terms.md, or delete this line"
        yield Fault(shop.path.as_posix(), *shop.source.terms_at, "terms", sentence)
