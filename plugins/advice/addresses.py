"""Every address that the shop has, as far as a text can link to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.shop.site import LINKED
from plugins.advice.advice import Written
from plugins.content import Content, Status

ALWAYS = LINKED | frozenset(
    "/ /all/ /journal/ /search/ /feed.xml /merchant.xml /llms.txt /robots.txt /sitemap.xml".split()
)
"""What every shop has, whatever its owner wrote."""
_VIEW = re.compile(
    r"(?:\d+|[a-z]|price-(?:up|down|\d+)|newest|in-stock|[a-z0-9]+(?:-[a-z0-9]+)+)(?:/\d+)?/|cards\.html"
)
_ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of a shop: those that exist, those that are drafts, old addresses with the new one, and places within.

    `texts` are the sources of the pages, whose texts hold the places that a link can lead to.
    """

    pages: frozenset[str]
    collections: frozenset[str]
    drafts: frozenset[str]
    moved: Mapping[str, str]
    texts: Mapping[str, Written]

    def exists(self, path: str) -> bool:
        """Whether a page or a view of a collection is here."""
        return path in self.pages or self._is_view(path)

    def places(self, path: str) -> frozenset[str]:
        """The ids in the text of a page: its questions, and what its Markdown gives an id."""
        source = self.texts[path]
        questions: Iterable[str] = (q.id for group in getattr(source, "questions", ()) for q in group.items)
        return frozenset((*_ID.findall(source.body), *questions))

    def _is_view(self, path: str) -> bool:
        collection, rest = path[: path.find("/", 1) + 1], path[path.find("/", 1) + 1 :]
        return collection in self.collections | {"/all/"} and _VIEW.fullmatch(rest) is not None


def addresses(content: Content) -> Addresses:
    """All addresses of the content."""
    visible = [product for product in content.products if product.status is not Status.DRAFT]
    products = [f"/products/{product.slug}/" for product in visible]
    collections = [f"/{collection.slug}/" for collection in content.collections]
    texts: dict[str, Written] = dict(zip(products, visible, strict=True))
    texts |= {f"/{collection.slug}/": collection for collection in content.collections}
    texts |= {f"/{page.slug}/": page for page in content.pages}
    texts |= {f"/journal/{post.slug}/": post for post in content.posts}
    moved = {old: f"/products/{product.slug}/" for product in visible for old in product.aliases}
    return Addresses(
        pages=ALWAYS.union(products, (f"{path}index.md" for path in products), texts),
        collections=frozenset(collections),
        drafts=frozenset(f"/products/{p.slug}/" for p in content.products if p.status is Status.DRAFT),
        moved=moved,
        texts=texts,
    )
