"""A product file: its fields, and the product they make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from functions.shop.catalogue import Variant
from plugins.content.choices import options_of, report_choices
from plugins.content.facts import Facts
from plugins.content.fault import START
from plugins.content.fields import Record, items, needed, optional, perhaps, record, table
from plugins.content.front_matter import Document
from plugins.content.markdown import html
from plugins.content.picture import ImageFields, ImageSource, pictures
from plugins.content.reading import Reading, References, read_document
from plugins.content.status import Status
from plugins.content.values import amount, choice, line, line_up_to, prose, sku, weight, whole_number
from plugins.content.variant import VariantFields

_AT_THE_TOP = ("sku", "price", "stock")


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


def read_product(path: Path, facts: Facts) -> Reading[ProductSource]:
    """Read and check one product file, without any other file but its pictures."""
    report, document = read_document(path, facts.currency)
    if document is None:
        return Reading(path, None, tuple(report.faults))
    fields = ProductFields(document.table, report, START)
    body = html(document.body, report, document.body_line, facts.markdown)
    report_product(fields)
    images = pictures(fields.images or (), facts.pictures)
    source = None if report.faults else _source(fields, document, body, images, facts.limit)
    return Reading(path, source, tuple(report.faults), _references(fields))


def report_product(fields: ProductFields) -> None:
    """What is wrong between the fields of one product."""
    report_choices(fields)
    _report_single(fields)
    _report_shelves(fields)
    _report_compare_at(fields)


def _source(
    fields: ProductFields, document: Document, body: Markup, images: tuple[ImageSource, ...], limit: int
) -> ProductSource:
    slug = fields.report.path.stem
    return ProductSource(
        path=fields.report.path,
        slug=slug,
        title=fields.title,
        summary=fields.summary,
        collections=fields.shelves,
        images=images,
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
        text=document.body.strip(),
    )


def _references(fields: ProductFields) -> References:
    shelves = (*fields.references("collection"), *fields.references("collections"))
    skus = tuple(reference for one in (fields, *fields.variants) for reference in one.references("sku"))
    return References(shelves, fields.references("related"), skus, fields.status)


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
