"""What reading any one file needs to know of the shop."""

from dataclasses import dataclass, field

from functions.shop.cart import MAX_QUANTITY
from functions.shop.tax import Tax
from plugins.content.markdown import USUAL, MarkdownSettings
from plugins.content.picture import PictureFolder
from plugins.content.placeholders import Words
from plugins.content.safety import UNSAID, Safety


@dataclass(frozen=True, slots=True)
class Facts:
    """Plain values, so that another process can have them.

    `currency` is the one that prices are read in, empty while shop.yaml says it wrongly; `limit` is how many of one
    thing can be in a cart; `markdown` says how texts are read. `destinations` are the countries the shop delivers to,
    none while shipping.yaml says them wrongly; `safety` holds for every product that does not say otherwise; `tax` is
    the shop's, none while tax.yaml says it wrongly; `words` are what texts say of the shop, none while its files have
    faults.
    """

    pictures: PictureFolder
    currency: str = ""
    limit: int = MAX_QUANTITY
    markdown: MarkdownSettings = USUAL
    destinations: tuple[str, ...] = ()
    safety: Safety = UNSAID
    tax: Tax | None = None
    words: Words = field(default_factory=dict)
