"""The whole content: read once, checked as a whole, and given as a whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from markupsafe import Markup

from functions.shop.shipping import Shipping
from functions.shop.tax import Tax
from plugins.content.address import report_addresses
from plugins.content.collection import CollectionFields, CollectionSource, collection_source
from plugins.content.fault import START, ContentFaults, Report
from plugins.content.fields import Record
from plugins.content.folder import Shelf
from plugins.content.links import report_featured, report_related, report_shelves, report_skus
from plugins.content.markdown import html
from plugins.content.page import PageFields, PageSource, page_source
from plugins.content.picture import ImageSource, PictureFolder, pictures
from plugins.content.product import ProductFields, ProductSource, product_source, report_product
from plugins.content.shipping import shipping
from plugins.content.shop import ShopFields, ShopSource, home_image, shop_source
from plugins.content.tax import tax
from plugins.content.yaml_nodes import Table

R = TypeVar("R", bound=Record)
S = TypeVar("S", CollectionSource, PageSource)
_FILES = ("shop.yaml", "shipping.yaml", "tax.yaml")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the owner wrote: products by file name, collections and pages by their order, then by name."""

    shop: ShopSource
    products: tuple[ProductSource, ...]
    collections: tuple[CollectionSource, ...]
    pages: tuple[PageSource, ...]


@dataclass(frozen=True, slots=True)
class _File(Generic[R]):
    """A Markdown file with its fields, which are None when its front matter could not be understood."""

    report: Report
    fields: R | None
    body: Markup
    text: str

    @property
    def slug(self) -> str:
        return self.report.path.stem


@dataclass(frozen=True, slots=True)
class _Shop:
    """The shop's three files; a part that has faults is None."""

    fields: ShopFields | None
    shipping: Shipping | None
    tax: Tax | None
    image: ImageSource | None


def load(root: Path = Path("content")) -> Content:
    """Read and check every file below `root`, once. Raises ContentFaults with every fault of every file."""
    shelf, folder = Shelf(root, []), PictureFolder(root / "images")
    shop, shelf = _shop(shelf, folder)
    products = _read(shelf, "products", ProductFields)
    collections = _read(shelf, "collections", CollectionFields)
    pages = _read(shelf, "pages", PageFields)
    _check(shop, products, collections, folder)
    report_addresses([*(file.report for file in collections), *(file.report for file in pages)])
    if shelf.faults:
        raise ContentFaults(tuple(sorted(shelf.faults)))
    return _content(shop, products, collections, pages, folder)


def _shop(shelf: Shelf, folder: PictureFolder) -> tuple[_Shop, Shelf]:
    """The shop's files, and the shelf that knows the currency."""
    shelf.report_unknown(_FILES)
    fields = _record(ShopFields, *shelf.table("shop.yaml"))
    shelf = replace(shelf, currency=fields.currency or "" if fields else "")
    report, table = shelf.table("shipping.yaml")
    parcels = shipping(table, report) if table else None
    report, table = shelf.table("tax.yaml")
    included = tax(table, report) if table else None
    return _Shop(fields, parcels, included, home_image(fields, folder) if fields else None), shelf


def _read(shelf: Shelf, folder: str, kind: type[R]) -> list[_File[R]]:
    files = []
    for report, document in shelf.documents(folder):
        fields = kind(document.table, report, START) if document else None
        body = html(document.body, report, document.body_line) if document else Markup()
        files.append(_File(report, fields, body, document.body if document else ""))
    return files


def _ordered(sources: Iterable[S]) -> tuple[S, ...]:
    return tuple(sorted(sources, key=lambda source: (source.order, source.slug)))


def _record(kind: type[R], report: Report, table: Table | None) -> R | None:
    return kind(table, report, START) if table else None


def _check(
    shop: _Shop,
    products: Sequence[_File[ProductFields]],
    collections: Sequence[_File[CollectionFields]],
    folder: PictureFolder,
) -> None:
    """What is wrong within a product, and between files."""
    written = {file.slug: file.fields for file in products}
    shelves = {file.slug for file in collections}
    for fields in (fields for fields in written.values() if fields):
        report_product(fields)
        pictures(fields.images or (), folder)
        report_shelves(fields, shelves)
        report_related(fields, written)
    for file in collections:
        pictures((file.fields.image,) if file.fields and file.fields.image else (), folder)
    report_skus([fields for fields in written.values() if fields])
    if shop.fields and shop.fields.home:
        report_featured(shop.fields.home, written)


def _content(
    shop: _Shop,
    products: Sequence[_File[ProductFields]],
    collections: Sequence[_File[CollectionFields]],
    pages: Sequence[_File[PageFields]],
    folder: PictureFolder,
) -> Content:
    """The content of files that have no fault, so that every part is there."""
    if not (shop.fields and shop.shipping and shop.tax and shop.image):
        raise AssertionError("a part of the shop is missing, yet no fault says so")
    limit = shop.fields.quantity_limit
    return Content(
        shop_source(shop.fields, shop.shipping, shop.tax, shop.image),
        tuple(
            product_source(file.fields, file.slug, file.body, file.text, folder, limit)
            for file in products
            if file.fields
        ),
        _ordered(collection_source(file.fields, file.slug, file.body, folder) for file in collections if file.fields),
        _ordered(page_source(file.fields, file.slug, file.body) for file in pages if file.fields),
    )
