"""The whole content: read once, checked as a whole, and given as a whole or not at all.

`load` reads one file after the other. Whoever reads them in several processes calls the same pieces: `read_shop`,
`files_of`, a `read_…` for each file, and `content_of` for all that came of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from plugins.content.address import address_faults, addresses
from plugins.content.alias import alias_faults
from plugins.content.collection import CollectionSource, read_collection
from plugins.content.coverage import coverage_faults
from plugins.content.download import download_faults
from plugins.content.fault import ContentFaults, Fault
from plugins.content.folder import files_of
from plugins.content.page import PageSource, read_page
from plugins.content.picture import picture_folder
from plugins.content.policies import policy_faults
from plugins.content.post import PostSource, read_post
from plugins.content.product import ProductSource, filled, read_product
from plugins.content.promotion_references import promotion_faults
from plugins.content.promotions import NONE, Promotions, read_promotions
from plugins.content.reading import Reading, sound
from plugins.content.references import by_slug, embedded_faults, product_faults, sellers_of, showcase_faults
from plugins.content.shop import ShopSource, rate_ids, read_shop

S = TypeVar("S", CollectionSource, PageSource)


class Content(NamedTuple):
    """Everything the owner wrote: products by file name, collections and pages by their order, then by name; posts by
    their date, the newest first.
    """

    shop: ShopSource
    products: tuple[ProductSource, ...]
    collections: tuple[CollectionSource, ...]
    pages: tuple[PageSource, ...]
    posts: tuple[PostSource, ...] = ()
    promotions: Promotions = NONE


NO_PROMOTIONS: Reading[Promotions] = Reading(Path(), NONE, ())


@dataclass(frozen=True, slots=True)
class Readings:
    """Every file as it was read, each kind by file name; `strays` are faults of files that nobody reads, `files` the
    names of those that are sold.
    """

    shop: Reading[ShopSource]
    products: tuple[Reading[ProductSource], ...]
    collections: tuple[Reading[CollectionSource], ...]
    pages: tuple[Reading[PageSource], ...]
    posts: tuple[Reading[PostSource], ...]
    strays: tuple[Fault, ...] = ()
    promotions: Reading[Promotions] = NO_PROMOTIONS
    files: frozenset[str] = frozenset()


def load(root: Path, today: date) -> Content:
    """Read and check every file below `root`, once, as of a day. Raises ContentFaults with every fault there is."""
    (shop, facts), files = read_shop(root, today, picture_folder(root)), files_of(root)
    return content_of(
        Readings(
            shop,
            tuple(read_product(path, facts) for path in map(Path, files.products)),
            tuple(read_collection(path, facts) for path in map(Path, files.collections)),
            tuple(read_page(path, facts) for path in map(Path, files.pages)),
            tuple(read_post(path, facts) for path in map(Path, files.journal)),
            files.faults,
            read_promotions(root, facts, rate_ids(shop.source)),
            files.sold,
        )
    )


def content_of(readings: Readings) -> Content:
    """The content of all files together. Raises ContentFaults with every fault within them and between them."""
    if faults := faults_of(readings):
        raise ContentFaults(faults)
    return Content(
        sound(readings.shop),
        tuple(_filled([sound(product) for product in readings.products])),
        _ordered(sound(collection) for collection in readings.collections),
        _ordered(sound(page) for page in readings.pages),
        newest_first(sound(post) for post in readings.posts),
        sound(readings.promotions),
    )


def faults_of(readings: Readings) -> tuple[Fault, ...]:
    """Every fault within the files and between them, in order."""
    packed = [(product.path.as_posix(), product.packed) for product in readings.products]
    return tuple(sorted(chain(reference_faults(readings), coverage_faults(readings.shop, packed))))


def reference_faults(readings: Readings) -> Iterator[Fault]:
    """Faults within the files and in what they say of others: all but what cannot be sent (coverage.py)."""
    yield from readings.strays
    for reading in _all(readings):
        yield from reading.faults
    others = _paths((*readings.collections, *readings.pages))
    yield from address_faults(others)
    if any(product.references.aliases for product in readings.products):  # few shops have any
        taken = addresses(_paths(readings.products), _paths(readings.posts), others)
        yield from alias_faults(readings.products, taken)
    shelves = {collection.slug for collection in readings.collections}
    slugs, sellers = by_slug(readings.products), sellers_of(readings.products)
    yield from product_faults(slugs, sellers, shelves)
    yield from download_faults(readings.products, readings.files)
    yield from promotion_faults(readings.promotions, slugs, sellers, shelves)
    yield from showcase_faults((readings.shop, *readings.collections), slugs)
    yield from policy_faults(readings.shop, readings.pages)
    yield from embedded_faults((*readings.collections, *readings.pages, *readings.posts), sellers)


def _paths(readings: Iterable[Reading[object]]) -> list[Path]:
    return [reading.path for reading in readings]


def _all(readings: Readings) -> Iterator[Reading[object]]:
    return chain(
        [readings.shop, readings.promotions], readings.products, readings.collections, readings.pages, readings.posts
    )


def _filled(products: Sequence[ProductSource]) -> Iterator[ProductSource]:
    """The products, and the bundles among them with what they take from the stock of others."""
    bundles = any(product.bundle for product in products)
    sold = {variant.sku: variant for product in products for variant in product.variants} if bundles else {}
    return (filled(product, sold) for product in products)


def _ordered(sources: Iterable[S]) -> tuple[S, ...]:
    return tuple(sorted(sources, key=lambda source: (source.order, source.slug)))


def newest_first(posts: Iterable[PostSource]) -> tuple[PostSource, ...]:
    """Posts by their date, the latest first."""
    by_name = sorted(posts, key=lambda post: post.slug)
    return tuple(sorted(by_name, key=lambda post: post.date, reverse=True))
