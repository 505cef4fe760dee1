"""A collection file: its fields, and the collection they make."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from plugins.content.body import body_of
from plugins.content.facts import Facts
from plugins.content.fault import START
from plugins.content.fields import Record, Reference, items, needed, optional, perhaps, record
from plugins.content.picture import ImageFields, ImageSource
from plugins.content.reading import Reading, References, read_document
from plugins.content.values import line, line_up_to, whole_number, yes_or_no

LAST = 1_000_000
"""The order of what has none: after everything that has one."""


class CollectionFields(Record):
    """Everything that may stand in a collection's front matter."""

    title = needed(line, "write title: and the collection's name")
    summary = needed(line_up_to(155), "write summary: and one sentence about the collection")
    image = perhaps(record(ImageFields))
    order = optional(whole_number, LAST)
    menu = optional(yes_or_no, blank=True)
    products = optional(items(line, "[storm-petrel, spring-tide]"), ())


@dataclass(frozen=True, slots=True)
class CollectionSource:
    """A collection as its owner wrote it.

    `products` are hand-picked slugs that come first, in this order, and need not name this collection themselves.
    `embeds` are the SKUs whose products stand within the body (see plugins/content/embeds.py).
    """

    path: Path
    slug: str
    title: str
    summary: str
    image: ImageSource | None
    order: int
    body: Markup
    products: tuple[str, ...] = ()
    in_menu: bool = True
    embeds: tuple[str, ...] = ()


def read_collection(path: Path, facts: Facts) -> Reading[CollectionSource]:
    """Read and check one collection file, without any other file but its picture."""
    report, document = read_document(path, facts.currency)
    if document is None:
        return Reading(path, None, tuple(report.faults))
    fields = CollectionFields(document.table, report, START)
    body, embeds = body_of(document, report, facts)
    image = facts.pictures.source(fields.image) if fields.image else None
    source = None if report.faults else _source(fields, body, image, embeds)
    references = References(products=fields.references("products"), embeds=embeds)
    return Reading(path, source, tuple(report.faults), references)


def _source(
    fields: CollectionFields, body: Markup, image: ImageSource | None, embeds: tuple[Reference, ...]
) -> CollectionSource:
    return CollectionSource(
        path=fields.report.path,
        slug=fields.report.path.stem,
        title=fields.title,
        summary=fields.summary,
        image=image,
        order=fields.order,
        body=body,
        products=fields.products,
        in_menu=fields.menu,
        embeds=tuple(embed.name for embed in embeds),
    )
