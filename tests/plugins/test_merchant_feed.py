"""The feed for Google Merchant Center: an item for each variant, with what Google asks for."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from functions.shop.catalogue import Variant
from functions.shop.promise import Dispatch
from functions.shop.working_days import Days
from plugins.content import Contents
from plugins.merchant_feed import merchant_feed, merchant_items
from plugins.views import Product
from tests.plugins.rich_shop import RICH, URL, tea
from tests.plugins.sample_site import product

CARD = Variant("TERN", "tern", "Tern", 2400, "/products/tern/", declared=9)
G = "{http://base.google.com/ns/1.0}"


def items(thing: Product) -> Iterator[ElementTree.Element]:
    """The items of a product, as a parser reads them from the whole feed."""
    text = "".join(merchant_feed([merchant_items(thing, RICH, URL)], RICH, "A small shop.", URL))
    return ElementTree.fromstring(text).iter("item")  # noqa: S314 - our own text


def item(thing: Product, sku: str) -> list[tuple[str, str]]:
    """The fields of one variant, without those that hold others."""
    [found] = [each for each in items(thing) if each.findtext(f"{G}id") == sku]
    return [(field.tag.removeprefix(G), field.text or "") for field in found if len(field) == 0]


def test_a_variant_is_told_with_all_that_is_known() -> None:
    assert item(tea(), "TEA-S") == [
        ("id", "TEA-S"),
        ("title", "Tea, Small, Mint"),
        ("link", "https://shop.example/products/tea/?sku=TEA-S"),
        ("gtin", "4006381333931"),
        ("image_link", "https://shop.example/images/tern-1600.01234567.jpg"),
        ("availability", "in_stock"),
        ("price", "4.50 EUR"),
        ("unit_pricing_measure", "250 g"),
        ("unit_pricing_base_measure", "1 kg"),
        ("shipping_weight", "300 g"),
        ("size", "Small"),
        ("description", "About tea."),
        ("brand", "Small Shop"),
        ("condition", "new"),
        ("product_type", "Birds"),
        ("item_group_id", "tea"),
        ("material", "Paper"),
    ]


def test_a_product_without_a_choice_has_no_group_and_the_address_of_its_page() -> None:
    fields = dict(item(product("tern"), "TERN"))
    assert fields["link"] == "https://shop.example/products/tern/"
    assert "item_group_id" not in fields
    assert fields["identifier_exists"] == "no"


def test_a_proved_reduction_is_a_sale() -> None:
    """The price before is the price, and the price is the sale's."""
    fields = dict(item(tea(), "TEA-L"))
    assert (fields["price"], fields["sale_price"]) == ("20.00 EUR", "16.00 EUR")
    others = [dict(item(tea(), sku)) for sku in ("TEA-S", "TEA-XL", "TEA-N", "TEA-B", "TEA-F")]
    assert [fields["id"] for fields in others if "sale_price" in fields] == []


@pytest.mark.parametrize(
    ("sku", "availability"),
    [
        ("TEA-S", "in_stock"),
        ("TEA-L", "in_stock"),
        ("TEA-XL", "backorder"),
        ("TEA-N", "preorder"),
        ("TEA-B", "in_stock"),
        ("TEA-F", "out_of_stock"),
    ],
)
def test_whether_it_can_be_had_is_said_in_googles_words(sku: str, availability: str) -> None:
    assert dict(item(tea(), sku))["availability"] == availability


def test_a_pre_order_says_from_when_on() -> None:
    assert dict(item(tea(), "TEA-N"))["availability_date"] == "2026-12-24T00:00+0000"
    assert "availability_date" not in dict(item(tea(), "TEA-S"))


def test_delivery_names_every_rate_of_the_market_that_a_variant_is_sent_to() -> None:
    """A file is not sent. How long it takes is told of what leaves within the usual days."""
    found = {
        each.findtext(f"{G}id"): [tuple(field.text for field in way) for way in each.findall(f"{G}shipping")]
        for each in items(tea())
    }
    standard, express = ("IE", "Standard", "4.50 EUR"), ("IE", "Express", "9.50 EUR")
    usual = [(*standard, "1", "2", "1", "3"), (*express, "1", "2", "1", "1")]
    assert found == {
        "TEA-S": usual,
        "TEA-L": usual,
        "TEA-XL": [("IE", "Standard", "0.00 EUR"), express],
        "TEA-N": [standard, express],
        "TEA-B": [],
        "TEA-F": [("DE", "Standard", "8.90 EUR", "1", "2", "3", "7")],
    }


def test_handling_of_its_own_and_the_cut_off_are_told() -> None:
    shop = replace(RICH, dispatch=Dispatch("14:00"))
    thing = product("tern", variants=(replace(CARD, handling=Days(5, 8)),))
    text = merchant_items(thing, shop, URL)
    assert "<g:min_handling_time>5</g:min_handling_time><g:max_handling_time>8</g:max_handling_time>" in text
    assert (
        "<g:handling_cutoff_time><g:cutoff_time>1400</g:cutoff_time>"
        "<g:cutoff_timezone>Europe/Dublin</g:cutoff_timezone></g:handling_cutoff_time>"
    ) in text
    assert "cutoff" not in merchant_items(thing, RICH, URL)


@pytest.mark.parametrize(
    ("contents", "measure", "base"),
    [
        (Contents(700, "ml", 1000), "700 ml", "1 l"),
        (Contents(3000, "mm", 1000), "3 m", "1 m"),
        (Contents(125, "mm", 100), "12.5 cm", "10 cm"),
        (Contents(120, "mm", 10), "12 cm", "1 cm"),
        (Contents(500, "g", 250), "500 g", None),
    ],
)
def test_measures_are_in_units_and_steps_that_google_knows(contents: Contents, measure: str, base: str | None) -> None:
    fields = dict(item(product("tern", variant_contents={"TERN": contents}), "TERN"))
    assert (fields["unit_pricing_measure"], fields.get("unit_pricing_base_measure")) == (measure, base)


def test_a_title_is_cut_where_google_would_refuse_it() -> None:
    long = product("tern")
    [offer] = long.offers
    long = replace(long, offers=(offer._replace(variant=replace(offer.variant, title="é" * 200)),))
    assert dict(item(long, "TERN"))["title"] == "é" * 150


def test_an_empty_feed_is_a_feed() -> None:
    text = "".join(merchant_feed([], RICH, "A small shop.", URL))
    assert ElementTree.fromstring(text).findtext("channel/title") == "Small Shop"  # noqa: S314
