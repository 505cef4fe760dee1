"""The site: what the owner wrote, linked up, as templates see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from functions.shop.catalogue import Variant
from functions.shop.settings import Settings
from functions.shop.shipping import choices
from plugins.content import CollectionSource, Content, Menu, PageSource, ProductSource, Status
from plugins.past import NOTHING, Past
from plugins.products import Renditions, Surroundings, picture_of, product_view
from plugins.views import Collection, Crumb, Delivery, Page, Product

RELATED = 4


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages are made of. `products` are those that lists show; `hidden` have a page only.

    `members` are the slugs of a collection's products in their order, `related` those that stand below a product.
    """

    products: list[Product]
    hidden: list[Product]
    collections: list[Collection]
    members: dict[str, list[str]]
    related: dict[str, list[str]]
    pages: list[Page]
    header_pages: list[Page]
    footer_pages: list[Page]
    delivery: Delivery

    @property
    def variants(self) -> list[Variant]:
        """Everything that can be bought."""
        return [variant for product in (*self.products, *self.hidden) for variant in product.variants]


def make_site(content: Content, renditions: Renditions, today: str, past: Past = NOTHING) -> Site:
    """Put what the owner wrote together with its pictures and its past, and link it up."""
    published = [source for source in content.products if source.status is not Status.DRAFT]
    shown = [source for source in published if source.status is Status.PUBLISHED]
    collections = [_collection(source, renditions) for source in content.collections]
    crumbs = {collection.slug: Crumb(collection.title, collection.path) for collection in collections}
    sold = {variant.sku: variant for source in published for variant in source.variants}
    around = Surroundings(content.shop.settings, renditions, crumbs, today, sold, content.shop.new_for, past)
    views = {source.slug: product_view(source, around) for source in published}
    members = _members(shown, crumbs)
    pages = {source: _page(source) for source in content.pages}
    return Site(
        products=[views[source.slug] for source in shown],
        hidden=[views[source.slug] for source in published if source.status is Status.HIDDEN],
        collections=collections,
        members=members,
        related=_related(published, shown, members),
        pages=list(pages.values()),
        header_pages=[page for source, page in pages.items() if source.menu is Menu.HEADER],
        footer_pages=[page for source, page in pages.items() if source.menu is Menu.FOOTER],
        delivery=_delivery(content.shop.settings),
    )


def pictures_of(content: Content) -> list[Path]:
    """Every picture file that the site shows."""
    collections = [source.image for source in content.collections if source.image]
    products = [image for source in content.products if source.status is not Status.DRAFT for image in source.images]
    return [image.file for image in (content.shop.home.image, *collections, *products)]


def _collection(source: CollectionSource, renditions: Renditions) -> Collection:
    image = picture_of(source.image, renditions) if source.image else None
    path = f"/{source.slug}/"
    return Collection(source.slug, source.title, source.summary, source.body, path, image, source.in_menu)


def _page(source: PageSource) -> Page:
    return Page(source.slug, source.title, source.summary, source.body, f"/{source.slug}/", source.questions)


def _members(shown: Iterable[ProductSource], collections: Iterable[str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {slug: [] for slug in collections}
    for source in shown:
        for collection in source.collections:
            members[collection].append(source.slug)
    return members


def _related(
    published: Iterable[ProductSource], shown: Iterable[ProductSource], members: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """What the owner named comes first, then its neighbours in the same collection, those after it first."""
    visible = {source.slug: source for source in shown}
    places = {
        slug: at for home, slugs in members.items() for at, slug in enumerate(slugs) if _home(visible[slug]) == home
    }
    return {source.slug: list(_beside(source, places, members, visible)) for source in published}


def _beside(
    source: ProductSource, places: Mapping[str, int], members: Mapping[str, list[str]], visible: Mapping[str, object]
) -> Iterable[str]:
    named = [slug for slug in source.related if slug in visible]
    shelf, at = members[_home(source)], places.get(source.slug, 0)
    following = (shelf[(at + step) % len(shelf)] for step in range(len(shelf)))
    others = (slug for slug in following if slug != source.slug and slug not in named)
    return islice(chain(named, others), RELATED)


def _home(source: ProductSource) -> str:
    return source.collections[0]


def _delivery(settings: Settings) -> Delivery:
    shipping, country = settings.shipping, settings.shipping.main_country
    offered = choices(shipping, country, 0)
    zone = shipping.zone(country)
    free = [rate.free_over for rate in zone.rates if rate.free_over is not None] if zone else []
    return Delivery(settings.countries[country], offered, min(free, default=None), offered[0].days)
