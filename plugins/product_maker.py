"""From a product's file to all that is made of it: page, card, and what feeds and the catalogue take of it."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, TypeVar

from markupsafe import escape

from functions.shop.catalogue import Availability
from plugins import feeds
from plugins.content import (
    Facts,
    Look,
    ProductSource,
    Reading,
    ShopSource,
    Status,
    filled,
    findings_to_bytes,
    packed_of,
    read_products,
    sound,
)
from plugins.fingerprint import SIZE, file_state, fingerprint
from plugins.meta import product_meta
from plugins.once import remembered
from plugins.parallel import batches
from plugins.products import Surroundings, product_view
from plugins.profile import Made, Profile
from plugins.reductions import claims
from plugins.rendering import Theme
from plugins.search import product_record
from plugins.spool import Spool
from plugins.twin import twin
from plugins.variant_lines import variants_json
from plugins.views import Product

T = TypeVar("T")
CARD, VARIANTS, SEARCH = "card", "variants", "search"
KINDS = (CARD, VARIANTS, *feeds.KINDS, SEARCH)
"""Kinds of fragments: how lists show it, what can be bought, what feeds say, and what a search finds."""
TEMPLATES = ("related.html", "parts/product_page.html", "parts/head.html", "parts/card.html")
"""What every product needs, so that it is loaded before processes are forked."""
NO_FRAGMENTS = dict.fromkeys(KINDS, "")
_NO_PRINT = fingerprint("")


@dataclass(frozen=True, slots=True)
class ProductMaker:
    """Makes products one by one, each from its own file and what is the same for all.

    `past` is the key of the history that is known. What takes several steps is done step by step for many products
    (see `batches`).
    """

    facts: Facts
    shop: ShopSource
    around: Surroundings
    theme: Theme
    url: str
    spool: Spool
    past: str = ""
    is_searched: bool = True

    def make_all(self, paths: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """What came of each file, as plain tuples of Made."""
        for some in batches(map(Path, paths)):
            yield from map(tuple, self._make(some))
        self.spool.flush()

    def complete_all(self, readings: Iterable[Reading[ProductSource]]) -> Iterator[tuple[Any, ...]]:
        """What comes of sound products that waited, now that all they need is known."""
        for some in batches(readings):
            yield from map(tuple, self._complete(list(map(self._whole, some))))
        self.spool.flush()

    def _make(self, paths: Sequence[Path]) -> Iterator[Made]:
        """What came of some files. What needs more than its own file must wait, see `complete_all`."""
        states = [file_state(path) for path in paths]
        readings = read_products(paths, self.facts)
        findings = [findings_to_bytes(reading.faults, reading.references) for reading in readings]
        ready = []
        for reading, state, found in zip(readings, states, findings, strict=True):
            if reading.source is None or not self._is_ready(reading.source):
                yield Made(reading.slug, "", found, None, {}, None, tuple(reading.packed))
            else:
                ready.append(_Read(reading.source, state, found))
        yield from self._complete(ready)

    def _whole(self, reading: Reading[ProductSource]) -> "_Read":
        source = sound(reading)
        state = "" if source.bundle else file_state(source.path)
        return _Read(filled(source, self.around.sold), state, findings_to_bytes(reading.faults, reading.references))

    def _is_ready(self, source: ProductSource) -> bool:
        """Whether all there is to make it is known; a collection that is missing is a fault, found later."""
        known = all(slug in self.around.collections for slug in source.collections)
        return known and not source.bundle and not claims(source)

    def _complete(self, read: Sequence["_Read"]) -> Iterator[Made]:
        """All that is made of some products."""
        yield from (self._draft(one) for one in read if one.source.status is Status.DRAFT)
        yield from self._shown([one for one in read if one.source.status is not Status.DRAFT])

    def _draft(self, one: "_Read") -> Made:
        profile = self._profile(one, None)
        return Made(one.source.slug, self._state(one, profile), one.findings, tuple(profile), NO_FRAGMENTS, None)

    def _shown(self, read: Sequence["_Read"]) -> Iterator[Made]:
        """All that is made of products with a page, step by step."""
        products = [product_view(one.source, self.around) for one in read]
        profiles = list(map(self._profile, read, products))
        fragments = list(map(self._fragments, products))
        pages = list(self._pages(products))
        cards = ["" if product.status is Status.HIDDEN else self.theme.card(product) for product in products]
        for one, profile, texts, page, texts[CARD] in zip(read, profiles, fragments, pages, cards, strict=True):
            place = self.spool.put(texts[CARD], page[:3], page[3])
            printed = profile._replace(page=fingerprint(*page), prints=_prints(texts))
            yield Made(one.source.slug, self._state(one, profile), one.findings, tuple(printed), texts, place)

    def _profile(self, one: "_Read", product: Product | None) -> Profile:
        profile = profile_of(one.source, product, self.facts.pictures.path, one.findings)
        if claims(one.source):
            profile = profile._replace(past=self.past)
        doubts = [str(doubt) for doubt in self.around.past.doubts if doubt.path == one.source.path]
        return profile._replace(doubts="\n".join(doubts)) if doubts else profile

    def _state(self, one: "_Read", profile: Profile) -> str:
        if not one.state:
            return ""
        added = self.around.past.added.get(one.source.slug, "")
        return product_state(one.state, added, looks_of(profile.pictures, self.facts.pictures.looks))

    def _fragments(self, product: Product) -> dict[str, str]:
        own = {VARIANTS: variants_json(product.offers, product.images)}
        if product.status is Status.HIDDEN:
            return NO_FRAGMENTS | own
        if self.is_searched:
            own[SEARCH] = product_record(product, self.around.settings)
        return NO_FRAGMENTS | own | feeds.feed_fragments(product, self.shop, self.url)

    def _pages(self, products: Sequence[Product]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """Title, head and content of their pages, as HTML, and their twins, in UTF-8."""
        settings, url = self.around.settings, self.url
        metas = [product_meta(product, settings, url) for product in products]
        heads = [self.theme.head(meta) for meta in metas]
        mains = [self.theme.part("product_page", product) for product in products]
        twins = ["" if product.status is Status.HIDDEN else twin(product, settings, url) for product in products]
        for meta, head, main, words in zip(metas, heads, mains, twins, strict=True):
            yield str(escape(meta.title)).encode(), head.encode(), main.encode(), words.encode()


class _Read(NamedTuple):
    """A product that was read, with the state of its file, empty if it is to be made in every build."""

    source: ProductSource
    state: str
    findings: bytes


def _prints(fragments: Mapping[str, str]) -> bytes:
    """The fingerprints of a product's fragments, in the order of KINDS."""
    return b"".join([fingerprint(text) if text else _NO_PRINT for text in fragments.values()])


