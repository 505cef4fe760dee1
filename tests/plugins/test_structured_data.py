"""What search engines read agrees with the shop to the cent, and cannot be used against it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from functions.shop.calendar import Holidays
from functions.shop.catalogue import Variant
from functions.shop.promise import Dispatch
from functions.shop.settings import Settings
from functions.shop.working_days import Days
from plugins.content import Question, Questions
from plugins.structured_data import (
    article_data,
    breadcrumb_data,
    breadcrumb_text,
    list_data,
    product_data,
    questions_data,
    script,
    shop_data,
    site_data,
)
from plugins.views import Post, Product
from tests.plugins.rich_shop import RICH, URL, tea
from tests.plugins.sample_site import product
from tests.small_shop import SETTINGS

A4 = Variant("TERN-A4", "tern", "Tern", 2400, "/products/tern/", declared=9)
RETURNS = {"hasMerchantReturnPolicy": {"@id": "https://shop.example/#returns"}}


def nodes(of: Product, settings: Settings = SETTINGS) -> list[dict[str, Any]]:
    """The nodes of a product's page."""
    return [json.loads(text) for text in product_data(of, settings, URL)]


def variants() -> dict[str, dict[str, Any]]:
    """The variants of the product with everything, by SKU."""
    group = nodes(tea(), RICH)[0]
    return {each["sku"]: each for each in group["hasVariant"]}


def test_a_product_without_a_choice_is_a_product_with_an_offer() -> None:
    """With the price for machines, the currency, and whether it can be had."""
    assert nodes(product("tern", variants=(A4,)))[0] == {
        "@type": "Product",
        "name": "Tern",
        "description": "About tern.",
        "url": "https://shop.example/products/tern/",
        "image": ["https://shop.example/images/tern-1600.01234567.jpg"],
        "brand": {"@type": "Brand", "name": "Small Shop"},
        "sku": "TERN-A4",
        "offers": {
            "@type": "Offer",
            "url": "https://shop.example/products/tern/",
            "price": "24.00",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
            "itemCondition": "https://schema.org/NewCondition",
            **RETURNS,
            "shippingDetails": {"@id": "#ie-standard-450"},
        },
    }


def test_a_product_with_a_choice_is_a_group_that_says_by_what_it_varies() -> None:
    """As far as schema.org has a word for it."""
    group = nodes(tea(), RICH)[0]
    assert {name: group[name] for name in ("@type", "productGroupID", "name", "variesBy", "material")} == {
        "@type": "ProductGroup",
        "productGroupID": "tea",
        "name": "Tea",
        "variesBy": ["https://schema.org/size"],
        "material": "Paper",
    }
    assert "offers" not in group


def test_a_variant_has_its_own_name_address_number_weight_and_choice() -> None:
    """And how much is in it, for a price by measure."""
    assert variants()["TEA-S"] == {
        "@type": "Product",
        "name": "Tea, Small, Mint",
        "image": "https://shop.example/images/tern-1600.01234567.jpg",
        "sku": "TEA-S",
        "gtin": "4006381333931",
        "weight": {"@type": "QuantitativeValue", "value": 300, "unitCode": "GRM"},
        "size": "Small",
        "additionalProperty": [{"@type": "PropertyValue", "name": "Taste", "value": "Mint"}],
        "offers": {
            "@type": "Offer",
            "url": "https://shop.example/products/tea/?sku=TEA-S",
            "price": "4.50",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
            "itemCondition": "https://schema.org/NewCondition",
            "priceSpecification": [
                {
                    "@type": "UnitPriceSpecification",
                    "price": "4.50",
                    "priceCurrency": "EUR",
                    "referenceQuantity": {
                        "@type": "QuantitativeValue",
                        "value": 250,
                        "unitCode": "GRM",
                        "valueReference": {"@type": "QuantitativeValue", "value": 1000, "unitCode": "GRM"},
                    },
                }
            ],
            **RETURNS,
            "shippingDetails": {"@id": "#ie-standard-450"},
        },
    }


def test_a_proved_reduction_has_the_price_before_struck_through() -> None:
    assert variants()["TEA-L"]["offers"]["priceSpecification"][0] == {
        "@type": "UnitPriceSpecification",
        "price": "20.00",
        "priceCurrency": "EUR",
        "priceType": "https://schema.org/StrikethroughPrice",
    }


