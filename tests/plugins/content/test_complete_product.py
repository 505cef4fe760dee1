"""A product with everything that can be said of one."""

from pathlib import Path

import pytest

from functions.shop.catalogue import Part, Variant
from functions.shop.working_days import Days
from plugins.content import Contents, ProductSource, Safety, load
from plugins.content.gtin import check_digit
from tests.plugins.content.sample import MUG, PRINT, SHOP, TEA, TODAY, write


def product(root: Path, slug: str) -> ProductSource:
    return next(product for product in load(root, TODAY).products if product.slug == slug)


def test_everything_about_a_product_is_read(shop: Path) -> None:
    write(shop / "products/tea.md", TEA)
    tea = product(shop, "tea")
    assert tea.variants == (
        Variant(
            sku="TEA-TIN",
            product="tea",
            title="Harbour Tea",
            price=1200,
            path="/products/tea/",
            options=("Tin",),
            weight=200,
            declared=4,
            limit=20,
            gtin="4006381333931",
            release_date="2026-12-01",
            backorder="2-3 weeks",
            ships_to=("IE", "DE"),
            collections=("home",),
            reduced=True,
            handling=Days(3, 5),
        ),
        Variant(
            sku="TEA-BAG",
            product="tea",
            title="Harbour Tea",
            price=750,
            path="/products/tea/",
            options=("Bag",),
            weight=200,
            declared=0,
            limit=20,
            release_date="2026-12-01",
            backorder="2-3 weeks",
            ships_to=("IE", "DE"),
            collections=("home",),
            reduced=True,
            handling=Days(3, 5),
        ),
    )
    assert tea.variant_images == {"TEA-BAG": 1}
    assert tea.variant_contents == {"TEA-TIN": Contents(100, "g", 100), "TEA-BAG": Contents(80, "g", 100)}
    assert tea.variant_compare_at == {"TEA-TIN": 1400, "TEA-BAG": 900}
    assert tea.material == "Black tea"
    assert tea.safety == Safety(
        "Tea Makers, 2 Hill Road, Sligo, Ireland", warnings=("Hot water scalds.", "Keep it dry.")
    )
    assert (tea.added, tea.release_date) == ("2026-11-20", "2026-12-01")
    assert tea.aliases == ("/products/old-tea/", "/shop/tea.html")


@pytest.mark.parametrize(
    ("written", "contents"),
    [
        ("250 g", Contents(250, "g", 1000)),
        ("1.25 kg", Contents(1250, "g", 1000)),
        ("0.7 l", Contents(700, "ml", 1000)),
        ("75cl", Contents(750, "ml", 1000)),
        ("330 ml", Contents(330, "ml", 1000)),
        ("3 m", Contents(3000, "mm", 1000)),
        ("12.5 cm", Contents(125, "mm", 1000)),
    ],
)
def test_contents_are_counted_in_grams_millilitres_and_millimetres(
    shop: Path, written: str, contents: Contents
) -> None:
    """And priced by the kilogram, litre or metre unless the owner says otherwise."""
    write(shop / "products/mug.md", MUG.replace("price:", f"contents: {written}\nprice:"))
    assert product(shop, "mug").variant_contents == {"MUG": contents}


@pytest.mark.parametrize(
    "number", ["96385074", "036000291452", "4006381333931", "9780201379624", "10614141000415", "00012345600012"]
)
def test_gtins_of_every_length_are_read(shop: Path, number: str) -> None:
    """EAN-8, UPC-A, EAN-13, an ISBN, and GTIN-14."""
    write(shop / "products/mug.md", MUG.replace("price:", f"gtin: {number}\nprice:"))
    assert product(shop, "mug").variants[0].gtin == number


def test_what_is_made_by_hand_can_say_that_it_has_no_gtin(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("price:", "gtin: none\nprice:"))
    mug = product(shop, "mug")
    assert (mug.variants[0].gtin, mug.without_gtin) == ("", frozenset({"MUG"}))


def test_one_variant_can_have_a_gtin_and_the_other_say_that_it_has_none(shop: Path) -> None:
    print_ = PRINT.replace("    stock: 40", "    stock: 40\n    gtin: 4006381333931").replace(
        "    stock: 0", "    stock: 0\n    gtin: none"
    )
    write(shop / "products/print.md", print_)
    found = product(shop, "print")
    assert [variant.gtin for variant in found.variants] == ["4006381333931", ""]
    assert found.without_gtin == {found.variants[1].sku}


