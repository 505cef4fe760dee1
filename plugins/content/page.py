"""A page file: its fields, and the page they make."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from plugins.content.collection import LAST
from plugins.content.facts import Facts
from plugins.content.fault import START
from plugins.content.fields import Record, needed, optional
from plugins.content.markdown import html
from plugins.content.reading import Reading, read_document
from plugins.content.values import choice, line, line_up_to, whole_number


class Menu(StrEnum):
    """Where every page of the site links to this one."""

    HEADER = "header"
    FOOTER = "footer"
    NONE = "none"


class PageFields(Record):
    """Everything that may stand in a page's front matter."""

    title = needed(line, "write title: and the page's name")
    summary = needed(line_up_to(155), "write summary: and one sentence about the page")
    menu = optional(choice(Menu), Menu.NONE)
    order = optional(whole_number, LAST)


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer; `id` is its place on the page."""

    id: str
    text: str
    answer: Markup


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions under one heading; the heading may be empty."""

    title: str
    items: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page of text as its owner wrote it. One of questions has them taken apart; its `body` is what stands above."""

    path: Path
    slug: str
    title: str
    summary: str
    menu: Menu
    order: int
    body: Markup
    questions: tuple["Questions", ...] = ()


def read_page(path: Path, facts: Facts) -> Reading[PageSource]:
    """Read and check one page file, without any other file."""
    report, document = read_document(path, facts.currency)
    if document is None:
        return Reading(path, None, tuple(report.faults))
    fields = PageFields(document.table, report, START)
    body = html(document.body, report, document.body_line, facts.markdown)
    source = None if report.faults else _source(fields, path.stem, body)
    return Reading(path, source, tuple(report.faults))


def _source(fields: PageFields, slug: str, body: Markup) -> PageSource:
    return PageSource(fields.report.path, slug, fields.title, fields.summary, fields.menu, fields.order, body)