@pytest.mark.parametrize(
    ("sku", "availability"),
    [
        ("TEA-S", "InStock"),
        ("TEA-L", "LimitedAvailability"),
        ("TEA-XL", "BackOrder"),
        ("TEA-N", "PreOrder"),
        ("TEA-B", "InStock"),
        ("TEA-F", "OutOfStock"),
    ],
)
def test_whether_it_can_be_had_is_said_in_schema_orgs_words(sku: str, availability: str) -> None:
    assert variants()[sku]["offers"]["availability"] == f"https://schema.org/{availability}"


def test_a_pre_order_says_from_when_on() -> None:
    offers = {sku: variant["offers"].get("availabilityStarts") for sku, variant in variants().items()}
    assert offers.pop("TEA-N") == "2026-12-24"
    assert set(offers.values()) == {None}


def test_delivery_is_told_for_the_market_that_a_variant_is_sent_to_at_the_cheapest_rate() -> None:
    """Not for a file, nor for what does not leave within the usual days. Dear things are sent free."""
    dear = replace(A4, price=6000)
    [details] = [each for each in nodes(product("tern", variants=(dear,))) if "shippingRate" in each]
    assert details == {
        "@type": "OfferShippingDetails",
        "@id": "#ie-standard-0",
        "shippingRate": {"@type": "MonetaryAmount", "value": "0.00", "currency": "EUR"},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "IE"},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": {"@type": "QuantitativeValue", "minValue": 1, "maxValue": 2, "unitCode": "DAY"},
            "transitTime": {"@type": "QuantitativeValue", "minValue": 1, "maxValue": 3, "unitCode": "DAY"},
        },
    }
    named = {sku: variant["offers"].get("shippingDetails", {}).get("@id") for sku, variant in variants().items()}
    assert named == {
        "TEA-S": "#ie-standard-450",
        "TEA-L": "#ie-standard-450",
        "TEA-XL": None,
        "TEA-N": None,
        "TEA-B": None,
        "TEA-F": "#eu-standard-890",
    }


def test_a_thing_that_takes_longer_says_so_under_a_name_of_its_own() -> None:
    slow = product("tern", variants=(replace(A4, handling=Days(5, 8)),))
    [details] = [each for each in nodes(slow) if "shippingRate" in each]
    assert details["@id"] == "#ie-standard-450-5-8"
    assert details["deliveryTime"]["handlingTime"] == {
        "@type": "QuantitativeValue", "minValue": 5, "maxValue": 8, "unitCode": "DAY",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "cut_off", "told"),
    [
        ("Europe/Dublin", "14:00", "14:00:00+01:00"),
        ("Asia/Tokyo", "09:30", "09:30:00+09:00"),
        ("America/Santiago", "14:00", "14:00:00-03:00"),
        ("Europe/Dublin", "24:00", None),
    ],
)
def test_the_shop_says_when_it_packs_and_until_when(zone: str, cut_off: str, told: str | None) -> None:
    """By the clock of summer, so that it is never too late."""
    known = Holidays({}, "2028-12-31", "IE")
    packing = replace(RICH, time_zone=zone, dispatch=Dispatch(cut_off, (0, 5)), holidays=known)
    standard = shop_data(packing, "", URL)["hasShippingService"][0]
    weekend = ["https://schema.org/Monday", "https://schema.org/Saturday"]
    duration = {"@type": "QuantitativeValue", "minValue": 1, "maxValue": 2, "unitCode": "DAY"}
    expected = {"@type": "ServicePeriod", "duration": duration, "businessDays": weekend}
    assert standard["handlingTime"] == expected | ({"cutoffTime": told} if told else {})
    assert len(standard["shippingConditions"][0]["transitTime"]["businessDays"]) == 5


def test_every_name_that_an_offer_refers_to_stands_on_the_same_page_once() -> None:
    names = [node["@id"] for node in nodes(tea(), RICH) if "@id" in node]
    referred = {value["@id"] for each in variants().values() for value in each["offers"].values() if "@id" in value}
    assert sorted(referred) == sorted(names)


def test_a_file_cannot_be_sent_back() -> None:
    assert "hasMerchantReturnPolicy" not in variants()["TEA-B"]["offers"]