def test_a_variant_is_reduced_when_its_owner_names_a_price_before(shop: Path) -> None:
    """As it is written, whatever the history proves: what is charged must not depend on what a server fetched of it."""
    one = PRINT.replace("    price: 24.00\n", "    price: 24.00\n    compare_at: 30.00\n")
    write(shop / "products/print.md", one)
    assert [variant.reduced for variant in product(shop, "print").variants] == [True, False]
    write(shop / "products/print.md", PRINT.replace("care:", "compare_at: 120.00\ncare:"))
    assert [variant.reduced for variant in product(shop, "print").variants] == [True, True]


def test_the_last_digit_of_a_gtin_follows_from_the_others() -> None:
    """The example of https://www.gs1.org/services/how-calculate-check-digit-manually."""
    assert check_digit("629104150021") == "3"


def test_a_digital_product_is_a_file_that_weighs_nothing(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("weight: 350 g", "digital: yes"))
    mug = product(shop, "mug").variants[0]
    assert (mug.digital, mug.weight) == (True, 0)


BUNDLE = MUG.replace("weight: 350 g", "bundle: [{sku: PRINT-A4, quantity: 2}, {sku: CARD}]").replace(": MUG", ": BOTH")
CARD = MUG.replace(": MUG", ": CARD").replace("350 g", "15 g")


def test_a_bundle_takes_from_the_stock_what_is_counted_and_weighs_what_its_parts_weigh(shop: Path) -> None:
    """Forty prints are enough for twenty bundles; cards are made to order."""
    write(shop / "products/card.md", CARD)
    write(shop / "products/both.md", BUNDLE)
    both = product(shop, "both")
    assert both.bundle == (Part("PRINT-A4", 2), Part("CARD", 1))
    assert both.variants == (
        Variant(
            sku="BOTH",
            product="both",
            title="Isobar Mug",
            price=1650,
            path="/products/both/",
            weight=375,
            declared=20,
            limit=20,
            parts=(Part("PRINT-A4", 2),),
            collections=("home", "prints"),
        ),
    )


def test_a_bundle_of_what_is_made_to_order_is_made_to_order(shop: Path) -> None:
    write(shop / "products/card.md", CARD)
    write(shop / "products/both.md", BUNDLE.replace("{sku: PRINT-A4, quantity: 2}, ", ""))
    both = product(shop, "both").variants[0]
    assert (both.tracked, both.declared, both.parts) == (False, 0, ())


@pytest.mark.parametrize(
    ("own", "day"), [("", "2027-03-01"), ("2027-05-01", "2027-05-01"), ("2027-01-01", "2027-03-01")]
)
def test_a_bundle_comes_out_with_the_last_of_its_parts_or_on_its_own_later_day(shop: Path, own: str, day: str) -> None:
    """It cannot leave before; the parts are an A4 print, in stock, and a card to come."""
    write(shop / "products/card.md", CARD.replace("price:", "release_date: 2027-03-01\nprice:"))
    write(shop / "products/both.md", BUNDLE.replace("price:", f"release_date: {own}\nprice:" if own else "price:"))
    both = product(shop, "both")
    assert (both.release_date, both.variants[0].release_date) == (day, day)


def test_the_shop_says_once_who_makes_things_and_a_product_may_say_otherwise(shop: Path) -> None:
    """An importer goes with its maker: a product of another maker does not take the shop's."""
    write(shop / "shop/shop.yaml", SHOP + "safety: {maker: Small Shop Ltd, importer: 'Isle Trade, Cork'}\n")
    write(shop / "products/print.md", PRINT.replace("care:", "safety: {maker: Frame Co}\ncare:"))
    assert product(shop, "mug").safety == Safety("Small Shop Ltd", "Isle Trade, Cork")
    assert product(shop, "print").safety == Safety("Frame Co")


def test_warnings_stand_beside_the_maker_of_the_shop(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP + "safety: {maker: Small Shop Ltd}\n")
    write(shop / "products/mug.md", MUG.replace("price:", "safety: {warnings: [Gets hot.]}\nprice:"))
    assert product(shop, "mug").safety == Safety("Small Shop Ltd", warnings=("Gets hot.",))


def test_old_addresses_may_lie_below_products_and_the_journal(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("price:", "aliases: [/products/a/b, /journal/2019/mug]\nprice:"))
    assert product(shop, "mug").aliases == ("/products/a/b", "/journal/2019/mug")