def place_of(kind: str) -> slice:
    """Where the fingerprint of a kind stands among a product's `prints`."""
    start = KINDS.index(kind) * SIZE
    return slice(start, start + SIZE)


def product_state(file: str, added: str, looks: str) -> str:
    """Changes with the state of a product's file, the day on which it was added, and the looks of its pictures."""
    return f"{file} {added} {looks}"


def looks_of(pictures: Iterable[str], looks: Mapping[str, Look]) -> str:
    """What pictures look like, in one text."""
    return " ".join([looks[name].content if name in looks else "" for name in pictures])


def profile_of(source: ProductSource, product: Product | None, folder: Path, references: bytes = b"") -> Profile:
    """What others know of a product; `product` is None for a draft. Pictures are named as they are in `folder`.

    What many have in common is one object, so that it takes its room once, also where it travels to.
    """
    inside = f"{folder}{os.sep}"
    return Profile(
        slug=source.slug,
        status=intern(source.status.value),
        title=source.title,
        price=product.price_from if product else 0,
        available=product is not None and product.best_availability is not Availability.OUT,
        added=product.added if product else source.added,
        facets=_alike(product.facets) if product else (),
        collections=_alike(source.collections),
        related=source.related,
        pictures=_alike(tuple([str(image.file).removeprefix(inside).replace(os.sep, "/") for image in source.images])),
        aliases=source.aliases,
        skus=tuple([variant.sku for variant in (product or source).variants]),
        page=b"",
        prints=b"",
        references=references,
        packed=_alike(tuple(packed_of(source))),
    )


@remembered
def _alike(texts: T) -> T:
    """The first that was equal to this."""
    return texts
