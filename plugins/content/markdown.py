"""Markdown (CommonMark and GitHub's tables, strike-through, task lists, footnotes) as HTML that cannot do harm.

HTML in the text is shown as it was typed, and links to script or data lose their address.
"""

import re

import comrak
from markupsafe import Markup

from plugins.content.fault import Position, Report

_UNSUITABLE = re.compile(r'<(h1|img) [^>]*?data-sourcepos="(\d+):(\d+)-')
_ADVICE = {
    "h1": "a heading with one # is the title's; begin headings in the text with ##",
    "img": "a picture cannot stand within the text; list it in the fields above",
}


def html(body: str, report: Report, first_line: int = 1) -> Markup:
    """The body as HTML; reports what does not suit a page of the shop. `first_line` is where the body begins."""
    rendered = _render(body)
    if "<h1" in rendered or "<img" in rendered:
        _report_unsuitable(_render(body, positions=True), report.of("text"), first_line - 1)
    return Markup(rendered)  # noqa: S704 (raw HTML is escaped by the renderer)


def inline_html(text: str) -> Markup:
    """One paragraph as HTML without the paragraph's own tags, to stand within a template's element."""
    rendered = _render(text).strip()
    inner = rendered.removeprefix("<p>").removesuffix("</p>")
    return Markup(inner if rendered.count("<p>") == 1 and rendered.startswith("<p>") else rendered)  # noqa: S704


def _report_unsuitable(rendered: str, report: Report, above: int) -> None:
    for tag, line, column in _UNSUITABLE.findall(rendered):
        report.wrong(Position(int(line) + above, int(column)), _ADVICE[tag])


def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = options.strikethrough = options.autolink = options.tasklist = options.footnotes = True
    return options


def _rendering(*, positions: bool) -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = True
    options.sourcepos = positions
    return options


_EXTENSIONS = _extensions()
_PLAIN, _WITH_POSITIONS = _rendering(positions=False), _rendering(positions=True)


def _render(text: str, *, positions: bool = False) -> str:
    options = _WITH_POSITIONS if positions else _PLAIN
    rendered: str = comrak.render_markdown(text, extension_options=_EXTENSIONS, render_options=options)
    return rendered
