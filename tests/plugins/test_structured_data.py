"""What search engines read agrees with the shop to the cent, and cannot be used against it."""

import json
from dataclasses import replace

import pytest

from functions.shop.catalogue import Variant
from plugins.structured_data import breadcrumb_data, product_data, script, shop_data
from tests.plugins.sample_site import product
from tests.small_shop import SETTINGS

URL = "https://shop.example"
A4 = Variant("TERN-A4", "tern", "Tern", 2400, "/products/tern/", options=("A4",), declared=9)


def test_a_product_has_an_offer_for_each_variant() -> None:
    """With the price for machines, the currency, and whether it can be had."""
    variants = (
        A4,
        replace(A4, sku="TERN-A3", price=105000, options=("A3",), declared=2),
        replace(A4, sku="TERN-A2", price=5, options=("A2",), declared=0),
    )
    assert product_data(product("tern", variants=variants), SETTINGS, URL) == {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "Tern",
        "description": "About tern.",
        "url": "https://shop.example/products/tern/",
        "image": ["https://shop.example/images/tern-1600.01234567.jpg"],
        "brand": {"@type": "Brand", "name": "Small Shop"},
        "offers": [
            _offer("TERN-A4", "Tern, A4", "24.00", "InStock"),
            _offer("TERN-A3", "Tern, A3", "1050.00", "LimitedAvailability"),
            _offer("TERN-A2", "Tern, A2", "0.05", "OutOfStock"),
        ],
    }


def test_the_shop_says_who_it_is_and_how_to_reach_it() -> None:
    """On its home page."""
    assert shop_data(SETTINGS, "A small shop.", URL) == {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": "Small Shop",
        "legalName": "Small Shop Ltd",
        "description": "A small shop.",
        "url": "https://shop.example/",
        "email": "owner@small.example",
        "telephone": "+353 20 912 3456",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 Pier Road",
            "addressLocality": "Harbour",
            "addressRegion": "Co. Mayo",
            "postalCode": "F26 X0X0",
            "addressCountry": "IE",
        },
    }


def test_the_way_to_a_page_is_counted_from_home() -> None:
    """With absolute addresses."""
    assert breadcrumb_data([("Home", "/"), ("Birds", "/birds/")], URL)["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://shop.example/"},
        {"@type": "ListItem", "position": 2, "name": "Birds", "item": "https://shop.example/birds/"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "&lt;/script&gt;",
        'a "quoted" \\ text',
        "\u2028\u2029",
    ],
)
def test_no_text_can_end_the_script_it_stands_in(text: str) -> None:
    """And a reader gets the text back as it was (R28)."""
    written = script({"name": text})
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"name": text}


def test_several_things_stand_in_one_script_as_a_list() -> None:
    """One script a page."""
    assert json.loads(script({"a": 1}, {"b": 2})) == [{"a": 1}, {"b": 2}]


def _offer(sku: str, name: str, price: str, availability: str) -> dict[str, str]:
    return {
        "@type": "Offer",
        "sku": sku,
        "name": name,
        "url": "https://shop.example/products/tern/",
        "price": price,
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{availability}",
    }
