"""What templates see: products, collections and pages, linked up."""

from dataclasses import replace

import pytest

from functions.shop.catalogue import Variant
from functions.shop.shipping import ShippingChoice
from functions.shop.working_days import Days
from plugins.content import Status
from plugins.site import delivery_of
from plugins.views import Product
from tests.plugins.sample_site import product, product_source, site
from tests.small_shop import SETTINGS

TERN = Variant("TERN", "tern", "Tern", 2400, "/products/tern/")


def slugs(products: list[Product]) -> list[str]:
    """The products' slugs."""
    return [product.slug for product in products]


def test_a_draft_is_nowhere() -> None:
    """Not on a page, not for sale."""
    found = site([product_source("tern"), product_source("gull", status=Status.DRAFT)])
    assert slugs(found.products) == ["tern"]
    assert found.hidden == []
    assert [variant.sku for variant in found.variants] == ["TERN"]
    assert found.members["birds"] == ["tern"]


def test_a_hidden_product_has_a_page_and_is_for_sale_but_stands_in_no_list() -> None:
    """Only who knows its address finds it, even when another product names it."""
    found = site([product_source("tern", related=("gull",)), product_source("gull", status=Status.HIDDEN)])
    assert slugs(found.products) == ["tern"]
    assert slugs(found.hidden) == ["gull"]
    assert [variant.sku for variant in found.variants] == ["TERN", "GULL"]
    assert found.members["birds"] == ["tern"]
    assert found.related == {"tern": [], "gull": ["tern"]}


def test_a_product_stands_in_all_its_collections_and_the_first_is_its_home() -> None:
    """The breadcrumb leads home."""
    found = site([product_source("tern", collections=("new", "birds"))], collections=("birds", "new"))
    assert [crumb.path for crumb in found.products[0].collections] == ["/new/", "/birds/"]
    assert found.members == {"birds": ["tern"], "new": ["tern"]}


def test_related_are_those_named_then_the_next_ones_in_the_collection_round_to_the_first() -> None:
    """Four at most, each once, never the product itself."""
    named = product_source("c", related=("e",))
    found = site([product_source("a"), product_source("b"), named, product_source("d"), product_source("e")])
    assert found.related["c"] == ["e", "d", "a", "b"]
    assert found.related["a"] == ["b", "c", "d", "e"]
    assert found.related["e"] == ["a", "b", "c", "d"]


def test_a_product_alone_in_its_collection_is_related_to_nothing() -> None:
    """The page leaves the list out."""
    assert site([product_source("tern")]).related == {"tern": []}


@pytest.mark.parametrize(
    ("declared", "tracked", "state"),
    [(0, True, "out"), (1, True, "low"), (3, True, "low"), (4, True, "in"), (0, False, "in")],
)
def test_three_pieces_and_fewer_are_low_and_what_is_made_to_order_is_never_out(
    declared: int, tracked: bool, state: str
) -> None:
    """As the product file says; the page brings it up to date later."""
    variant = replace(TERN, declared=declared, tracked=tracked)
    (offer,) = product("tern", variants=(variant,)).offers
    assert (offer.availability, offer.left) == (state, declared)


def test_the_price_on_a_card_is_the_lowest_and_says_when_there_are_others() -> None:
    """“from €24.00”."""
    prices = tuple(replace(TERN, sku=f"TERN-{price}", price=price) for price in (3600, 2400, 5800))
    several = product("tern", variants=prices)
    assert (several.price_from, several.prices_differ) == (2400, True)
    assert (product("tern").price_from, product("tern").prices_differ) == (2400, False)


def test_delivery_is_what_a_small_order_to_the_main_market_costs() -> None:
    """Cheapest first, handling included in the days."""
    delivery = delivery_of(SETTINGS)
    assert (delivery.country, delivery.free_over, delivery.days) == ("Ireland", 6000, Days(2, 5))
    assert delivery.choices == (
        ShippingChoice("ie-standard", "Standard", 450, Days(1, 3), cheapest=True),
        ShippingChoice("ie-express", "Express", 950, Days(1, 1), fastest=True),
    )