def test_the_shop_says_who_it_is_and_how_and_when_to_reach_it() -> None:
    """On its home page, with the days on which it is closed."""
    told = shop_data(RICH, "A small shop.", URL)
    weekdays = [f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]
    hours = {"@type": "OpeningHoursSpecification"}
    point = {"@type": "ContactPoint", "contactType": "customer service"}
    policies = {name: told.pop(name) for name in ("hasMerchantReturnPolicy", "hasShippingService")}
    assert told == {
        "@type": "OnlineStore",
        "@id": "https://shop.example/#shop",
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
        "contactPoint": [
            point
            | {
                "telephone": "+353 20 912 3456",
                "email": "owner@small.example",
                "hoursAvailable": [
                    hours | {"dayOfWeek": weekdays, "opens": "09:00", "closes": "17:00"},
                    hours | {"dayOfWeek": ["https://schema.org/Saturday"], "opens": "10:00", "closes": "14:00"},
                    hours
                    | {"validFrom": "2026-12-24", "validThrough": "2027-01-02", "opens": "00:00", "closes": "00:00"},
                ],
            },
            point | {"name": "Signal", "url": "https://signal.example/shop"},
        ],
    }
    assert policies["hasMerchantReturnPolicy"] == {
        "@type": "MerchantReturnPolicy",
        "@id": "https://shop.example/#returns",
        "applicableCountry": ["IE", "DE", "FR", "GB"],
        "returnPolicyCountry": "IE",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 30,
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": "https://schema.org/FreeReturn",
    }
    assert [service["name"] for service in policies["hasShippingService"]] == [
        "Standard", "Express", "Standard", "Free of charge",
    ]  # fmt: skip


def test_a_rate_that_becomes_free_has_a_condition_for_it() -> None:
    standard = shop_data(RICH, "", URL)["hasShippingService"][0]
    told = [(each["shippingRate"]["value"], each.get("orderValue")) for each in standard["shippingConditions"]]
    least = {"@type": "MonetaryAmount", "minValue": "60.00", "currency": "EUR"}
    assert told == [("4.50", None), ("0.00", least)]


def test_the_site_says_how_to_search_it() -> None:
    assert site_data(SETTINGS, URL)["potentialAction"]["target"]["urlTemplate"] == (
        "https://shop.example/search/?q={search_term_string}"
    )


def test_the_way_to_a_page_is_counted_from_home() -> None:
    """With absolute addresses."""
    assert breadcrumb_data([("Home", "/"), ("Birds", "/birds/")], URL)["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://shop.example/"},
        {"@type": "ListItem", "position": 2, "name": "Birds", "item": "https://shop.example/birds/"},
    ]


def test_the_way_to_one_of_many_pages_is_the_same_as_json() -> None:
    above = (("Home", "/"), ("Sea & birds", "/birds/"))
    text = breadcrumb_text(above, 'A "tern"', "/products/tern/", URL)
    assert json.loads(text) == breadcrumb_data([*above, ('A "tern"', "/products/tern/")], URL)


def test_a_list_counts_on_from_the_page_before() -> None:
    assert list_data("Birds", ["/products/tern/"], 25, URL, first=25) == {
        "@type": "ItemList",
        "name": "Birds",
        "numberOfItems": 25,
        "itemListElement": [{"@type": "ListItem", "position": 25, "url": "https://shop.example/products/tern/"}],
    }


def test_questions_come_with_their_answers() -> None:
    """Of all groups on the page, in their order."""
    groups = (
        Questions("Paper", (Question("q1", "Is it heavy?", Markup("<p>310 g/m².</p>")),)),
        Questions("", (Question("q2", "And <white>?", Markup("<p>Nearly.</p>")),)),
    )
    assert questions_data(groups) == {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Is it heavy?",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>310 g/m².</p>"},
            },
            {
                "@type": "Question",
                "name": "And <white>?",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>Nearly.</p>"},
            },
        ],
    }


def test_a_post_says_who_wrote_it_and_when() -> None:
    told = article_data(Post("gale", "Gale", "It blew.", "2026-11-20", None, Markup(), "/journal/gale/"), SETTINGS, URL)
    shop = {"@type": "Organization", "@id": f"{URL}/#shop", "name": "Small Shop", "url": f"{URL}/"}
    assert told == {
        "@type": "BlogPosting",
        "headline": "Gale",
        "description": "It blew.",
        "datePublished": "2026-11-20",
        "url": "https://shop.example/journal/gale/",
        "mainEntityOfPage": "https://shop.example/journal/gale/",
        "inLanguage": "en",
        "author": shop,
        "publisher": shop,
    }


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
    assert json.loads(written) == {"@context": "https://schema.org", "name": text}


def test_several_things_stand_in_one_script_as_a_graph() -> None:
    """One script a page."""
    assert json.loads(script({"a": 1}, {"b": 2})) == {"@context": "https://schema.org", "@graph": [{"a": 1}, {"b": 2}]}
