"""The Markdown twin of a product's page, for those who read text: language models, scripts, people in a terminal.

It says what the page says: prices, availability, facts, delivery, and the owner's text as it was written.
"""

import re
from collections.abc import Sequence

from functions.language import Words, words_in
from functions.shop.catalogue import Availability
from functions.shop.parcel import Parcel
from functions.shop.settings import Settings
from functions.shop.working_days import Days
from plugins.content import Safety
from plugins.market import alone, cheapest, market
from plugins.once import amounts, once, remembered
from plugins.views import Offer, Product

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")
_AT_THE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))")
_PLAIN = re.compile(r"(?!\d+[.)]|[-+=])[^\\`*_\[\]<>|#~&\s]+(?: [^\\`*_\[\]<>|#~&\s]+)*")
"""Most texts: words with a blank between each two, and nothing that has to be escaped."""
_LOW, _OUT = Availability.LOW, Availability.OUT
_BACKORDER, _PREORDER = Availability.BACKORDER, Availability.PREORDER


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


def availability_text(offer: Offer, words: Words) -> str:
    """Whether and when it can be had, in words."""
    variant, told = offer.variant, offer.availability
    if told is _PREORDER:
        return words.say("pre-order, available from {day}", day=variant.release_date)
    if told is _BACKORDER:
        return words.say("back-order, {time}", time=variant.backorder)
    if told is _LOW:
        return words.say("only {left} left", left=offer.left)
    if variant.digital:
        return words.say("by e-mail")
    if not variant.tracked:
        return words.say("made to order")
    return words.say("sold out") if told is _OUT else words.say("in stock")


class _Writer:
    """Writes the twins of one shop; what many products have in common is written once."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings, self.url, self.seller = settings, url, plain(settings.name)
        self.words = words = words_in(settings.language)
        tax = plain(settings.tax.name)
        with_tax, without = words.say("Price, incl. {tax}", tax=tax), words.say("Price, plus {tax}", tax=tax)
        price = with_tax if settings.tax.inclusive else without
        head = (words.say("Variant"), words.say("SKU"), price, words.say("Availability"))
        self.prices = f"## {words.say('Price and availability')}\n\n{_row(*head)}\n{_row(*['---'] * len(head))}\n"
        self.details, self.about = words.say("Details"), f"\n## {words.say('About it')}\n\n"
        self.delivery, self.care, self.safety = (
            remembered(self._delivery),
            remembered(self._care),
            remembered(self._safety),
        )
        self.money = remembered(lambda minor: plain(amounts(settings)(minor)))

    def twin(self, product: Product) -> str:
        rows = "\n".join([self._row(offer) for offer in product.offers])
        first, shipping = product.first_choice.variant, self.settings.shipping
        delivery = self.delivery(
            market(first, shipping), alone(first, shipping.packing), first.handling or shipping.handling
        )
        say = self.words.say
        about = f"{self.about}{product.text}\n" if product.text else ""
        address = f"<{self.url}{product.path}>"
        return (
            f"# {plain(product.title)}\n\n{plain(product.summary)}\n\n"
            f"{say('Sold by {shop} at {address}.', shop=self.seller, address=address)}\n\n"
            f"{self.prices}{rows}\n"
            f"{delivery}{self._facts(product)}{self.safety(product.safety)}{about}"
        )

    def _row(self, offer: Offer) -> str:
        say, price = self.words.say, self.money(offer.variant.price)
        if offer.reduction:
            before = self.money(offer.reduction.was)
            since = offer.reduction.since
            price += f" ({say('lowest price of the 30 days before {day}: {price}', day=since, price=before)})"
        if offer.unit_price:
            amount = self.money(offer.unit_price.price)
            price += f" ({say('{amount} per {measure}', amount=amount, measure=offer.unit_price.per)})"
        return _row(plain(offer.variant.name), offer.sku, price, _known(availability_text(offer, self.words)))

    def _delivery(self, country: str, parcel: Parcel, handling: Days) -> str:
        """What it costs to send a parcel there, and how long it takes and can be sent back."""
        found = cheapest(self.settings.shipping, country, parcel)
        if found is None:
            return ""
        rate, cost = found
        shop, words = self.settings, self.words
        told = words.say(
            "Delivery of one to {country} costs {price} and takes {days} working days.",
            country=plain(shop.countries[country]),
            price=self.money(cost) if cost else words.say("nothing"),
            days=handling + rate.days,
        )
        back = words.say("It can be sent back for {days} days.", days=shop.returns.days)
        return f"\n## {words.say('Delivery and returns')}\n\n{told} {back}\n"

    def _facts(self, product: Product) -> str:
        say, details = self.words.say, {**product.specs}
        if product.material:
            details[say("Material")] = product.material
        if product.dimensions:
            details[say("Dimensions")] = product.dimensions
        told = _list(self.details, [f"{_known(name)}: {_known(text)}" for name, text in details.items()])
        if product.parts or product.included:
            parts = [f"{part.quantity} × {part.title}" for part in product.parts]
            told += _list(say("What you get"), [*map(_known, (*parts, *product.included))])
        return told + self.care(product.care)

    def _care(self, care: str) -> str:
        return _list(self.words.say("Care"), [plain(care)] if care else [])

    def _safety(self, safety: Safety) -> str:
        say = self.words.say
        named = {say("Made by"): safety.maker, say("Brought into the EU by"): safety.importer}
        told = [f"{name} {plain(text)}" for name, text in named.items() if text]
        return _list(say("Safety"), [*told, *map(plain, safety.warnings)])


_writer = once(_Writer)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _list(title: str, items: Sequence[str]) -> str:
    """A section with a line for each; nothing when there are none."""
    lines = "\n- ".join(items)
    return f"\n## {title}\n\n- {lines}\n" if items else ""
