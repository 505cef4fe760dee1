"""The Markdown twin of a product's page, for those who read text: language models, scripts, people in a terminal.

It says what the page says: prices, availability, facts, delivery, and the owner's text as it was written.
"""

import re
from collections.abc import Iterable, Iterator

from functions.shop.catalogue import Availability
from functions.shop.money import format_amount
from functions.shop.settings import Settings
from plugins.market import cheapest, market
from plugins.views import Offer, Product

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")
_MEANINGFUL = re.compile(r"[\\`*_\[\]<>|#~&]|^[\d+=-]|[^\S ]|  |^\s|\s$")
_AT_THE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))")
_IN_WORDS = {
    Availability.IN: "in stock",
    Availability.OUT: "sold out",
}


def twin_path(slug: str) -> str:
    """Where the twin of a product's page is."""
    return f"/products/{slug}/index.md"


def twin(product: Product, settings: Settings, url: str) -> str:
    """A product as Markdown. `url` is the site's address, without a slash at the end."""
    parts = [
        f"# {plain(product.title)}",
        plain(product.summary),
        f"Sold by {plain(settings.name)} at <{url}{product.path}>.",
        "## Price and availability",
        _table(product, settings),
        *_delivery(product, settings),
        *_facts(product),
        *_safety(product),
        *([f"## About it\n\n{product.text}"] if product.text else []),
    ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """A text on one line in which no sign means anything to Markdown."""
    if not _MEANINGFUL.search(text):
        return text
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _AT_THE_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\{found[3] or found[4]}", escaped)


def availability_text(offer: Offer) -> str:
    """Whether and when it can be had, in words."""
    variant = offer.variant
    if offer.availability is Availability.PREORDER:
        return f"pre-order, available from {variant.release_date}"
    if offer.availability is Availability.BACKORDER:
        return f"back-order, {variant.backorder}"
    if offer.availability is Availability.LOW:
        return f"only {offer.left} left"
    if variant.digital:
        return "by e-mail"
    return _IN_WORDS[offer.availability] if variant.tracked else "made to order"


def _table(product: Product, settings: Settings) -> str:
    head = ("Variant", "SKU", f"Price, incl. {plain(settings.tax.name)}", "Availability")
    rows = [head, ("---",) * len(head), *(_row(offer, settings) for offer in product.offers)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(offer: Offer, settings: Settings) -> tuple[str, ...]:
    price = _money(offer.price, settings)
    if offer.reduction:
        before = _money(offer.reduction.was, settings)
        price += f" (lowest price of the 30 days before {offer.reduction.since}: {before})"
    if offer.unit_price:
        price += f" ({_money(offer.unit_price.price, settings)} per {offer.unit_price.per})"
    return plain(offer.variant.name), offer.sku, price, plain(availability_text(offer))


def _delivery(product: Product, settings: Settings) -> Iterator[str]:
    """What it costs to have the first variant sent to the main market, and how long one can send it back."""
    offer = product.first_choice
    country = market(offer.variant, settings.shipping)
    found = cheapest(settings.shipping, country, offer.price)
    if found is None:
        return
    rate, price = found
    cost = _money(price, settings) if price else "nothing"
    days = settings.shipping.handling + rate.days
    yield "## Delivery and returns"
    yield (
        f"Delivery of one to {plain(settings.countries[country])} costs {cost} and takes {days} working days. "
        f"It can be sent back for {settings.returns.days} days."
    )


def _facts(product: Product) -> Iterator[str]:
    named = {"Material": product.material, "Dimensions": product.dimensions}
    details = {**product.specs, **{name: text for name, text in named.items() if text}}
    parts = [f"{part.quantity} × {part.title}" for part in product.parts]
    yield from _list("Details", [f"{plain(name)}: {plain(text)}" for name, text in details.items()])
    yield from _list("What you get", map(plain, (*parts, *product.included)))
    yield from _list("Care", [plain(product.care)] if product.care else [])


def _safety(product: Product) -> Iterator[str]:
    safety = product.safety
    named = {"Made by": safety.maker, "Brought into the EU by": safety.importer}
    told = [f"{name} {plain(text)}" for name, text in named.items() if text]
    yield from _list("Safety", (*told, *map(plain, safety.warnings)))


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _money(amount: int, settings: Settings) -> str:
    return plain(format_amount(amount, settings.money))
