"""Python-Markdown, for owners who want its extensions. Slower than comrak, and close to CommonMark, not the same."""

from functools import cache
from importlib.metadata import entry_points

import comrak
from markdown import Markdown

from plugins.content.engine import Rendered
from plugins.content.harmless import harmless
from plugins.content.unsuitable import places_of

USUAL = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "sane_lists", "tables")
_NO_STYLES = {"use_align_attribute": True}  # the pages' security policy lets no style attribute take effect
_CONFIGS = {"tables": _NO_STYLES, "extra": {"tables": _NO_STYLES}}
_NO_EXTENSIONS = comrak.ExtensionOptions()


@cache
def installed_extensions() -> frozenset[str]:
    """The names of all extensions on this machine; `pip install pymdown-extensions` adds more."""
    return frozenset(entry_points(group="markdown.extensions").names)


class PythonMarkdown:
    """Renders with Python-Markdown. Without `raw_html`, HTML in the text is shown as it was typed."""

    def __init__(self, extensions: tuple[str, ...] = USUAL, *, raw_html: bool = False) -> None:
        configs = {name: options for name, options in _CONFIGS.items() if name in extensions}
        self._markdown = Markdown(extensions=list(extensions), extension_configs=configs)
        if not raw_html:
            self._markdown.preprocessors.deregister("html_block")
            self._markdown.inlinePatterns.deregister("html")

    def render(self, text: str) -> Rendered:
        """The text as HTML of the list in `harmless`, whatever an extension makes of it."""
        html, refused = harmless(self._markdown.reset().convert(text))
        found = places_of(refused, text, _NO_EXTENSIONS) if refused else ()
        return Rendered(f"{html}\n" if html else "", found)
