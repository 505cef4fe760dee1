"""A site of few products, made by hand, for tests of what is made from a site."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from functions.shop.catalogue import Variant
from plugins.content import (
    CollectionSource,
    Content,
    HomeSource,
    ImageSource,
    Menu,
    PageSource,
    ProductSource,
    ShopSource,
    Status,
)
from plugins.past import NOTHING, Past
from plugins.pictures import Rendition
from plugins.site import Site, make_site
from plugins.views import Product
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
        related=(),
        body=Markup(),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


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


def site(
    products: Sequence[ProductSource],
    *,
    pages: Sequence[PageSource] = (),
    collections: Sequence[str] = ("birds",),
    past: Past = NOTHING,
) -> Site:
    """A site with these products; nothing is featured."""
    home = HomeSource("Hello", Markup("Come in."), TERN, ())
    shop = ShopSource(SETTINGS, "A small shop.", "en_IE", home)
    shelves = tuple(collection_source(slug) for slug in collections)
    return make_site(Content(shop, tuple(products), shelves, tuple(pages)), RENDITIONS, "2026-11-24", past)


def product(slug: str, past: Past = NOTHING, **fields: object) -> Product:
    """One product of a site that has no other."""
    found = site([product_source(slug, **fields)], past=past)
    return [*found.products, *found.hidden][0]
