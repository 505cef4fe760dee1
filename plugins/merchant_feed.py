"""The feed for Google Merchant Center (RSS 2.0): one item for each variant.

What may stand in it: https://support.google.com/merchants/answer/7052112
"""

from collections.abc import Iterable, Iterator

from functions.shop.catalogue import Availability
from functions.shop.money import amount_text
from functions.shop.settings import Settings
from functions.shop.shipping import price_of
from plugins.axes import axis_property
from plugins.market import market
from plugins.products import measure
from plugins.structured_data.product import offer_url
from plugins.views import Offer, Product
from plugins.xml import xml

PATH = "/merchant.xml"
LONGEST_TITLE = 150
MOST_PICTURES = 10  # beside the first one
AVAILABILITY = {
    Availability.IN: "in_stock",
    Availability.LOW: "in_stock",
    Availability.OUT: "out_of_stock",
    Availability.BACKORDER: "backorder",
    Availability.PREORDER: "preorder",
}
BASES = frozenset({"1", "2", "4", "8", "10", "100"})
"""How many of a unit a price can be for, beside few others."""
Fields = Iterator[tuple[str, str]]


def merchant_items(product: Product, settings: Settings, url: str) -> str:
    """The items of a product, as XML. `url` is the site's address, without a slash at the end."""
    shared = "".join(_written(_of_product(product, settings)))
    return "".join(f"<item>{_item(product, offer, settings, url)}{shared}</item>\n" for offer in product.offers)


def merchant_feed(items: Iterable[str], settings: Settings, description: str, url: str) -> str:
    """The whole feed from the items of all products."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
        f"<title>{xml(settings.name)}</title><link>{url}/</link><description>{xml(description)}</description>\n"
        f"{''.join(items)}</channel></rss>\n"
    )


def _of_product(product: Product, settings: Settings) -> Fields:
    """What is the same for all variants."""
    yield "g:description", product.summary
    yield "g:brand", settings.name
    yield "g:condition", "new"
    yield "g:product_type", product.collections[0].title
    if len(product.offers) > 1:
        yield "g:item_group_id", product.slug
    if product.material and not any(axis_property(axis) == "material" for axis in product.options):
        yield "g:material", product.material


def _item(product: Product, offer: Offer, settings: Settings, url: str) -> str:
    fields = (
        *_identity(product, offer, url),
        *_pictures(product, offer, url),
        *_terms(offer, settings.currency),
        *_choices(product, offer),
    )
    return "".join((*_written(fields), *_shipping(offer, settings)))


def _identity(product: Product, offer: Offer, url: str) -> Fields:
    yield "g:id", offer.sku
    yield "g:title", offer.variant.name[:LONGEST_TITLE]
    yield "g:link", offer_url(product, offer, url)
    if offer.variant.gtin:
        yield "g:gtin", offer.variant.gtin
    else:
        yield "g:identifier_exists", "no"


def _pictures(product: Product, offer: Offer, url: str) -> Fields:
    first = product.images[offer.image or 0]
    others = [image for image in product.images if image is not first]
    yield "g:image_link", url + first.original
    for image in others[:MOST_PICTURES]:
        yield "g:additional_image_link", url + image.original


def _terms(offer: Offer, currency: str) -> Fields:
    """Whether it can be had, and for how much. A reduction has the price before as its price."""
    yield "g:availability", AVAILABILITY[offer.availability]
    if offer.availability is Availability.PREORDER:
        yield "g:availability_date", f"{offer.variant.release_date}T00:00+0000"
    yield "g:price", _money(offer.reduction.was if offer.reduction else offer.price, currency)
    if offer.reduction:
        yield "g:sale_price", _money(offer.price, currency)
    if offer.contents:
        base = _measure(offer.contents.per, offer.contents.unit)
        yield "g:unit_pricing_measure", _measure(offer.contents.amount, offer.contents.unit)
        if base.split()[0] in BASES:
            yield "g:unit_pricing_base_measure", base
    if offer.variant.weight:
        yield "g:shipping_weight", f"{offer.variant.weight} g"


def _choices(product: Product, offer: Offer) -> Fields:
    for axis, value in zip(product.options, offer.variant.options, strict=False):
        if name := axis_property(axis):
            yield f"g:{name}", value


def _shipping(offer: Offer, settings: Settings) -> Iterator[str]:
    """Every way to have one sent to the market that the feed speaks of."""
    country = market(offer.variant, settings.shipping)
    zone = settings.shipping.zone(country)
    for rate in zone.rates if zone else ():
        price = _money(price_of(rate, offer.price), settings.currency)
        fields = (("g:country", country), ("g:service", rate.name), ("g:price", price))
        yield f"<g:shipping>{''.join(_written(fields))}</g:shipping>"


def _written(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"<{name}>{xml(value)}</{name}>" for name, value in fields)


def _money(amount: int, currency: str) -> str:
    return f"{amount_text(amount, currency)} {currency}"


def _measure(amount: int, unit: str) -> str:
    """In units that Google knows, which has no millimetres."""
    written = measure(amount, unit)
    return f"{amount // 10}.{amount % 10} cm".replace(".0 ", " ") if written.endswith(" mm") else written
