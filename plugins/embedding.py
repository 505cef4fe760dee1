"""Products within a text: where the owner wrote `[[SKU]]`, the product's card stands, with its price of today."""

import re
from collections.abc import Callable

from markupsafe import Markup

from plugins.content import Questions

_PLACES = re.compile(r"(?:<!--pouch:card [^\s>]+-->\s*)+")
_SKU = re.compile(r"<!--pouch:card ([^\s>]+)-->")


def with_cards(body: Markup, card_of: Callable[[str], Markup]) -> Markup:
    """A text with the cards in their places; those that follow each other stand side by side.

    Their titles become headings of the second level, for nobody knows what the text has above them.
    """

    def shelf(places: re.Match[str]) -> str:
        cards = "".join(card_of(sku) for sku in _SKU.findall(places[0]))
        cards = cards.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
        return f'<ul class="grid embedded">\n{cards}</ul>\n'

    return Markup(_PLACES.sub(shelf, body))  # noqa: S704 (both are HTML already)


def answered(group: Questions, card_of: Callable[[str], Markup]) -> Questions:
    """Questions with the cards in their answers."""
    items = (question._replace(answer=with_cards(question.answer, card_of)) for question in group.items)
    return group._replace(items=tuple(items))
