"""A page file: its fields, and the page they make."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from functions.shop.settings import Policy
from plugins.content.body import body_of
from plugins.content.collection import LAST
from plugins.content.facts import Facts
from plugins.content.fault import START
from plugins.content.fields import Record, Reference, needed, optional, perhaps
from plugins.content.questions import Questions, taken_apart
from plugins.content.reading import Reading, References, read_document
from plugins.content.values import choice, line, line_up_to, whole_number


class Menu(StrEnum):
    """Where every page of the site links to this one."""

    HEADER = "header"
    FOOTER = "footer"
    NONE = "none"


class Layout(StrEnum):
    """How a page shows its text: as it is, or as questions that open one by one."""

    TEXT = "text"
    QUESTIONS = "questions"


class PageFields(Record):
    """Everything that may stand in a page's front matter."""

    title = needed(line, "write title: and the page's name")
    summary = needed(line_up_to(155), "write summary: and one sentence about the page")
    menu = optional(choice(Menu), Menu.NONE)
    order = optional(whole_number, LAST)
    layout = optional(choice(Layout), Layout.TEXT)
    policy = perhaps(choice(Policy))


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page of text as its owner wrote it. One of questions has them taken apart; its `body` is what stands above.

    `embeds` are the SKUs whose cards stand in the body or in an answer (see plugins/content/embeds.py). `policy` says
    which page of small print it is, if it is one.
    """

    path: Path
    slug: str
    title: str
    summary: str
    menu: Menu
    order: int
    body: Markup
    questions: tuple[Questions, ...] = ()
    embeds: tuple[str, ...] = ()
    policy: Policy | None = None


def read_page(path: Path, facts: Facts) -> Reading[PageSource]:
    """Read and check one page file, without any other file."""
    report, document = read_document(path, facts.currency)
    if document is None:
        return Reading(path, None, tuple(report.faults))
    fields = PageFields(document.table, report, START)
    body, embeds = body_of(document, report, facts)
    questions: tuple[Questions, ...] = ()
    if fields.layout is Layout.QUESTIONS:
        body, questions = taken_apart(body, document, report)
        _report_none(fields, questions)
    source = None if report.faults else _source(fields, body, questions, embeds)
    return Reading(path, source, tuple(report.faults), References(embeds=embeds))


def _report_none(fields: PageFields, questions: tuple[Questions, ...]) -> None:
    if not questions:
        fields.wrong("layout", "finds no question in the text; begin each with ###, or delete this line")


def _source(
    fields: PageFields, body: Markup, questions: tuple[Questions, ...], embeds: tuple[Reference, ...]
) -> PageSource:
    slug = fields.report.path.stem
    return PageSource(
        path=fields.report.path,
        slug=slug,
        title=fields.title,
        summary=fields.summary,
        menu=fields.menu,
        order=fields.order,
        body=body,
        questions=questions,
        embeds=tuple(embed.name for embed in embeds),
        policy=fields.policy or (Policy(slug) if slug in set(Policy) else None),
    )
