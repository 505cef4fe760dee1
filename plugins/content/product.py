"""A product file: its fields, and the product they make."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from functions.shop.catalogue import Part, Variant
from functions.shop.tax import STANDARD
from plugins.content import sold
from plugins.content.alias import alias
from plugins.content.bundle import PartFields, counted, parts_of
from plugins.content.clashes import report_clashes
from plugins.content.contents import Contents, measure
from plugins.content.country import country
from plugins.content.day import day
from plugins.content.download import file_or_not
from plugins.content.embeds import report_embeds
from plugins.content.facts import Facts
from plugins.content.fault import START, Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record, table
from plugins.content.front_matter import Document
from plugins.content.gtin import gtin
from plugins.content.markdown import html
from plugins.content.picture import ImageFields, ImageSource, pictures
from plugins.content.placeholders import filled as filled_in
from plugins.content.placeholders import filled_markdown, shielded
from plugins.content.rate import days
from plugins.content.reading import UNPACKED, Packed, Reading, References, read_document
from plugins.content.safety import UNSAID, Safety, SafetyFields, safety
from plugins.content.size import size
from plugins.content.status import Status
from plugins.content.values import amount, choice, line, line_up_to, prose, sku, weight, whole_number, yes_or_no
from plugins.content.variant import VariantFields


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
    handling = perhaps(days)
    weight = optional(weight, 0)
    packed_size = optional(size, ())
    shipping_surcharge = perhaps(amount)
    gtin = optional(gtin, "")
    contents = perhaps(measure)
    unit_price = perhaps(measure)
    tax = optional(line, STANDARD)
    bundle = optional(items(record(PartFields), "a list, each with sku: and quantity:"), ())
    digital = optional(file_or_not, blank=False)
    gift_card = optional(yes_or_no, blank=False)
    ships_to = optional(items(country, "[IE, GB]"), ())
    backorder = optional(line_up_to(60), "")
    release_date = optional(day, "")
    added = optional(day, "")
    material = optional(line, "")
    specs = optional(table(line, "Paper: Cotton rag"), {})
    care = optional(prose, "")
    included = optional(items(line, "[One print, A card]"), ())
    dimensions = optional(line, "")
    safety = perhaps(record(SafetyFields))
    status = optional(choice(Status), Status.PUBLISHED)
    related = optional(items(line, "[storm-petrel, gannet-dive]"), ())
    aliases = optional(items(alias, "[old-petrel, /shop/petrel]"), ())

    @property
    def shelves(self) -> tuple[str, ...]:
        """The slugs of its collections, its home first."""
        return self.collections or ((self.collection,) if self.collection else ())


class ProductSource(NamedTuple):
    """A product as its owner wrote it. Amounts are minor units; `variants` has one at least.

    `variant_images` (an index into `images`), `variant_contents` and `variant_compare_at` (the price before a
    reduction, as the owner claims it) are by SKU, as far as there are any. `added` and `release_date` are ISO dates.
    `text` is the body in Markdown, with the shop's own words filled in. `bundle` is all that is in a bundle, made to
    order or not.
    `aliases` are paths from which shoppers are sent on. `without_gtin` are the SKUs of what has no GTIN.
    `release_written` is the release date of its own file; a bundle waits for its parts as well.
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
    variant_images: dict[str, int]
    variant_contents: dict[str, Contents]
    variant_compare_at: dict[str, int]
    related: tuple[str, ...]
    body: Markup
    material: str = ""
    safety: Safety = UNSAID
    added: str = ""
    release_date: str = ""
    aliases: tuple[str, ...] = ()
    bundle: tuple[Part, ...] = ()
    text: str = ""
    without_gtin: frozenset[str] = frozenset()
    release_written: str = ""


