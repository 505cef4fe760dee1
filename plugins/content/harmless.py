"""HTML made harmless: written anew from the tags and attributes of a list, so that nothing else can be in it.

It is for texts in which HTML is allowed, and for engines whose extensions make HTML of their own. Tags that are not
on the list are shown as they were typed, comments go, tags left open are closed, and no tag outside is closed.
"""

import re
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset({"br", "col", "hr", "input", "wbr"})
TAGS = VOID | frozenset(
    "a abbr aside b bdi bdo blockquote caption cite code colgroup dd del details dfn div dl dt em figcaption figure "
    "h2 h3 h4 h5 h6 i ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table "
    "tbody td tfoot th thead time tr u ul var".split()
)
_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title", "aria-label", "aria-hidden"})
_OF_TAG = {
    "a": {"href", "rel", "hreflang", "data-footnote-ref", "data-footnote-backref", "data-footnote-backref-idx"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "input": {"type", "checked", "disabled"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "section": {"data-footnotes"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_ADDRESSES = frozenset({"href", "cite"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_SCHEMES = ("http:", "https:", "mailto:", "tel:", "sms:")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff]+")  # browsers drop some before they look


class Harmless(NamedTuple):
    """HTML of the list alone, and the names of what was not on it: tags as `script`, attributes as `onclick=`."""

    html: str
    refused: tuple[str, ...]


def harmless(html: str) -> Harmless:
    """The HTML with nothing in it but what the list allows."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return Harmless("".join([*writer.parts, *(f"</{tag}>" for tag in reversed(writer.open))]), tuple(writer.refused))


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse(tag, self.get_starttag_text() or "")
            return
        self.parts.append(f"<{tag}{self._attributes(tag, attrs)}{' /' if tag in VOID else ''}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS:
            self.parts.append(escape(f"</{tag}>", quote=False))
        while tag in self.open:
            closed = self.open.pop()
            self.parts.append(f"</{closed}>")
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        allowed = _EVERYWHERE | _OF_TAG.get(tag, set())
        self.refused.extend(f"{name}=" for name, _ in attrs if name not in allowed)
        return "".join(_attribute(name, value) for name, value in attrs if name in allowed)

    def _refuse(self, tag: str, typed: str) -> None:
        self.refused.append(tag)
        self.parts.append(escape(typed, quote=False))


def _attribute(name: str, value: str | None) -> str:
    if value is None:
        return f" {name}"
    kept = value if name not in _ADDRESSES or _leads_to_a_page(value) else ""
    return f' {name}="{escape(kept, quote=False).replace(chr(34), "&quot;")}"'


def _leads_to_a_page(address: str) -> bool:
    """Whether following it opens a page, writes a mail or makes a call, and cannot run anything."""
    scheme = _SCHEME.match(_UNSEEN.sub("", address).casefold())
    return scheme is None or scheme[0] in _SCHEMES
