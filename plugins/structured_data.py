"""Structured data: what search engines read, as schema.org JSON-LD (https://schema.org/Product)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from functions.shop.catalogue import Availability
from functions.shop.money import amount_text
from functions.shop.settings import Settings
from plugins.views import Offer, Product

AVAILABILITY = {
    Availability.IN: "InStock",
    Availability.LOW: "LimitedAvailability",
    Availability.OUT: "OutOfStock",
    Availability.BACKORDER: "BackOrder",
    Availability.PREORDER: "PreOrder",
}
Json = dict[str, Any]


def product_data(product: Product, settings: Settings, url: str) -> Json:
    """A product with one offer for each variant. `url` is the site's address, without a slash at the end."""
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.summary,
        "url": url + product.path,
        "image": [url + image.original for image in product.images],
        "brand": {"@type": "Brand", "name": settings.name},
        "offers": [_offer(product, offer, settings, url) for offer in product.offers],
    }


def breadcrumb_data(trail: Sequence[tuple[str, str]], url: str) -> Json:
    """The way to a page: names and paths from the home page on."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url + path}
        for position, (name, path) in enumerate(trail, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def shop_data(settings: Settings, description: str, url: str) -> Json:
    """The shop itself, for its home page."""
    address = settings.address
    return {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": settings.name,
        "legalName": settings.legal_name,
        "description": description,
        "url": f"{url}/",
        "email": settings.email,
        "telephone": settings.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(line for line in (address.line1, address.line2) if line),
            "addressLocality": address.city,
            "addressRegion": address.region,
            "postalCode": address.postcode,
            "addressCountry": address.country,
        },
    }


def script(*things: Mapping[str, Any]) -> Markup:
    """The content of a `<script type="application/ld+json">` that no text in it can end or break out of."""
    text = json.dumps(things if len(things) > 1 else things[0], ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704


def _offer(product: Product, offer: Offer, settings: Settings, url: str) -> Json:
    return {
        "@type": "Offer",
        "sku": offer.sku,
        "name": offer.variant.name,
        "url": url + product.path,
        "price": amount_text(offer.price, settings.currency),
        "priceCurrency": settings.currency,
        "availability": f"https://schema.org/{AVAILABILITY[offer.availability]}",
    }
