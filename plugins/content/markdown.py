"""Markdown in the owner's texts, as HTML that cannot do harm, by the engine that shop.yaml names."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from plugins.content.comrak_engine import EXTENSIONS, Comrak
from plugins.content.engine import Engine
from plugins.content.fault import Position, Report
from plugins.content.python_markdown_engine import PythonMarkdown, installed_extensions

_ADVICE = {
    "h1": "a heading with one # is the title's; begin headings in the text with ##",
    "img": "a picture cannot stand within the text; list it in the fields above",
}


class EngineName(StrEnum):
    """The engines there are."""

    COMRAK = "comrak"
    PYTHON_MARKDOWN = "python-markdown"


class MarkdownSettings(NamedTuple):
    """How a shop's texts are read. Without `extensions` the engine has its usual ones."""

    engine: EngineName = EngineName.COMRAK
    extensions: tuple[str, ...] | None = None
    raw_html: bool = False


USUAL = MarkdownSettings()


def html(body: str, report: Report, first_line: int = 1, settings: MarkdownSettings = USUAL) -> Markup:
    """The body as HTML; reports what does not suit a page of the shop. `first_line` is where the body begins."""
    rendered = engine(settings).render(body)
    for name, (line, column) in rendered.unsuitable:
        report.of("text").wrong(Position(line + first_line - 1, column), _advice(name))
    return Markup(rendered.html)  # noqa: S704 (an engine gives HTML that can do no harm)


def inline_html(text: str, settings: MarkdownSettings = USUAL) -> Markup:
    """One paragraph as HTML without the paragraph's own tags, to stand within a template's element."""
    rendered = engine(settings).render(text).html.strip()
    inner = rendered.removeprefix("<p>").removesuffix("</p>")
    return Markup(inner if rendered.count("<p>") == 1 and rendered.startswith("<p>") else rendered)  # noqa: S704


@cache
def engine(settings: MarkdownSettings) -> Engine:
    """The engine of these settings, made once in a process."""
    kind = Comrak if settings.engine is EngineName.COMRAK else PythonMarkdown
    if settings.extensions is None:
        return kind(raw_html=settings.raw_html)
    return kind(settings.extensions, raw_html=settings.raw_html)


def extensions_of(name: EngineName) -> frozenset[str]:
    """The names of what can be added to an engine."""
    return EXTENSIONS if name is EngineName.COMRAK else installed_extensions()


def _advice(name: str) -> str:
    what = f"the attribute {name[:-1]}" if name.endswith("=") else f"the tag <{name}>"
    return _ADVICE.get(name, f"{what} cannot stand in a text; delete it")
