"""A journal post: its fields, and the post they make."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from plugins.content.body import body_of
from plugins.content.day import day
from plugins.content.facts import Facts
from plugins.content.fault import START
from plugins.content.fields import Record, Reference, needed, perhaps, record
from plugins.content.picture import ImageFields, ImageSource
from plugins.content.reading import Reading, References, read_document
from plugins.content.values import line, line_up_to


class PostFields(Record):
    """Everything that may stand in a post's front matter."""

    title = needed(line, "write title: and the post's name")
    summary = needed(line_up_to(155), "write summary: and one sentence about the post")
    date = needed(day, "write date: and the day it is from, like 2026-12-01")
    image = perhaps(record(ImageFields))


@dataclass(frozen=True, slots=True)
class PostSource:
    """A post of the journal as its owner wrote it. `date` is ISO 8601; `embeds` are the SKUs that stand in the body."""

    path: Path
    slug: str
    title: str
    summary: str
    date: str
    image: ImageSource | None
    body: Markup
    embeds: tuple[str, ...] = ()


def read_post(path: Path, facts: Facts) -> Reading[PostSource]:
    """Read and check one post, without any other file but its picture."""
    report, document = read_document(path, facts.currency)
    if document is None:
        return Reading(path, None, tuple(report.faults))
    fields = PostFields(document.table, report, START)
    body, embeds = body_of(document, report, facts)
    image = facts.pictures.source(fields.image) if fields.image else None
    source = None if report.faults else _source(fields, body, image, embeds)
    return Reading(path, source, tuple(report.faults), References(embeds=embeds))


def _source(fields: PostFields, body: Markup, image: ImageSource | None, embeds: tuple[Reference, ...]) -> PostSource:
    return PostSource(
        path=fields.report.path,
        slug=fields.report.path.stem,
        title=fields.title,
        summary=fields.summary,
        date=fields.date,
        image=image,
        body=body,
        embeds=tuple(embed.name for embed in embeds),
    )
