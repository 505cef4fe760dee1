"""What the rest of the shop knows of a product: small enough to keep for all, and to remember between builds."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from plugins.content import Status
from plugins.spool import Place
from plugins.views import Entry

Places = tuple[Place, Place]


class Profile(NamedTuple):
    """Plain values only. `page` and `card` are fingerprints of the product's page with its twin, and of its card alone;
    `prints` those of its fragments, one after the other as KINDS in product_maker.py names them.

    `references` are what its file says of others, pickled; `past` is the key of the history it was made with, if it
    depends on that as well as on its file; `doubts` are what the owner should know of it, a line each.
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
    card_html: str
    card: bytes
    page: bytes
    prints: bytes
    references: bytes
    past: str = ""
    doubts: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether lists show it."""
        return self.status == Status.PUBLISHED

    @property
    def has_page(self) -> bool:
        """Whether it has a page at all."""
        return self.status != Status.DRAFT

    @property
    def entry(self) -> Entry:
        """The product as lists take it."""
        html = Markup(self.card_html)  # noqa: S704 (a template made it, so it is escaped already)
        return Entry(self.slug, self.title, self.price, self.available, self.added, self.facets, html)


class Made(NamedTuple):
    """All that came of one product's file. `profile` is None when it has faults, or waits for other products.

    `findings` are its faults and references, pickled; `fragments` are texts that join those of other products in feeds;
    `places` are where its page and its twin wait.
    """

    slug: str
    state: str
    findings: bytes
    profile: tuple[Any, ...] | None
    fragments: Mapping[str, str]
    places: Places | None
