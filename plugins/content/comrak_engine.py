"""The default engine: comrak, CommonMark and GitHub's extensions, compiled."""

from collections.abc import Iterable

import comrak

from plugins.content.engine import Rendered
from plugins.content.harmless import harmless
from plugins.content.unsuitable import headings_and_pictures, places_of

USUAL = ("table", "strikethrough", "autolink", "tasklist", "footnotes")
EXTENSIONS = frozenset({*USUAL, "description_lists", "highlight", "insert", "subscript", "superscript", "underline"})
"""What an owner can ask for. comrak can do more, but that would need styles which the theme does not have."""

_AUTOLINK = "autolink"


class Comrak:
    """Renders with comrak. Without `raw_html`, HTML in the text is shown as it was typed."""

    def __init__(self, extensions: tuple[str, ...] = USUAL, *, raw_html: bool = False) -> None:
        self._extensions = _extensions(extensions)
        self._but_autolink = _extensions(name for name in extensions if name != _AUTOLINK)
        self._options = comrak.RenderOptions()
        self._options.escape, self._options.unsafe_ = not raw_html, raw_html
        self._raw_html = raw_html

    def render(self, text: str) -> Rendered:
        """The text as HTML."""
        return self._with_html(text) if self._raw_html else self._without_html(text)

    def _without_html(self, text: str) -> Rendered:
        html = self._html(text)
        found = headings_and_pictures(text, self._extensions) if "<h1" in html or "<img" in html else ()
        return Rendered(html, found)

    def _with_html(self, text: str) -> Rendered:
        html, refused = harmless(self._html(text))
        return Rendered(html, places_of(refused, text, self._extensions) if refused else ())

    def _html(self, text: str) -> str:
        extensions = self._extensions if _may_have_an_address(text) else self._but_autolink
        html: str = comrak.render_markdown(text, extension_options=extensions, render_options=self._options)
        return html


def _may_have_an_address(text: str) -> bool:
    """Looking for addresses takes half the time of rendering, and few texts have any."""
    return "@" in text or "://" in text or "www." in text


def _extensions(names: Iterable[str]) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    for name in names:
        setattr(options, name, True)
    return options
