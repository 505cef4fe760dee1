"""The site as templates see it: products, collections and pages with their pictures and addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from markupsafe import Markup

from functions.shop.catalogue import Variant, availability
from functions.shop.settings import Settings
from functions.shop.shipping import Days, ShippingChoice, choices
from plugins.content import CollectionSource, Content, ImageSource, Menu, PageSource, ProductSource, Status
from plugins.pictures import Picture, Rendition

RELATED = 4

Renditions = Mapping[Path, Rendition]


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """A page of products that belong together."""

    slug: str
    title: str
    summary: str
    body: Markup
    path: str
    image: Picture | None
    products: list["Product"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """A page on which one thing can be bought, in one or several variants. Amounts are minor units with tax."""

    slug: str
    title: str
    summary: str
    path: str
    body: Markup
    images: tuple[Picture, ...]
    options: Mapping[str, tuple[str, ...]]
    variants: tuple[Variant, ...]
    specs: Mapping[str, str]
    care: str
    included: tuple[str, ...]
    dimensions: str
    status: Status
    compare_at: int | None
    collections: list[Collection] = field(default_factory=list)
    related: list["Product"] = field(default_factory=list)

    @property
    def price_from(self) -> int:
        """The lowest price of its variants."""
        return min(variant.price for variant in self.variants)

    @property
    def prices_differ(self) -> bool:
        """Whether its variants have several prices."""
        return len({variant.price for variant in self.variants}) > 1

    def availability(self, variant: Variant) -> str:
        """`in`, `low` or `out`, by the stock that the product file declares."""
        return availability(variant, variant.declared)

    @property
    def best_availability(self) -> str:
        """The best that any of its variants has."""
        found = {self.availability(variant) for variant in self.variants}
        return next(word for word in ("in", "low", "out") if word in found)

    def left(self, variant: Variant) -> int:
        """How many pieces the product file declares."""
        return variant.declared


@dataclass(frozen=True, slots=True)
class Page:
    """A page of text."""

    slug: str
    title: str
    summary: str
    body: Markup
    path: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows first."""

    headline: str
    text: Markup
    image: Picture
    featured: list[Product]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivery costs in the main market, for a small order; `days` are those of the cheapest way."""

    country: str
    choices: tuple[ShippingChoice, ...]
    free_over: int | None
    days: Days


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages are made of. `products` are those that lists show; `hidden` have a page only."""

    home: Home
    products: list[Product]
    hidden: list[Product]
    collections: list[Collection]
    pages: list[Page]
    header_pages: list[Page]
    footer_pages: list[Page]
    delivery: Delivery

    @property
    def variants(self) -> list[Variant]:
        """Everything that can be bought."""
        return [variant for product in (*self.products, *self.hidden) for variant in product.variants]


def make_site(content: Content, renditions: Renditions) -> Site:
    """Put what the owner wrote together with its pictures, and link it up."""
    published = [source for source in content.products if source.status is not Status.DRAFT]
    products = {source.slug: _product(source, renditions) for source in published}
    shown = [product for product in products.values() if product.status is Status.PUBLISHED]
    collections = {source.slug: _collection(source, renditions) for source in content.collections}
    for source in published:
        _shelve(products[source.slug], [collections[slug] for slug in source.collections])
    visible = {product.slug: product for product in shown}
    places = _places(collections.values())
    for source in published:
        named = [visible[slug] for slug in source.related if slug in visible]
        _relate(products[source.slug], places.get(source.slug, 0), named)
    pages = {source: _page(source) for source in content.pages}
    home = content.shop.home
    return Site(
        home=Home(home.headline, home.text, _picture(home.image, renditions), [products[s] for s in home.featured]),
        products=shown,
        hidden=[product for product in products.values() if product.status is Status.HIDDEN],
        collections=list(collections.values()),
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


def _picture(image: ImageSource, renditions: Renditions) -> Picture:
    return renditions[image.file].picture(image.alt)


def _product(source: ProductSource, renditions: Renditions) -> Product:
    images = tuple(_picture(image, renditions) for image in source.images)
    return Product(
        slug=source.slug,
        title=source.title,
        summary=source.summary,
        path=f"/products/{source.slug}/",
        body=source.body,
        images=images,
        options=source.options,
        variants=tuple(replace(variant, image=images[0].small) for variant in source.variants),
        specs=source.specs,
        care=source.care,
        included=source.included,
        dimensions=source.dimensions,
        status=source.status,
        compare_at=source.compare_at,
    )


def _collection(source: CollectionSource, renditions: Renditions) -> Collection:
    image = _picture(source.image, renditions) if source.image else None
    return Collection(source.slug, source.title, source.summary, source.body, f"/{source.slug}/", image)


def _page(source: PageSource) -> Page:
    return Page(source.slug, source.title, source.summary, source.body, f"/{source.slug}/")


def _shelve(product: Product, collections: list[Collection]) -> None:
    product.collections.extend(collections)
    if product.status is Status.PUBLISHED:
        for collection in collections:
            collection.products.append(product)


def _places(collections: Iterable[Collection]) -> dict[str, int]:
    """Where each product stands in its home collection."""
    found = ((collection, at, product) for collection in collections for at, product in enumerate(collection.products))
    return {product.slug: at for collection, at, product in found if product.collections[0] is collection}


def _relate(product: Product, at: int, named: list[Product]) -> None:
    """What the owner named comes first, then its neighbours in the same collection, those after it first."""
    home = product.collections[0].products
    following = (home[(at + step) % len(home)] for step in range(len(home)))
    others = (other for other in following if other is not product and other not in named)
    product.related.extend(islice(chain(named, others), RELATED))


def _delivery(settings: Settings) -> Delivery:
    shipping, country = settings.shipping, settings.shipping.main_country
    offered = choices(shipping, country, 0)
    zone = shipping.zone(country)
    free = [rate.free_over for rate in zone.rates if rate.free_over is not None] if zone else []
    return Delivery(settings.countries[country], offered, min(free, default=None), offered[0].days)
