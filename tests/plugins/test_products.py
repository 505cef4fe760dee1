"""What a product's page shows of what its owner wrote."""

from dataclasses import replace

import pytest

from functions.shop.catalogue import Part, Variant
from plugins.content import Contents
from plugins.past import Past
from plugins.products import is_new, measure
from plugins.views import BundlePart, Reduction, UnitPrice
from tests.plugins.sample_site import product, product_source, site


def test_an_offer_with_contents_has_a_unit_price() -> None:
    """24.00 for 250 g."""
    [offer] = product("tea", variant_contents={"TEA": Contents(250, "g", 1000)}).offers
    assert offer.unit_price == UnitPrice(9600, "1 kg")


def test_an_offer_without_contents_has_none() -> None:
    """Nothing is guessed from a weight."""
    [offer] = product("tea").offers
    assert offer.unit_price is None


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [(100, "g", "100 g"), (1000, "g", "1 kg"), (100, "ml", "100 ml"), (1000, "ml", "1 l"), (1000, "mm", "1 m")],
)
def test_a_measure_is_written_as_people_do(amount: int, unit: str, text: str) -> None:
    """In the larger unit where it is whole."""
    assert measure(amount, unit) == text


@pytest.mark.parametrize(
    ("added", "new"),
    [("2026-11-24", True), ("2026-10-26", True), ("2026-10-25", False), ("2026-11-25", False), ("", False)],
)
def test_a_product_is_new_for_thirty_days(added: str, new: bool) -> None:
    """Today is 24 November 2026; what is still to come is no news yet."""
    assert is_new(added, "2026-11-24", 30) is new


def test_a_bundle_names_its_parts_and_what_they_cost_apart() -> None:
    """Two of 24.00 and one of 12.00."""
    tern = product_source("tern")
    gull = product_source("gull", variants=(variant("GULL-A4", 1200, ("A4",)),))
    both = Variant("BOTH", "both", "Both", 5000, "/products/both/")
    bundle = product_source("both", variants=(both,), bundle=(Part("TERN", 2), Part("GULL-A4", 1)))
    found = site([tern, gull, bundle]).products[2]
    assert found.parts == (
        BundlePart("Tern", "/products/tern/", 2, 4800),
        BundlePart("Thing, A4", "/products/thing/", 1, 1200),
    )
    assert found.parts_apart == 6000


def test_a_product_that_goes_to_few_countries_names_them() -> None:
    [found] = site([product_source("tern", variants=(replace(variant("T", 100), ships_to=("IE", "DE")),))]).products
    assert found.ships_to == ("Ireland", "Germany")


def test_offers_are_grouped_by_all_but_the_first_option() -> None:
    """In the order in which they are written, with the first option left to choose in each group."""
    choices = [("A4", "Oak", "Matt"), ("A3", "Oak", "Matt"), ("A4", "None", "Matt"), ("A4", "Oak", "Gloss")]
    variants = tuple(variant(f"S{at}", 100, options) for at, options in enumerate(choices))
    groups = product("tern", variants=variants).groups
    assert {name: [(number, offer.sku) for number, offer in offers] for name, offers in groups.items()} == {
        "Oak, Matt": [("1", "S0"), ("2", "S1")],
        "None, Matt": [("3", "S2")],
        "Oak, Gloss": [("4", "S3")],
    }


def test_the_first_choice_can_be_had() -> None:
    """Only when nothing can be had is it one that is sold out."""
    gone, there = variant("GONE", 100, declared=0), variant("THERE", 200)
    assert product("tern", variants=(gone, there)).first_choice.sku == "THERE"
    assert product("tern", variants=(gone,)).first_choice.sku == "GONE"


def test_facets_come_in_the_order_of_the_options_as_far_as_a_variant_has_them() -> None:
    """However the variants are ordered; and they are worked out once."""
    variants = (variant("A", 100, ("A3", "Oak")), variant("B", 100, ("A4", "Oak")))
    options = {"Size": ("A4", "A3", "A2"), "Frame": ("None", "Oak")}
    found = replace(product("tern", variants=variants), options=options)
    assert found.facets == (("Size", "A4"), ("Size", "A3"), ("Frame", "Oak"))
    assert found.facets is found.facets
    assert replace(found, options={}).facets == ()


def variant(sku: str, price: int, options: tuple[str, ...] = (), declared: int = 9) -> Variant:
    """A variant of `Thing`."""
    return Variant(sku, "thing", "Thing", price, "/products/thing/", options=options, declared=declared)


def test_a_page_shows_the_reductions_and_the_age_that_the_past_proves() -> None:
    """By SKU, and by slug; what the owner wrote about the age goes first."""
    past = Past({"tea": "2026-11-01", "cup": "2026-11-01"}, {"TEA": Reduction(3000, "2026-11-20")})
    found = site([product_source("tea"), product_source("cup", added="2026-09-01")], past=past)
    tea, cup = found.products
    assert tea.offers[0].reduction == Reduction(3000, "2026-11-20")
    assert (tea.added, tea.is_new, tea.is_on_sale) == ("2026-11-01", True, True)
    assert (cup.added, cup.is_new, cup.is_on_sale) == ("2026-09-01", False, False)
