"""What the rest of the shop knows of a product: small enough to keep for all, and to remember between builds."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins.content import Status
from plugins.fingerprint import SIZE
from plugins.spool import Place
from plugins.views import Entry

_PUBLISHED, _DRAFT = Status.PUBLISHED.value, Status.DRAFT.value  # for an enumeration's members are looked up slowly
CARD_THERE, PAGE_THERE, TWIN_THERE = range(3)
"""What waits of a product in one place, by number."""


class Profile(NamedTuple):
    """Plain values only. `page` is a fingerprint of the product's page with its twin, `prints` are those of its
    fragments, one after the other as KINDS in product_maker.py names them: first the card's.

    `references` are what its file says of others, as bytes; `packed` is what sending it depends on; `past` is the key
    of the history it was made with, if it depends on that as well as on its file; `doubts` are what the owner should
    know of it, a line each.
    """

    slug: str
    status: str
    title: str
    price: int
    available: bool
    added: str
    facets: tuple[tuple[str, str], ...]
    collections: tuple[str, ...]
    related: tuple[str, ...]
    pictures: tuple[str, ...]
    aliases: tuple[str, ...]
    skus: tuple[str, ...]
    page: bytes
    prints: bytes
    references: bytes
    packed: tuple[Any, ...] = ()
    past: str = ""
    doubts: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether lists show it."""
        return self.status == _PUBLISHED

    @property
    def has_page(self) -> bool:
        """Whether it has a page at all."""
        return self.status != _DRAFT

    @property
    def entry(self) -> Entry:
        """The product as lists take it."""
        return Entry(self.slug, self.title, self.price, self.available, self.added, self.facets)

    @property
    def card(self) -> bytes:
        """The fingerprint of its card."""
        return self.prints[:SIZE]


class Made(NamedTuple):
    """All that came of one product's file. `profile` is None when it has faults, or waits for other products.

    `findings` are its faults and references, as bytes; `packed` is what sending it depends on; `fragments` are texts
    that join those of other products in feeds; `place` is where its card, page and twin wait.
    """

    slug: str
    state: str
    findings: bytes
    profile: tuple[Any, ...] | None
    fragments: Mapping[str, str]
    place: Place | None
    packed: tuple[Any, ...] = ()
