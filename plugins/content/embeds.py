"""Products within a text: a paragraph `[[SKU]]` becomes the place of the card of the product that sells it.

The build puts the cards in (see plugins/embedding.py), for only it knows the price of today.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from plugins.content.fault import Fault, Position, Report
from plugins.content.fields import Reference
from plugins.content.front_matter import Document
from plugins.content.reading import Reading
from plugins.content.status import Status
from plugins.content.suggestion import did_you_mean
from plugins.content.written import places

_EMBED = re.compile(r"\[\[ *([^\[\]\n<>]+?) *\]\]")
_PARAGRAPH = re.compile(r"<p>(?:\[\[[^\[\]\n<>]+\]\]\s*)+</p>")  # several may stand below each other
_WRITTEN = re.compile(r"(?<!\\)\[\[ *([^\[\]\n<>]+?) *\]\]")
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_ALONE = "must stand in a paragraph of its own; leave a line empty above and below it"
_ELSEWHERE = "a product can stand only in texts of collections, pages and the journal; name it in related: instead"


def with_places(html: str, document: Document, report: Report) -> tuple[str, tuple[Reference, ...]]:
    """The HTML with a comment where each card shall stand, and the SKUs; reports those within other text."""
    written = places(_WRITTEN, document) if "[[" in html else {}
    if not written:
        return html, ()
    found = tuple(_found(html, written, report))
    names = {reference.name for reference in found}
    return _PARAGRAPH.sub(lambda paragraph: _as_comments(paragraph[0], names), html), found


def report_embeds(html: str, document: Document, report: Report) -> None:
    """Report products in a text where none can stand."""
    if "[[" in html:
        written = places(_WRITTEN, document)
        for paragraph in _PARAGRAPH.findall(html):
            for name in _EMBED.findall(paragraph):
                if place := _next(written, name):
                    report.of("text").wrong(place, _ELSEWHERE)


def embed_faults(reading: Reading[object], sellers: Mapping[str, Reading[object]]) -> Iterator[Fault]:
    """Cards of what is not sold, or not shown; `sellers` are the products by the SKUs they sell."""
    for embed in reading.references.embeds:
        seller = sellers.get(embed.name)
        if seller is None:
            yield reading.fault(embed, f"there is no SKU {embed.name!r}; {did_you_mean(embed.name, sellers)}")
        elif seller.references.status in {Status.DRAFT, Status.HIDDEN}:
            sentence = f"{embed.name!r} belongs to {seller.slug!r}, whose status is {seller.references.status}"
            yield reading.fault(embed, f"{sentence}; publish it, or take this out")


def _found(html: str, written: dict[str, list[Position]], report: Report) -> Iterator[Reference]:
    text = _CODE.sub("", html)
    paragraphs = [paragraph.span() for paragraph in _PARAGRAPH.finditer(text)]
    for embed in _EMBED.finditer(text):
        place = _next(written, embed[1])
        if place is None:  # a backslash before it says that it is meant as it stands
            continue
        if any(start < embed.start() < end for start, end in paragraphs):
            yield Reference("text", unescape(embed[1]), *place)
        else:
            report.of("text").wrong(place, f"{unescape(embed[0])} {_ALONE}")


def _next(written: dict[str, list[Position]], name: str) -> Position | None:
    """Where the next card of this SKU is written; the last place again when there are no more."""
    spots = written.get(unescape(name), [])
    return spots.pop(0) if len(spots) > 1 else next(iter(spots), None)


def _as_comments(paragraph: str, names: set[str]) -> str:
    if not all(name in names for name in _EMBED.findall(paragraph)):
        return paragraph
    return "\n".join(f"<!--pouch:card {name}-->" for name in _EMBED.findall(paragraph))
