"""A product with what it is offered for.

https://developers.google.com/search/docs/appearance/structured-data/merchant-listing and .../product-variants
"""

from functions.shop.catalogue import Availability
from functions.shop.money import amount_text
from functions.shop.settings import Settings
from plugins.axes import axis_property
from plugins.market import cheapest, market
from plugins.structured_data.policies import return_policy, returns_id, shipping_details
from plugins.structured_data.script import Json
from plugins.views import Offer, Product

AVAILABILITY = {
    Availability.IN: "InStock",
    Availability.LOW: "LimitedAvailability",
    Availability.OUT: "OutOfStock",
    Availability.BACKORDER: "BackOrder",
    Availability.PREORDER: "PreOrder",
}
LATER = frozenset({Availability.BACKORDER, Availability.PREORDER})
"""What does not leave the shop within its usual days."""
UNITS = {"g": "GRM", "ml": "MLT", "mm": "MMT"}
"""Units as UN/CEFACT calls them (recommendation 20)."""


def product_data(product: Product, settings: Settings, url: str) -> list[Json]:
    """The nodes of a product's page: the product, or the group of its variants, and what all its offers share.

    `url` is the site's address, without a slash at the end.
    """
    made = _Maker(product, settings, url)
    single = len(product.offers) == 1
    thing = made.single(product.offers[0]) if single else made.group()
    return [thing, *made.shared.values()]


def offer_url(product: Product, offer: Offer, url: str) -> str:
    """Where a variant is shown, chosen already if there is a choice."""
    return f"{url}{product.path}?sku={offer.sku}" if len(product.offers) > 1 else url + product.path


class _Maker:
    """Makes the nodes of one product; `shared` are those that its offers refer to, by name."""

    def __init__(self, product: Product, settings: Settings, url: str) -> None:
        self.product, self.settings, self.url = product, settings, url
        self.shared: dict[str, Json] = {}

    def single(self, offer: Offer) -> Json:
        return {
            "@type": "Product",
            **self._common(),
            **self._own(offer),
            "offers": self._offer(offer),
        }

    def group(self) -> Json:
        varies = [f"https://schema.org/{axis_property(axis)}" for axis in self.product.options if axis_property(axis)]
        return {
            "@type": "ProductGroup",
            "productGroupID": self.product.slug,
            **self._common(),
            **({"variesBy": varies} if varies else {}),
            "hasVariant": [self._variant(offer) for offer in self.product.offers],
        }

    def _common(self) -> Json:
        product = self.product
        found = {
            "name": product.title,
            "description": product.summary,
            "url": self.url + product.path,
            "image": [self.url + image.original for image in product.images],
            "brand": {"@type": "Brand", "name": self.settings.name},
        }
        return found | ({"material": product.material} if product.material else {})

    def _variant(self, offer: Offer) -> Json:
        image = self.product.images[offer.image or 0]
        return {
            "@type": "Product",
            "name": offer.variant.name,
            "image": self.url + image.original,
            **self._own(offer),
            **self._choices(offer),
            "offers": self._offer(offer),
        }

    def _own(self, offer: Offer) -> Json:
        found: Json = {"sku": offer.sku}
        if offer.variant.gtin:
            found["gtin"] = offer.variant.gtin
        if offer.variant.weight:
            found["weight"] = _quantity(offer.variant.weight, "g")
        return found

    def _choices(self, offer: Offer) -> Json:
        """What was chosen, under the name that schema.org has for it or under the owner's."""
        chosen = dict(zip(self.product.options, offer.variant.options, strict=False))
        known = {axis_property(axis): value for axis, value in chosen.items() if axis_property(axis)}
        others = {axis: value for axis, value in chosen.items() if not axis_property(axis)}
        more = [{"@type": "PropertyValue", "name": axis, "value": value} for axis, value in others.items()]
        return known | ({"additionalProperty": more} if more else {})

    def _offer(self, offer: Offer) -> Json:
        found = {
            "@type": "Offer",
            "url": offer_url(self.product, offer, self.url),
            "price": amount_text(offer.price, self.settings.currency),
            "priceCurrency": self.settings.currency,
            "availability": f"https://schema.org/{AVAILABILITY[offer.availability]}",
            "itemCondition": "https://schema.org/NewCondition",
        }
        if offer.availability is Availability.PREORDER:
            found["availabilityStarts"] = offer.variant.release_date
        return found | self._prices(offer) | self._delivery(offer)

    def _prices(self, offer: Offer) -> Json:
        """The price before a reduction, and what the price is for."""
        found = []
        if offer.reduction:
            struck = self._price(offer.reduction.was) | {"priceType": "https://schema.org/StrikethroughPrice"}
            found.append(struck)
        if offer.contents:
            per = _quantity(offer.contents.per, offer.contents.unit)
            quantity = _quantity(offer.contents.amount, offer.contents.unit) | {"valueReference": per}
            found.append(self._price(offer.price) | {"referenceQuantity": quantity})
        return {"priceSpecification": found} if found else {}

    def _price(self, amount: int) -> Json:
        currency = self.settings.currency
        return {"@type": "UnitPriceSpecification", "price": amount_text(amount, currency), "priceCurrency": currency}

    def _delivery(self, offer: Offer) -> Json:
        """The names of the nodes that say how it comes and goes back. Files do neither."""
        country = market(offer.variant, self.settings.shipping)
        found = cheapest(self.settings.shipping, country, offer.price)
        if found is None:
            return {}
        self.shared.setdefault(returns_id(self.url), return_policy(self.settings, [country], self.url))
        back = {"hasMerchantReturnPolicy": {"@id": returns_id(self.url)}}
        if offer.availability in LATER:
            return back
        rate, price = found
        name = f"#{rate.id}-{price}"
        self.shared.setdefault(name, shipping_details(name, country, rate, price, self.settings))
        return back | {"shippingDetails": {"@id": name}}


def _quantity(amount: int, unit: str) -> Json:
    return {"@type": "QuantitativeValue", "value": amount, "unitCode": UNITS[unit]}
