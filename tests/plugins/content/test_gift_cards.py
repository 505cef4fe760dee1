"""Gift cards and points as owners write them."""

from pathlib import Path

import pytest

from functions.shop.points import Points
from plugins.content import ContentFaults, load
from tests.plugins.content.sample import FILES, TODAY, write

MUG = FILES["products/mug.md"]
CARD = MUG.replace("weight: 350 g\n", "gift_card: yes\n")
_PER = "for how much of goods customers get something back, like 1.00"
_FREE = "so everything would be free in the end"


def said(shop: Path) -> list[str]:
    """Every fault of the shop."""
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    return [str(fault) for fault in raised.value.faults]


def test_a_gift_card_is_a_code_that_needs_no_parcel_and_ten_are_the_most(shop: Path) -> None:
    write(shop / "products/mug.md", CARD)
    [variant] = next(product for product in load(shop, TODAY).products if product.slug == "mug").variants
    assert (variant.gift_card, variant.digital, variant.price, variant.limit, variant.weight) == (
        True,
        True,
        1650,
        10,
        0,
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("weight: 350 g", "11:1: weight: weighs down a gift card, which is a code; delete this line"),
        ("digital: yes", "11:1: digital: need not be said of a gift card; delete this line"),
        (
            "compare_at: 20.00",
            "11:1: compare_at: is no price of a gift card, which is worth what it costs; delete this line",
        ),
        (
            "backorder: 2 weeks\nstock: 3",
            "11:1: backorder: makes a gift card wait, which is sent at once; delete this line",
        ),
        (
            "release_date: 2027-01-01",
            "11:1: release_date: makes a gift card wait, which is sent at once; delete this line",
        ),
    ],
)
def test_what_a_gift_card_cannot_have_is_named_with_its_line(shop: Path, line: str, sentence: str) -> None:
    write(shop / "products/mug.md", CARD.replace("gift_card: yes\n", f"gift_card: yes\n{line}\n"))
    assert said(shop) == [f"content/products/mug.md:{sentence}"]


def test_a_gift_card_that_costs_nothing_is_worth_nothing(shop: Path) -> None:
    write(shop / "products/mug.md", CARD.replace("16.50", "0.00"))
    advice = "is nothing, but a gift card is worth what it costs; write an amount, like 25.00"
    assert said(shop) == [f"content/products/mug.md:9:8: price: {advice}"]


def test_points_stand_in_promotions_yaml_with_or_without_promotions(shop: Path) -> None:
    write(shop / "shop/promotions.yaml", "points: {per: 1.00, worth: 0.05}\n")
    promotions = load(shop, TODAY).promotions
    assert (promotions.rules, promotions.points) == ((), Points(100, 5))


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("{per: 0.00, worth: 0.05}", f"15: per: is nothing; write {_PER}"),
        ("{per: 1.00, worth: 0.00}", "28: worth: is nothing; write how much customers get back, or delete points:"),
        ("{per: 1.00, worth: 1.00}", f"28: worth: is not below per, {_FREE}; write less, like 0.05"),
        ("{per: 1.00}", "9: worth: is missing; write worth: and how much they get back for that, like 0.05"),
        ("{per: 1 point, worth: 0.05}", "15: per: '1 point' is no amount in EUR; write it like 24.00"),
    ],
)
def test_points_that_make_no_sense_are_named_with_what_to_write(shop: Path, points: str, sentence: str) -> None:
    write(shop / "shop/promotions.yaml", f"points: {points}\n")
    assert said(shop) == [f"content/shop/promotions.yaml:1:{sentence}"]
