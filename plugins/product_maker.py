"""From a product's file to all that is made of it: page, card, and what feeds and the catalogue take of it."""

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from functions.shop.catalogue import Availability
from plugins import feeds
from plugins.content import Facts, Look, ProductSource, References, ShopSource, Status, filled, read_product
from plugins.fingerprint import file_state, fingerprint
from plugins.meta import product_meta
from plugins.products import Surroundings, product_view
from plugins.profile import Made, Profile
from plugins.reductions import claims
from plugins.rendering import Theme
from plugins.search import product_record
from plugins.spool import Spool
from plugins.twin import twin
from plugins.variant_lines import variants_json
from plugins.views import Product

VARIANTS, SEARCH = "variants", "search"
KINDS = (VARIANTS, *feeds.KINDS, SEARCH)
"""Kinds of fragments: what can be bought, what feeds say, and what a search finds."""
TEMPLATES = ("related.html", "parts/product_page.html", "parts/head.html", "parts/card.html")
"""What every product needs, so that it is loaded before processes are forked."""
NO_FRAGMENTS = dict.fromkeys(KINDS, "")
_NO_PRINT = fingerprint("")
NO_FINDINGS = pickle.dumps(((), References()))


@dataclass(frozen=True, slots=True)
class ProductMaker:
    """Makes products one by one, each from its own file and what is the same for all.

    `past` is the key of the history that is known.
    """

    facts: Facts
    shop: ShopSource
    around: Surroundings
    theme: Theme
    url: str
    spool: Spool
    past: str = ""

    def make_all(self, paths: Iterable[Path]) -> Iterator[tuple[Any, ...]]:
        """What came of each file, as plain tuples of Made."""
        for path in paths:
            yield tuple(self.make(path))
        self.spool.flush()

    def make(self, path: Path) -> Made:
        """What came of one file. What needs more than its own file must wait, see `complete_all`."""
        state = file_state(path)
        reading = read_product(path, self.facts)
        source, findings = reading.source, pickle.dumps((reading.faults, reading.references))
        if source is None or not self._is_ready(source):
            return Made(path.stem, "", findings, None, {}, None)
        return self._complete(source, state, findings)

    def complete_all(self, sources: Iterable[ProductSource]) -> Iterator[tuple[Any, ...]]:
        """What comes of products that waited, now that all they need is known."""
        for source in sources:
            state = "" if source.bundle else file_state(source.path)
            yield tuple(self._complete(filled(source, self.around.sold), state, NO_FINDINGS))
        self.spool.flush()

    def _is_ready(self, source: ProductSource) -> bool:
        """Whether all there is to make it is known; a collection that is missing is a fault, found later."""
        known = all(slug in self.around.collections for slug in source.collections)
        return known and not source.bundle and not claims(source)

    def _complete(self, source: ProductSource, state: str, findings: bytes) -> Made:
        """All that is made of a product; `state` is its file's, empty when it is to be made in every build."""
        pictures = self.facts.pictures
        product = None if source.status is Status.DRAFT else product_view(source, self.around)
        profile = profile_of(source, product, pictures.path, findings)
        if claims(source):
            profile = profile._replace(past=self.past)
        if state:
            state = product_state(state, self.around.past.added.get(source.slug, ""), profile.pictures, pictures.looks)
        if product is None:
            return Made(source.slug, state, findings, tuple(profile), NO_FRAGMENTS, None)
        fragments = self._fragments(product, source)
        card = self.theme.card(product) if source.status is Status.PUBLISHED else ""
        *page, words = (text.encode() for text in self._page(product))
        profile = profile._replace(
            card_html=card,
            card=fingerprint(card),
            page=fingerprint(*page, words),
            prints=b"".join([fingerprint(text) if text else _NO_PRINT for text in fragments.values()]),
            doubts=self._doubts(source),
        )
        places = self.spool.put(tuple(page)), self.spool.put(words)
        return Made(source.slug, state, findings, tuple(profile), fragments, places)

    def _fragments(self, product: Product, source: ProductSource) -> dict[str, str]:
        own = {VARIANTS: variants_json(product.variants)}
        if source.status is not Status.PUBLISHED:
            return NO_FRAGMENTS | own
        found = {SEARCH: product_record(product, self.around.settings)}
        return NO_FRAGMENTS | own | found | feeds.feed_fragments(product, self.shop, self.url)

    def _doubts(self, source: ProductSource) -> str:
        return "\n".join(str(doubt) for doubt in self.around.past.doubts if doubt.path == source.path)

    def _page(self, product: Product) -> tuple[str, str, str, str]:
        """Title, head and content of its page, as HTML, and its twin."""
        settings = self.around.settings
        meta = product_meta(product, settings, self.url)
        main = self.theme.part("product_page", product)
        words = "" if product.status is Status.HIDDEN else twin(product, settings, self.url)
        return str(escape(meta.title)), self.theme.head(meta), main, words


def product_state(file: str, added: str, pictures: Iterable[str], looks: Mapping[str, Look]) -> str:
    """Changes with the state of a product's file, the day on which it was added, and its pictures."""
    return " ".join([file, added, *(looks[name].content if name in looks else "" for name in pictures)])


def profile_of(source: ProductSource, product: Product | None, folder: Path, references: bytes = b"") -> Profile:
    """What others know of a product; `product` is None for a draft. Pictures are named as they are in `folder`."""
    inside = f"{folder}{os.sep}"
    return Profile(
        slug=source.slug,
        status=str(source.status.value),
        title=source.title,
        price=product.price_from if product else 0,
        available=product is not None and product.best_availability is not Availability.OUT,
        added=product.added if product else source.added,
        facets=product.facets if product else (),
        collections=source.collections,
        related=source.related,
        pictures=tuple([str(image.file).removeprefix(inside).replace(os.sep, "/") for image in source.images]),
        aliases=source.aliases,
        skus=tuple(variant.sku for variant in source.variants),
        card_html="",
        card=b"",
        page=b"",
        prints=b"",
        references=references,
    )
