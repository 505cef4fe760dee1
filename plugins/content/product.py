"""A product file: its fields, and the product they make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from functions.shop.catalogue import Variant
from plugins.content.choices import options_of, report_choices
from plugins.content.fault import Position
from plugins.content.fields import Record, items, needed, optional, perhaps, record, table
from plugins.content.picture import ImageFields, ImageSource, PictureFolder, pictures
from plugins.content.values import amount, choice, line, line_up_to, prose, sku, weight, whole_number
from plugins.content.variant import VariantFields

_AT_THE_TOP = ("sku", "price", "stock")


class Status(StrEnum):
    """Who sees a product: everybody, whoever knows its address, or only its owner."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"


class ProductFields(Record):
    """Everything that may stand in a product's front matter."""

    title = needed(line, "write title: and the product's name")
    summary = needed(line_up_to(155), "write summary: and one sentence about the product")
    collection = optional(line, "")
    collections = optional(items(line, "[sea-birds, new]"), ())
    images = needed(
        items(record(ImageFields), "a list of pictures, each with file: and alt:"),
        "write images: and below it each picture's file: and alt:",
    )
    options = optional(table(items(line, "[A4, A3]"), "Size: [A4, A3]"), {})
    variants = optional(items(record(VariantFields), "a list, each with sku:, price: and options:"), ())
    sku = optional(sku, "")
    price = optional(amount, 0)
    compare_at = perhaps(amount)
    stock = perhaps(whole_number)
    weight = optional(weight, 0)
    specs = optional(table(line, "Paper: Cotton rag"), {})
    care = optional(prose, "")
    included = optional(items(line, "[One print, A card]"), ())
    dimensions = optional(line, "")
    status = optional(choice(Status), Status.PUBLISHED)
    related = optional(items(line, "[storm-petrel, gannet-dive]"), ())

    @property
    def shelves(self) -> tuple[str, ...]:
        """The slugs of its collections, its home first."""
        return self.collections or ((self.collection,) if self.collection else ())

    def placed_shelves(self) -> Iterator[tuple[str, str, Position]]:
        """Each collection with the field that names it, and where."""
        if self.has("collection"):
            yield "collection", self.collection, self.place("collection")
        yield from (("collections", slug, place) for slug, place in self.placed("collections"))

    def placed_skus(self) -> Iterator[tuple[str, Position]]:
        """Each SKU with its place."""
        if self.has("sku"):
            yield self.sku, self.place("sku")
        yield from ((fields.sku, fields.place("sku")) for fields in self.variants if fields.has("sku"))


@dataclass(frozen=True, slots=True)
class Safety:
    """What regulation (EU) 2023/988 wants on the page: who made it, who brought it into the EU, and warnings."""

    maker: str = ""
    importer: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is in one: `amount` of `unit` (g, ml or mm), priced for each `per` of the same unit."""

    amount: int
    unit: str
    per: int


@dataclass(frozen=True, slots=True)
class ProductSource:
    """A product as its owner wrote it. Amounts are minor units; `variants` has one at least.

    `variant_images` (an index into `images`), `variant_contents` and `variant_compare_at` (the price before a
    reduction, as the owner claims it) are by SKU, as far as there are any. `added` and `release_date` are ISO dates.
    `text` is the body as it was written, in Markdown.
    """

    path: Path
    slug: str
    title: str
    summary: str
    collections: tuple[str, ...]
    images: tuple[ImageSource, ...]
    options: dict[str, tuple[str, ...]]
    variants: tuple[Variant, ...]
    specs: dict[str, str]
    care: str
    included: tuple[str, ...]
    dimensions: str
    status: Status
    compare_at: int | None
    related: tuple[str, ...]
    body: Markup
    material: str = ""
    safety: Safety = Safety()
    variant_images: dict[str, int] = field(default_factory=dict)
    variant_contents: dict[str, Contents] = field(default_factory=dict)
    variant_compare_at: dict[str, int] = field(default_factory=dict)
    added: str = ""
    release_date: str = ""
    aliases: tuple[str, ...] = ()
    text: str = ""


def report_product(fields: ProductFields) -> None:
    """What is wrong between the fields of one product."""
    report_choices(fields)
    _report_single(fields)
    _report_shelves(fields)
    _report_compare_at(fields)


def product_source(
    fields: ProductFields, slug: str, body: Markup, text: str, folder: PictureFolder, limit: int
) -> ProductSource:
    """The product of fields that have no fault; `body` is the HTML of its Markdown `text`."""
    return ProductSource(
        path=fields.report.path,
        slug=slug,
        title=fields.title,
        summary=fields.summary,
        collections=fields.shelves,
        images=pictures(fields.images, folder),
        options=fields.options,
        variants=tuple(_variants(fields, slug, limit)),
        specs=fields.specs,
        care=fields.care,
        included=fields.included,
        dimensions=fields.dimensions,
        status=fields.status,
        compare_at=fields.compare_at,
        related=fields.related,
        body=body,
        text=text.strip(),
    )


def _variants(fields: ProductFields, slug: str, limit: int) -> Iterator[Variant]:
    for sold in fields.variants or (fields,):
        chosen = options_of(sold, fields.options) if isinstance(sold, VariantFields) else ()
        yield Variant(
            sku=sold.sku,
            product=slug,
            title=fields.title,
            price=sold.price,
            path=f"/products/{slug}/",
            options=chosen,
            weight=sold.weight or fields.weight,
            tracked=sold.stock is not None,
            declared=sold.stock or 0,
            limit=limit,
        )


def _report_single(fields: ProductFields) -> None:
    if "variants" not in fields.entries:
        for name, advice in (("sku", "MUG-ISOBARS"), ("price", "24.00")):
            if name not in fields.entries:
                fields.wrong(name, f"is missing; write {name}: {advice}, or list variants that each have one")
        return
    for name in _AT_THE_TOP:
        if name in fields.entries:
            sentence = (
                f"cannot stand here as well as in the variants; give each variant its {name}, and delete this line"
            )
            fields.report.of(name).wrong(fields.key(name), sentence)


def _report_shelves(fields: ProductFields) -> None:
    if "collection" in fields.entries and "collections" in fields.entries:
        report = fields.report.of("collections")
        report.wrong(fields.key("collections"), "stands beside collection; keep one of the two")
    elif "collection" not in fields.entries and "collections" not in fields.entries:
        fields.wrong("collection", "is missing; write collection: and the name of a file in content/collections/")


def _report_compare_at(fields: ProductFields) -> None:
    prices = [sold.price for sold in fields.variants if sold.has("price")]
    prices += [fields.price] if fields.has("price") else []
    if fields.compare_at is not None and prices and fields.compare_at <= max(prices):
        fields.wrong("compare_at", "is not above the price; write the price it had before, or delete this line")
