"""From what an owner wrote of a product to what its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from functions.shop.catalogue import Part, Variant, availability
from functions.shop.money import price_per
from functions.shop.settings import Settings
from plugins import signals
from plugins.content import Contents, ImageSource, ProductSource
from plugins.past import NOTHING, Past
from plugins.pictures import Picture, Rendition
from plugins.views import BundlePart, Crumb, Offer, Product, UnitPrice

Renditions = Mapping[Path, Rendition]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a product's page shows of the rest of the shop.

    `today` is the day in the shop's time zone (ISO 8601), `sold` every variant by SKU, for what bundles hold, `new_for`
    how many days a product counts as new, and `past` what git knows of the products.
    """

    settings: Settings
    renditions: Renditions
    collections: Mapping[str, Crumb]
    today: str
    sold: Mapping[str, Variant]
    new_for: int = 30
    past: Past = NOTHING


def product_path(slug: str) -> str:
    """Where a product's page is."""
    return f"/products/{slug}/"


def product_view(source: ProductSource, around: Surroundings) -> Product:
    """The product as its page shows it."""
    images = tuple([picture_of(image, around.renditions) for image in source.images])
    added = source.added or around.past.added.get(source.slug, "")
    product = Product(
        slug=source.slug,
        title=source.title,
        summary=source.summary,
        path=product_path(source.slug),
        body=source.body,
        images=images,
        options=source.options,
        offers=tuple([_offer(variant, source, around) for variant in source.variants]),
        specs=source.specs,
        care=source.care,
        included=source.included,
        dimensions=source.dimensions,
        material=source.material,
        safety=source.safety,
        status=source.status,
        collections=tuple([around.collections[slug] for slug in source.collections]),
        text=source.text,
        added=added,
        release_date=source.release_date,
        is_new=is_new(added, around.today, around.new_for),
        ships_to=tuple([_country(code, around.settings) for code in source.variants[0].ships_to]),
        parts=tuple([_part(part, around.sold) for part in source.bundle]),
    )
    return signals.made(product, source)


def picture_of(image: ImageSource, renditions: Renditions) -> Picture:
    """A picture with the words for who cannot see it."""
    return renditions[image.file].picture(image.alt)


def is_new(added: str, today: str, days: int) -> bool:
    """Whether something that was added on a day (ISO 8601) counts as new so many days from then on."""
    return bool(added) and 0 <= (date.fromisoformat(today) - date.fromisoformat(added)).days < days


def unit_price(price: int, contents: Contents, currency: str) -> UnitPrice:
    """What a kilogram, a litre or whatever else the owner chose comes to at this price."""
    return UnitPrice(price_per(price, contents.amount, contents.per, currency), measure(contents.per, contents.unit))


def measure(amount: int, unit: str) -> str:
    """So many g, ml or mm as people write them: `100 g`, `1 kg`, `1 l`, `1 m`."""
    larger = _LARGER.get(unit, unit)
    return f"{amount // 1000} {larger}" if larger != unit and amount % 1000 == 0 else f"{amount} {unit}"


_LARGER = {"g": "kg", "ml": "l", "mm": "m"}


def _country(code: str, settings: Settings) -> str:
    return settings.countries.get(code, code)


def _part(part: Part, sold: Mapping[str, Variant]) -> BundlePart:
    variant = sold[part.sku]
    return BundlePart(variant.name, variant.path, part.quantity, part.quantity * variant.price)


def _offer(variant: Variant, source: ProductSource, around: Surroundings) -> Offer:
    at = source.variant_images.get(variant.sku)
    contents = source.variant_contents.get(variant.sku)
    return Offer(
        variant,
        availability(variant, variant.declared, around.today),
        variant.declared,
        at,
        around.past.reductions.get(variant.sku),
        contents,
        unit_price(variant.price, contents, around.settings.currency) if contents else None,
    )
