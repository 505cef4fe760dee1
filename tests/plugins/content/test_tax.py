"""tax.yaml as it is read: one rate, zones of the owner's own, the EU's rates to start with, or Stripe."""

from pathlib import Path

import pytest

from functions.shop.area import Area
from functions.shop.destination import Destination
from functions.shop.tax import EU, Service, Tax, TaxZone
from plugins.content import load
from tests.plugins.content.sample import MUG, TODAY, write


def tax(shop: Path, text: str) -> Tax:
    """What the small shop makes of a tax.yaml; it is in Ireland and delivers to Ireland, Germany and Norway."""
    write(shop / "shop/tax.yaml", f"name: VAT\nprices: inclusive\n{text}")
    return load(shop, TODAY).shop.settings.tax


def rates(found: Tax, country: str, postcode: str = "") -> dict[str, int]:
    return found.zone(Destination(country, postcode)).rates


def test_one_rate_holds_everywhere(shop: Path) -> None:
    assert tax(shop, "rate: 13.5\n") == Tax("VAT", 1350, home="IE")


def test_prices_without_tax_are_said_to_be_so(shop: Path) -> None:
    write(shop / "shop/tax.yaml", "name: VAT\nprices: exclusive\nrate: 20\n")
    assert load(shop, TODAY).shop.settings.tax == Tax("VAT", 2000, inclusive=False, home="IE")


def test_the_owners_zones_hold_parts_before_whole_countries(shop: Path) -> None:
    found = tax(
        shop,
        "zones:\n"
        "  - {name: Ireland, countries: [IE], rates: {standard: 23, books: 0}}\n"
        "  - {name: Germany, countries: [DE], rates: {standard: 19, books: 7}}\n"
        '  - {name: Islands, parts: [{country: DE, postcodes: ["27498"]}], exempt: yes}\n'
        "exports: less tax\n"
        "reverse_charge: yes\n",
    )
    assert found == Tax(
        "VAT",
        2300,
        (
            TaxZone("Islands", {}, (Area("DE", postcodes=("27498",)),)),
            TaxZone("Ireland", {"standard": 2300, "books": 0}, (Area("IE"),)),
            TaxZone("Germany", {"standard": 1900, "books": 700}, (Area("DE"),)),
            TaxZone("Exports"),
        ),
        home="IE",
        exports_keep_price=False,
        reverse_charge=True,
    )


def test_an_owners_zone_goes_before_the_rates_to_start_with(shop: Path) -> None:
    zones = "zones: [{name: Germany, countries: [DE], rates: {standard: 16}}]\n"
    found = tax(shop, f"{zones}start: EU\nexports: same price\n")
    assert rates(found, "DE") == {"standard": 1600}
    assert rates(found, "FR") == {"standard": 2000, "reduced": 1000, "low": 550}
    assert (found.rate, rates(found, "NO"), found.exports_keep_price) == (2300, {}, True)


@pytest.mark.parametrize(
    ("country", "postcode", "standard"),
    [
        ("IE", "", 2300), ("DE", "10115", 1900), ("DE", "27498", None), ("ES", "28001", 2100), ("ES", "35001", None),
        ("PT", "1000", 2300), ("PT", "9000123", 2200), ("PT", "9500123", 1600), ("AT", "6691", 1900),
        ("FI", "00100", 2550), ("FI", "22100", None), ("FR", "97400", None), ("MC", "98000", 2000),
        ("GB", "BT11AA", 2000), ("GB", "SW1A1AA", None), ("IT", "23041", None), ("GR", "63086", None), ("US", "", None),
    ],
)  # fmt: skip
def test_the_rates_to_start_with_know_the_borders_of_the_eus_vat(
    shop: Path, country: str, postcode: str, standard: int | None
) -> None:
    found = tax(shop, "start: EU\nexports: same price\n")
    assert rates(found, country, postcode).get("standard") == standard


def test_a_shop_that_sells_little_abroad_takes_its_own_rates_all_over_the_eu(shop: Path) -> None:
    found = tax(shop, "start: EU at home rates\nexports: same price\n")
    assert found.rate == 2300
    everywhere = [rates(found, country) for country in EU]
    assert everywhere == [{"standard": 2300, "reduced": 1350, "low": 900}] * 27
    assert rates(found, "GB", "BT11AA") == everywhere[0]
    assert [rates(found, country, code) for country, code in (("ES", "35001"), ("GB", "EC1A1BB"), ("US", ""))] == [
        {}
    ] * 3


def test_the_rates_to_start_with_are_within_what_the_directive_allows(shop: Path) -> None:
    found = tax(shop, "start: EU\nexports: same price\n")
    for country in EU:
        standard, reduced, low = rates(found, country).values()
        assert 1500 <= standard <= 2700
        assert 500 <= low <= reduced <= standard


def test_stripe_works_the_tax_out_where_the_owner_says_so(shop: Path) -> None:
    found = tax(shop, "rate: 23\nservice: stripe\ncodes: {standard: txcd_99999999, books: txcd_35010000}\n")
    codes = {"standard": "txcd_99999999", "books": "txcd_35010000"}
    assert found == Tax("VAT", 2300, home="IE", service=Service.STRIPE, codes=codes)


def test_a_products_category_goes_with_what_is_sold(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("weight:", "tax: reduced\nweight:"))
    tax(shop, "start: EU\nexports: same price\n")
    mug, print_ = load(shop, TODAY).products
    assert [variant.tax for variant in (*mug.variants, *print_.variants)] == ["reduced", "standard", "standard"]


def test_where_the_shop_is_must_be_known_before_gaps_are_told(shop: Path) -> None:
    (shop / "shop/shop.yaml").unlink()
    write(shop / "shop/tax.yaml", "name: VAT\nprices: inclusive\nstart: EU at home rates\n")
    with pytest.raises(ValueError, match=r"shop\.yaml:1:1: file: the file is missing") as raised:
        load(shop, TODAY)
    assert "tax.yaml" not in str(raised.value)