def filled(product: ProductSource, sold: Mapping[str, Variant]) -> ProductSource:
    """A bundle with what it takes from the stock of others, which are `sold` by SKU; anything else as it is."""
    if not product.bundle:
        return product
    variants = tuple(counted(variant, product.bundle, sold) for variant in product.variants)
    return product._replace(variants=variants, release_date=max(variant.release_date for variant in variants))


def read_product(path: Path, facts: Facts) -> Reading[ProductSource]:
    """Read and check one product file, without any other file but its pictures."""
    (reading,) = read_products([path], facts)
    return reading


def read_products(paths: Iterable[Path], facts: Facts) -> list[Reading[ProductSource]]:
    """The same for some files, step by step (see plugins/parallel.py)."""
    opened = [read_document(path, facts.currency) for path in paths]
    understood = _understood([(document, report) for report, document in opened if document], facts)
    return [
        next(understood) if document else Reading(report.path, None, tuple(report.faults))
        for report, document in opened
    ]


def _understood(documents: Sequence[tuple[Document, Report]], facts: Facts) -> Iterator[Reading[ProductSource]]:
    read = [ProductFields(document.table, report, START) for document, report in documents]
    bodies = [_body(document, report, facts) for document, report in documents]
    for fields in read:
        report_clashes(fields, facts)
    shown = [pictures(fields.images or (), facts.pictures) for fields in read]
    sources = [
        None if fields.report.faults else _source(fields, document, body, images, facts)
        for fields, (document, _), body, images in zip(read, documents, bodies, shown, strict=True)
    ]
    for fields, source in zip(read, sources, strict=True):
        report = fields.report
        yield Reading(report.path, source, tuple(report.faults), _references(fields), packed_of(source))


def _body(document: Document, report: Report, facts: Facts) -> Markup:
    """The text as HTML, with the shop's own words filled in."""
    rendered = html(shielded(document.body), report, document.body_line, facts.markdown)
    report_embeds(rendered, document, report)
    return Markup(filled_in(rendered, document, facts.words, report))  # noqa: S704 (HTML and escaped words)


def _source(
    fields: ProductFields, document: Document, body: Markup, images: tuple[ImageSource, ...], facts: Facts
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
        variants=tuple(sold.variants(fields, slug, facts.limit)),
        specs=fields.specs,
        care=fields.care,
        included=fields.included,
        dimensions=fields.dimensions,
        status=fields.status,
        compare_at=fields.compare_at,
        related=fields.related,
        body=body,
        material=fields.material,
        safety=UNSAID if fields.gift_card else safety(fields.safety, facts.safety),
        variant_images=sold.images(fields),
        variant_contents=sold.contents_of(fields),
        variant_compare_at=sold.compare_at(fields),
        added=fields.added,
        release_date=fields.release_date,
        release_written=fields.release_date,
        aliases=fields.aliases,
        bundle=parts_of(fields.bundle),
        text=filled_markdown(document.body.strip(), facts.words),
        without_gtin=sold.without_gtin(fields),
    )


def _references(fields: ProductFields) -> References:
    shelves = (*fields.references("collection"), *fields.references("collections"))
    skus = tuple([reference for one in (fields, *fields.variants) for reference in one.references("sku")])
    parts = tuple([reference for part in fields.bundle for reference in part.references("sku")])
    related, aliases = fields.references("related"), fields.references("aliases")
    files = fields.references("digital") if isinstance(fields.digital, str) else ()
    uncounted = tuple([one for each in sold.made_to_order(fields) for one in each.references("sku")])
    return References(shelves, related, skus, parts, aliases, uncounted=uncounted, files=files, status=fields.status)


def packed_of(source: ProductSource | None) -> Packed:
    """What sending a product depends on."""
    if source is None or source.status is Status.DRAFT or source.variants[0].digital:
        return UNPACKED
    pieces = tuple([(variant.sku, variant.weight, variant.size, variant.price) for variant in source.variants])
    return Packed(pieces, source.variants[0].ships_to, tuple([(part.sku, part.quantity) for part in source.bundle]))
