"""Where in a text the things stand that cannot stand in it."""

import re
from collections.abc import Iterable, Iterator

import comrak

from plugins.content.engine import Found
from plugins.content.fault import START, Position
from plugins.content.text_file import position

_IN_MARKDOWN = re.compile(r'<(h1|img) [^>]*?data-sourcepos="(\d+):(\d+)-')


def _options() -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = options.sourcepos = True
    return options


_WITH_POSITIONS = _options()


def headings_and_pictures(text: str, extensions: comrak.ExtensionOptions) -> tuple[Found, ...]:
    """First-rank headings and pictures that are written as Markdown."""
    rendered = comrak.render_markdown(text, extension_options=extensions, render_options=_WITH_POSITIONS)
    places = _IN_MARKDOWN.findall(rendered)
    return tuple(Found(tag, Position(int(line), int(column))) for tag, line, column in places)


def places_of(names: Iterable[str], text: str, extensions: comrak.ExtensionOptions) -> tuple[Found, ...]:
    """Each of these tags and attributes once for each place; the start of the text when it cannot be told."""
    wanted = set(names)
    written = [found for found in headings_and_pictures(text, extensions) if found.name in wanted]
    typed = [found for name in wanted for found in _typed(name, text)]
    known = {found.name for found in (*written, *typed)}
    unknown = [Found(name, START) for name in wanted - known]
    return tuple(sorted({*written, *typed, *unknown}, key=lambda found: (found.at, found.name)))


def _typed(name: str, text: str) -> Iterator[Found]:
    """Where a tag or an attribute is typed as HTML."""
    looks_like = rf"\b{re.escape(name[:-1])}\s*=" if name.endswith("=") else rf"<{re.escape(name)}(?![\w-])"
    for match in re.finditer(looks_like, text, re.IGNORECASE):
        yield Found(name, position(text, match.start()))
