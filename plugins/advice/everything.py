"""All advice about a whole content, in one pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from plugins.advice.addresses import addresses
from plugins.advice.advice import Advice, Written
from plugins.advice.gaps import gaps
from plugins.advice.links import links
from plugins.advice.pictures import Sizes, doubtful, orphans, picture, product_pictures, same_fronts
from plugins.advice.returns import returns
from plugins.advice.selling import bundles, related, selling, unproved
from plugins.advice.shelves import shelves
from plugins.advice.wording import same_words, wording
from plugins.content import Content, ProductSource, Status
from plugins.reductions import Doubt


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the content itself does not say: the day (ISO 8601) in the shop's time zone, how large its pictures are,
    which picture files lie there, the ids that the theme gives to pages, and what git says of prices before reductions.
    """

    today: str = ""
    sizes: Sizes = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    ids: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def advise(content: Content, around: Surroundings) -> tuple[Advice, ...]:
    """Every piece of advice: products first, then whatever else has a page, then what lies between them."""
    odd = doubtful(around.sizes)
    products = chain.from_iterable(_product(product, content, around, odd) for product in content.products)
    return tuple(chain(products, _texts(content, odd), returns(content.shop), _between(content, around)))


def _product(product: ProductSource, content: Content, around: Surroundings, odd: Sizes) -> Iterator[Advice]:
    yield from gaps(product)
    yield from wording(product, content.shop.settings.name)
    yield from product_pictures(product, odd)
    yield from selling(product, around.today)


def _texts(content: Content, odd: Sizes) -> Iterator[Advice]:
    """Everything else with a page of its own."""
    for source in _others(content):
        yield from wording(source, content.shop.settings.name)
        image = getattr(source, "image", None)
        if image:
            yield from picture(source.path, ("image",), image, odd)


def _between(content: Content, around: Surroundings) -> Iterator[Advice]:
    """What can only be seen when everything is looked at together."""
    published = [product for product in content.products if product.status is not Status.DRAFT]
    others = tuple(_others(content))
    yield from same_words((*published, *others))
    yield from same_fronts(published)
    yield from shelves(content)
    yield from orphans(around.files, _named(content))
    known = addresses(content)
    for source, path in _with_addresses(content):
        yield from links(source, path, known, around.ids)
    for post in content.posts:
        if around.today and post.date > around.today:
            sentence = f"{post.date} has not come yet, and the post is shown already; write the day it is from"
            yield Advice(post.path, ("date",), sentence)
    yield from unproved(around.doubts, published)
    statuses = {product.slug: product.status for product in content.products if product.status is not Status.PUBLISHED}
    prices = {variant.sku: variant.price for product in content.products for variant in product.variants}
    for product in published:
        yield from related(product, statuses)
        if product.variants[0].parts:
            yield from bundles(product, prices, content.shop.settings)


def _others(content: Content) -> Iterator[Written]:
    yield from content.collections
    yield from content.pages
    yield from content.posts


def _with_addresses(content: Content) -> Iterator[tuple[Written, str]]:
    yield from ((product, f"/products/{product.slug}/") for product in content.products)
    yield from ((post, f"/journal/{post.slug}/") for post in content.posts)
    yield from ((collection, f"/{collection.slug}/") for collection in content.collections)
    yield from ((page, f"/{page.slug}/") for page in content.pages)


def _named(content: Content) -> Iterable[Path]:
    """Every picture file that any file names, drafts included."""
    yield content.shop.home.image.file
    yield from (image.file for product in content.products for image in product.images)
    yield from (image.file for source in _others(content) if (image := getattr(source, "image", None)))
