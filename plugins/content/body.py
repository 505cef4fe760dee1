"""The text of a page, a collection or a post: Markdown in which products stand, and the shop's own words."""

from markupsafe import Markup

from plugins.content.embeds import with_places
from plugins.content.facts import Facts
from plugins.content.fault import Report
from plugins.content.fields import Reference
from plugins.content.front_matter import Document
from plugins.content.markdown import html
from plugins.content.placeholders import filled, shielded


def body_of(document: Document, report: Report, facts: Facts) -> tuple[Markup, tuple[Reference, ...]]:
    """The text as HTML, with the places of the cards in it, and the SKUs whose cards those are."""
    rendered = html(shielded(document.body), report, document.body_line, facts.markdown)
    with_cards, embeds = with_places(rendered, document, report)
    return Markup(filled(with_cards, document, facts.words, report)), embeds  # noqa: S704 (made of HTML and escaped words)
