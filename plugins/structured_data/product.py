"""A product with what it is offered for.

https://developers.google.com/search/docs/appearance/structured-data/merchant-listing and .../product-variants
"""

from functions.shop.catalogue import Availability, Variant
from functions.shop.money import amount_text
from functions.shop.parcel import Parcel
from functions.shop.settings import Settings
from functions.shop.working_days import Days
from plugins.axes import axis_property
from plugins.content import Contents
from plugins.json_text import quoted
from plugins.market import alone, cheapest, market
from plugins.once import once, remembered
from plugins.structured_data.policies import return_policy, returns_id, shipping_details
from plugins.structured_data.script import Json, json_text, members
from plugins.views import Offer, Product, Reduction

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


_PREORDER = Availability.PREORDER


def product_data(product: Product, settings: Settings, url: str) -> list[str]:
    """The nodes of a product's page, as JSON: the product, or the group of its variants, and what all its offers share.

    `url` is the site's address, without a slash at the end.
    """
    return _writer(settings, url).nodes(product)


def offer_url(product: Product, offer: Offer, url: str) -> str:
    """Where a variant is shown, chosen already if there is a choice."""
    return f"{url}{product.path}?sku={offer.sku}" if len(product.offers) > 1 else url + product.path


class _Writer:
    """Writes the nodes of one shop's products; what many of them have in common is written once.

    The nodes that offers of a product refer to are gathered in a dict, by name.
    """

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings, self.url = settings, url
        self.brand = members({"brand": {"@type": "Brand", "name": settings.name}})
        self.terms, self.delivery = remembered(self._terms), remembered(self._delivery)

    def nodes(self, product: Product) -> list[str]:
        gathered: dict[str, str] = {}
        images = [quoted(self.url + image.original) for image in product.images]
        common = self._common(product, images)
        offers = [self._offer(product, offer, gathered) for offer in product.offers]
        if len(offers) > 1:
            return [_group(product, common, images, offers), *gathered.values()]
        single = f'{{"@type":"Product",{common}{_own(product.offers[0].variant)},"offers":{offers[0]}}}'
        return [single, *gathered.values()]

    def _common(self, product: Product, images: list[str]) -> str:
        material = f',"material":{quoted(product.material)}' if product.material else ""
        return (
            f'"name":{quoted(product.title)},"description":{quoted(product.summary)},'
            f'"url":{quoted(self.url + product.path)},"image":[{",".join(images)}]{self.brand}{material}'
        )

    def _offer(self, product: Product, offer: Offer, gathered: dict[str, str]) -> str:
        variant, told = offer.variant, offer.availability
        terms = self.terms(
            variant.price, told, variant.release_date if told is _PREORDER else "", offer.reduction, offer.contents
        )
        country = market(variant, self.settings.shipping)
        piece = alone(variant, self.settings.shipping.packing)
        delivery, nodes = self.delivery(country, piece, told in LATER, variant.handling)
        for name, node in nodes:
            gathered.setdefault(name, node)
        return f'{{"@type":"Offer","url":{quoted(offer_url(product, offer, self.url))}{terms}{delivery}}}'

    def _terms(
        self, price: int, told: Availability, starts: str, reduction: Reduction | None, contents: Contents | None
    ) -> str:
        """For how much it can be had, and whether."""
        found: Json = {
            "price": amount_text(price, self.settings.currency),
            "priceCurrency": self.settings.currency,
            "availability": f"https://schema.org/{AVAILABILITY[told]}",
            "itemCondition": "https://schema.org/NewCondition",
        }
        if starts:
            found["availabilityStarts"] = starts
        return members(found | self._prices(price, reduction, contents))

    def _prices(self, price: int, reduction: Reduction | None, contents: Contents | None) -> Json:
        """The price before a reduction, and what the price is for."""
        found = []
        if reduction:
            struck = self._price(reduction.was) | {"priceType": "https://schema.org/StrikethroughPrice"}
            found.append(struck)
        if contents:
            per = _quantity(contents.per, contents.unit)
            quantity = _quantity(contents.amount, contents.unit) | {"valueReference": per}
            found.append(self._price(price) | {"referenceQuantity": quantity})
        return {"priceSpecification": found} if found else {}

    def _price(self, amount: int) -> Json:
        currency = self.settings.currency
        return {"@type": "UnitPriceSpecification", "price": amount_text(amount, currency), "priceCurrency": currency}

    def _delivery(
        self, country: str, parcel: Parcel, later: bool, own: Days | None
    ) -> tuple[str, list[tuple[str, str]]]:
        """How it comes and goes back, and the nodes that say so, with their names. Files do neither."""
        found = cheapest(self.settings.shipping, country, parcel)
        if found is None:
            return "", []
        name = returns_id(self.url)
        nodes = [(name, json_text(return_policy(self.settings, [country], self.url)))]
        told = {"hasMerchantReturnPolicy": {"@id": name}}
        if not later:
            rate, cost = found
            name = f"#{rate.id}-{cost}" + (f"-{own.least}-{own.most}" if own else "")
            handling, currency = own or self.settings.shipping.handling, self.settings.currency
            nodes.append((name, json_text(shipping_details(name, country, rate, cost, handling, currency))))
            told["shippingDetails"] = {"@id": name}
        return members(told), nodes


_writer = once(_Writer)


def _group(product: Product, common: str, images: list[str], offers: list[str]) -> str:
    """The product with its variants; `common`, `images` and `offers` are JSON already."""
    axes = tuple(product.options)
    variants = [
        f'{{"@type":"Product","name":{quoted(offer.variant.name)},"image":{images[offer.image or 0]}'
        f'{_own(offer.variant)}{_choices(axes, offer.variant.options)},"offers":{written}}}'
        for offer, written in zip(product.offers, offers, strict=True)
    ]
    return (
        f'{{"@type":"ProductGroup","productGroupID":{quoted(product.slug)},{common}{_varies(axes)},'
        f'"hasVariant":[{",".join(variants)}]}}'
    )


def _own(variant: Variant) -> str:
    gtin = f',"gtin":{quoted(variant.gtin)}' if variant.gtin else ""
    return f',"sku":{quoted(variant.sku)}{gtin}{_weight(variant.weight) if variant.weight else ""}'


@remembered
def _weight(grams: int) -> str:
    return members({"weight": _quantity(grams, "g")})


@remembered
def _varies(axes: tuple[str, ...]) -> str:
    """By what variants differ, as far as schema.org has a word for it."""
    found = [f"https://schema.org/{axis_property(axis)}" for axis in axes if axis_property(axis)]
    return members({"variesBy": found} if found else {})


@remembered
def _choices(axes: tuple[str, ...], values: tuple[str, ...]) -> str:
    """What was chosen, under the name that schema.org has for it or under the owner's."""
    chosen = dict(zip(axes, values, strict=False))
    known = {axis_property(axis): value for axis, value in chosen.items() if axis_property(axis)}
    others = {axis: value for axis, value in chosen.items() if not axis_property(axis)}
    more = [{"@type": "PropertyValue", "name": axis, "value": value} for axis, value in others.items()]
    return members(known | ({"additionalProperty": more} if more else {}))


def _quantity(amount: int, unit: str) -> Json:
    return {"@type": "QuantitativeValue", "value": amount, "unitCode": UNITS[unit]}
