"""The feed for Google Merchant Center (RSS 2.0): one item for each variant.

What may stand in it: https://support.google.com/merchants/answer/7052112
"""

from collections.abc import Iterable, Iterator

from functions.shop.catalogue import Availability
from functions.shop.money import amount_text
from functions.shop.parcel import Parcel
from functions.shop.promise import USUAL
from functions.shop.settings import Settings
from functions.shop.working_days import Days
from plugins.axes import axis_property
from plugins.content import Contents
from plugins.market import alone, market, offered
from plugins.once import once, remembered
from plugins.products import measure
from plugins.structured_data.product import LATER, offer_url
from plugins.views import Offer, Product, Reduction
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
_PREORDER = Availability.PREORDER


def merchant_items(product: Product, settings: Settings, url: str) -> str:
    """The items of a product, as XML. `url` is the site's address, without a slash at the end."""
    return _writer(settings, url).items(product)


def merchant_feed(items: Iterable[str], settings: Settings, description: str, url: str) -> Iterator[str]:
    """The whole feed from the items of all products, piece by piece, for it is the largest file of a shop."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
        f"<title>{xml(settings.name)}</title><link>{url}/</link><description>{xml(description)}</description>\n"
    )
    yield from items
    yield "</channel></rss>\n"


class _Writer:
    """Writes the items of one shop; what products have in common is written once."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings, self.url = settings, url
        self.brand = f"{_field('g:brand', settings.name)}{_field('g:condition', 'new')}"
        self.cut_off = _cut_off(settings)
        self.terms, self.shipping = remembered(self._terms), remembered(self._shipping)

    def items(self, product: Product) -> str:
        shared, axes = self._of_product(product), tuple(product.options)
        pictures = [xml(self.url + image.original) for image in product.images]
        return "".join(
            [
                f"<item>{self._identity(product, offer)}{_pictures(pictures, offer.image or 0)}"
                f"{self._offered(offer)}{_choices(axes, offer.variant.options)}{self._sent(offer)}{shared}</item>\n"
                for offer in product.offers
            ]
        )

    def _of_product(self, product: Product) -> str:
        """What is the same for all variants."""
        group = f"<g:item_group_id>{xml(product.slug)}</g:item_group_id>" if len(product.offers) > 1 else ""
        material = ""
        if product.material and not any(axis_property(axis) == "material" for axis in product.options):
            material = _field("g:material", product.material)
        return (
            f"<g:description>{xml(product.summary)}</g:description>{self.brand}"
            f"<g:product_type>{xml(product.collections[0].title)}</g:product_type>{group}{material}"
        )

    def _identity(self, product: Product, offer: Offer) -> str:
        gtin = offer.variant.gtin
        return (
            f"<g:id>{xml(offer.sku)}</g:id><g:title>{xml(offer.variant.name[:LONGEST_TITLE])}</g:title>"
            f"<g:link>{xml(offer_url(product, offer, self.url))}</g:link>"
            f"{_field('g:gtin', gtin) if gtin else '<g:identifier_exists>no</g:identifier_exists>'}"
        )

    def _offered(self, offer: Offer) -> str:
        variant, starts = offer.variant, offer.variant.release_date if offer.availability is _PREORDER else ""
        return self.terms(offer.availability, starts, variant.price, offer.reduction, offer.contents, variant.weight)

    def _terms(
        self,
        availability: Availability,
        starts: str,
        price: int,
        reduction: Reduction | None,
        contents: Contents | None,
        weight: int,
    ) -> str:
        """Whether it can be had, and for how much. A reduction has the price before as its price."""
        currency = self.settings.currency
        told = {
            "g:availability": AVAILABILITY[availability],
            "g:availability_date": f"{starts}T00:00+0000" if starts else "",
            "g:price": _money(reduction.was if reduction else price, currency),
            "g:sale_price": _money(price, currency) if reduction else "",
            **(_unit_pricing(contents) if contents else {}),
            "g:shipping_weight": f"{weight} g" if weight else "",
        }
        return "".join([_field(name, text) for name, text in told.items() if text])

    def _sent(self, offer: Offer) -> str:
        variant, shipping = offer.variant, self.settings.shipping
        handling = None if offer.availability in LATER else variant.handling or shipping.handling
        return self.shipping(market(variant, shipping), alone(variant, shipping.packing), handling)

    def _shipping(self, country: str, parcel: Parcel, handling: Days | None) -> str:
        """Every way to have something sent to the market that the feed speaks of, and how long it takes where that is
        known.
        """
        currency = self.settings.currency
        sent = "".join(
            f"<g:shipping>{_field('g:country', country)}{_field('g:service', rate.name)}"
            f"{_field('g:price', _money(cost, currency))}"
            f"{_span('handling', handling) + _span('transit', rate.days) if handling else ''}</g:shipping>"
            for rate, cost in offered(self.settings.shipping, country, parcel)
        )
        return f"{sent}{self.cut_off}" if sent and handling else sent


_writer = once(_Writer)


def _cut_off(settings: Settings) -> str:
    """Until when an order counts from the same day; nothing where the whole day does."""
    if settings.dispatch.cut_off == USUAL.cut_off:
        return ""
    time = _field("g:cutoff_time", settings.dispatch.cut_off.replace(":", ""))
    zone = _field("g:cutoff_timezone", settings.time_zone)
    return f"<g:handling_cutoff_time>{time}{zone}</g:handling_cutoff_time>"


def _span(name: str, days: Days) -> str:
    return f"{_field(f'g:min_{name}_time', str(days.least))}{_field(f'g:max_{name}_time', str(days.most))}"


def _pictures(addresses: list[str], first: int) -> str:
    """All pictures by their addresses, which are XML already."""
    others = [*addresses[:first], *addresses[first + 1 :]][:MOST_PICTURES]
    more = "".join([f"<g:additional_image_link>{other}</g:additional_image_link>" for other in others])
    return f"<g:image_link>{addresses[first]}</g:image_link>{more}"


def _unit_pricing(contents: Contents) -> dict[str, str]:
    """How much is in it, and for how much of that a price by measure is told."""
    base = _measure(contents.per, contents.unit)
    return {
        "g:unit_pricing_measure": _measure(contents.amount, contents.unit),
        "g:unit_pricing_base_measure": base if base.split()[0] in BASES else "",
    }


@remembered
def _choices(axes: tuple[str, ...], values: tuple[str, ...]) -> str:
    named = ((axis_property(axis), value) for axis, value in zip(axes, values, strict=False))
    return "".join(_field(f"g:{name}", value) for name, value in named if name)


def _field(name: str, text: str) -> str:
    return f"<{name}>{xml(text)}</{name}>"


def _money(amount: int, currency: str) -> str:
    return f"{amount_text(amount, currency)} {currency}"


def _measure(amount: int, unit: str) -> str:
    """In units that Google knows, which has no millimetres."""
    written = measure(amount, unit)
    return f"{amount // 10}.{amount % 10} cm".replace(".0 ", " ") if written.endswith(" mm") else written
