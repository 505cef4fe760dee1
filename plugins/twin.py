"""The Markdown twin of a product's page, for those who read text: language models, scripts, people in a terminal.

It says what the page says: prices, availability, facts, delivery, and the owner's text as it was written.
"""

import re
from collections.abc import Sequence

from functions.shop.catalogue import Availability
from functions.shop.parcel import Parcel
from functions.shop.settings import Settings
from plugins.content import Safety
from plugins.market import alone, cheapest, market
from plugins.once import amounts, once, remembered
from plugins.views import Offer, Product

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")
_AT_THE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))")
_PLAIN = re.compile(r"(?!\d+[.)]|[-+=])[^\\`*_\[\]<>|#~&\s]+(?: [^\\`*_\[\]<>|#~&\s]+)*")
"""Most texts: words with a blank between each two, and nothing that has to be escaped."""
_IN_WORDS = {
    Availability.IN: "in stock",
    Availability.OUT: "sold out",
}
_LOW, _BACKORDER, _PREORDER = Availability.LOW, Availability.BACKORDER, Availability.PREORDER


def twin_path(slug: str) -> str:
    """Where the twin of a product's page is."""
    return f"/products/{slug}/index.md"


def twin(product: Product, settings: Settings, url: str) -> str:
    """A product as Markdown. `url` is the site's address, without a slash at the end."""
    return _writer(settings, url).twin(product)


def plain(text: str) -> str:
    """A text on one line in which no sign means anything to Markdown."""
    if _PLAIN.fullmatch(text):
        return text
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _AT_THE_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\{found[3] or found[4]}", escaped)


_known = remembered(plain)
"""For texts that many products have, such as what they are made of."""


def availability_text(offer: Offer) -> str:
    """Whether and when it can be had, in words."""
    variant, told = offer.variant, offer.availability
    if told is _PREORDER:
        return f"pre-order, available from {variant.release_date}"
    if told is _BACKORDER:
        return f"back-order, {variant.backorder}"
    if told is _LOW:
        return f"only {offer.left} left"
    if variant.digital:
        return "by e-mail"
    return _IN_WORDS[told] if variant.tracked else "made to order"


class _Writer:
    """Writes the twins of one shop; what many products have in common is written once."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings, self.url, self.seller = settings, url, plain(settings.name)
        contained = "incl." if settings.tax.inclusive else "plus"
        head = ("Variant", "SKU", f"Price, {contained} {plain(settings.tax.name)}", "Availability")
        self.table = f"{_row(*head)}\n{_row(*['---'] * len(head))}\n"
        self.delivery = remembered(self._delivery)
        self.money = remembered(lambda minor: plain(amounts(settings)(minor)))

    def twin(self, product: Product) -> str:
        rows = "\n".join([self._row(offer) for offer in product.offers])
        first, shipping = product.first_choice.variant, self.settings.shipping
        delivery = self.delivery(market(first, shipping), alone(first, shipping.packing))
        about = f"\n## About it\n\n{product.text}\n" if product.text else ""
        return (
            f"# {plain(product.title)}\n\n{plain(product.summary)}\n\n"
            f"Sold by {self.seller} at <{self.url}{product.path}>.\n\n"
            f"## Price and availability\n\n{self.table}{rows}\n"
            f"{delivery}{_facts(product)}{_safety(product.safety)}{about}"
        )

    def _row(self, offer: Offer) -> str:
        price = self.money(offer.variant.price)
        if offer.reduction:
            before = self.money(offer.reduction.was)
            price += f" (lowest price of the 30 days before {offer.reduction.since}: {before})"
        if offer.unit_price:
            price += f" ({self.money(offer.unit_price.price)} per {offer.unit_price.per})"
        return _row(plain(offer.variant.name), offer.sku, price, _known(availability_text(offer)))

    def _delivery(self, country: str, parcel: Parcel) -> str:
        """What it costs to send a parcel there, and how long it takes and can be sent back."""
        found = cheapest(self.settings.shipping, country, parcel)
        if found is None:
            return ""
        rate, cost = found
        shop = self.settings
        return (
            f"\n## Delivery and returns\n\nDelivery of one to {plain(shop.countries[country])} costs "
            f"{self.money(cost) if cost else 'nothing'} and takes {shop.shipping.handling + rate.days} working days. "
            f"It can be sent back for {shop.returns.days} days.\n"
        )


_writer = once(_Writer)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _facts(product: Product) -> str:
    details = {**product.specs}
    if product.material:
        details["Material"] = product.material
    if product.dimensions:
        details["Dimensions"] = product.dimensions
    told = _list("Details", [f"{_known(name)}: {_known(text)}" for name, text in details.items()])
    if product.parts or product.included:
        parts = [f"{part.quantity} × {part.title}" for part in product.parts]
        told += _list("What you get", [*map(_known, (*parts, *product.included))])
    return told + _care(product.care)


@remembered
def _care(care: str) -> str:
    return _list("Care", [plain(care)] if care else [])


@remembered
def _safety(safety: Safety) -> str:
    named = {"Made by": safety.maker, "Brought into the EU by": safety.importer}
    told = [f"{name} {plain(text)}" for name, text in named.items() if text]
    return _list("Safety", [*told, *map(plain, safety.warnings)])


def _list(title: str, items: Sequence[str]) -> str:
    """A section with a line for each; nothing when there are none."""
    lines = "\n- ".join(items)
    return f"\n## {title}\n\n- {lines}\n" if items else ""
