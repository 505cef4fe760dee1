"""A site of few products, made by hand, for tests of what is made from a site."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from functions.shop.catalogue import Variant
from plugins.content import (
    CollectionSource,
    ImageSource,
    Menu,
    PageSource,
    ProductSource,
    Status,
)
from plugins.past import NOTHING, Past
from plugins.pictures import Rendition
from plugins.product_maker import profile_of
from plugins.products import Surroundings, product_view
from plugins.site import shelve
from plugins.views import Crumb, Product
from tests.small_shop import SETTINGS

TERN = ImageSource(Path("content/images/tern.jpg"), "A tern")
RENDITIONS = {TERN.file: Rendition("0123456789abcdef", "tern", ((480, 600), (960, 1200), (1600, 2000)))}


def product_source(slug: str, **fields: object) -> ProductSource:
    """A product of one variant in the collection `birds`, with some fields changed."""
    plain = ProductSource(
        path=Path(f"content/products/{slug}.md"),
        slug=slug,
        title=slug.title(),
        summary=f"About {slug}.",
        collections=("birds",),
        images=(TERN,),
        options={},
        variants=(Variant(slug.upper(), slug, slug.title(), 2400, f"/products/{slug}/", declared=9),),
        specs={},
        care="",
        included=(),
        dimensions="",
        status=Status.PUBLISHED,
        compare_at=None,
        variant_images={},
        variant_contents={},
        variant_compare_at={},
        related=(),
        body=Markup(),
    )
    return plain._replace(**fields)  # type: ignore[arg-type]


def collection_source(slug: str) -> CollectionSource:
    """A collection without a picture."""
    return CollectionSource(
        Path(f"content/collections/{slug}.md"), slug, slug.title(), f"All {slug}.", None, 1, Markup()
    )


def page_source(slug: str, menu: Menu) -> PageSource:
    """A page in a menu."""
    return PageSource(
        Path(f"content/pages/{slug}.md"), slug, slug.title(), f"About {slug}.", menu, 1, Markup("<p>Text.</p>")
    )


@dataclass(frozen=True)
class Site:
    """Products as lists and pages show them, and which of them stand where, by slug."""

    products: list[Product]
    hidden: list[Product]
    members: dict[str, list[str]]
    related: dict[str, list[str]]

    @property
    def variants(self) -> list[Variant]:
        """Everything that can be bought."""
        return [variant for product in (*self.products, *self.hidden) for variant in product.variants]


def site(products: Sequence[ProductSource], *, collections: Sequence[str] = ("birds",), past: Past = NOTHING) -> Site:
    """A site with these products."""
    shelves = [collection_source(slug) for slug in collections]
    sold = {variant.sku: variant for source in products for variant in source.variants}
    crumbs = {slug: Crumb(slug.title(), f"/{slug}/") for slug in collections}
    around = Surroundings(SETTINGS, RENDITIONS, crumbs, "2026-11-24", sold, past=past)
    views = {source.slug: product_view(source, around) for source in products if source.status is not Status.DRAFT}
    profiles = [profile_of(source, views.get(source.slug), Path("content/images")) for source in products]
    found = shelve([profile for profile in profiles if profile.has_page], shelves)
    return Site(
        [view for view in views.values() if view.status is Status.PUBLISHED],
        [view for view in views.values() if view.status is Status.HIDDEN],
        {slug: list(members) for slug, members in found.members.items()},
        {slug: list(related) for slug, related in found.related.items()},
    )


def product(slug: str, past: Past = NOTHING, **fields: object) -> Product:
    """One product of a site that has no other."""
    found = site([product_source(slug, **fields)], past=past)
    return [*found.products, *found.hidden][0]
