"""What functions get of promotions: names for their goods, and what collections have picked by hand."""

from dataclasses import replace

from functions.shop.promotion import BundlePart, Kind, Promotion, Selection
from plugins.promotions import Goods, completed

GOODS = Goods(
    {"prints": "Prints", "gifts": "Gifts under 30", "home": "Home", "new": "New"},
    {"prints": (), "gifts": ("mug", "card"), "home": (), "new": ()},
    {"mug": "Isobar Mug", "card": "Card", "tern": "Arctic Terns"},
    {"TERN-A4": "Arctic Terns", "TERN-A3": "Arctic Terns", "MUG": "Isobar Mug"},
)


def of(selection: Selection) -> Selection:
    (promotion,) = completed([Promotion("one", "One", Kind.PERCENT, goods=selection)], GOODS)
    return promotion.goods


def test_goods_are_called_by_the_titles_of_their_files() -> None:
    assert of(Selection()) == Selection()
    assert of(Selection(collections=("prints",), products=("mug",), skus=("TERN-A4", "TERN-A3"))) == Selection(
        ("TERN-A4", "TERN-A3"), ("mug",), ("prints",), names=("Prints", "Isobar Mug", "Arctic Terns")
    )


def test_more_than_four_names_are_not_told_one_by_one() -> None:
    four = Selection(collections=("prints", "gifts", "home", "new"))
    assert of(four).names == ("Prints", "Gifts under 30", "Home", "New")
    assert of(replace(four, products=("tern",))).names == ()


def test_what_a_collection_picked_by_hand_belongs_to_it() -> None:
    """Those products do not name it themselves, so their variants do not know."""
    assert of(Selection(collections=("gifts",), products=("card",))).products == ("card", "mug")


def test_every_selection_of_a_promotion_is_completed() -> None:
    gifts = Selection(collections=("gifts",))
    whole = Selection(products=("mug", "card"), collections=("gifts",), names=("Gifts under 30",))
    one = Promotion("one", "One", Kind.BUNDLE, goods=gifts, reward=gifts, parts=(BundlePart(gifts, 2),))
    assert completed([one], GOODS) == (replace(one, goods=whole, reward=whole, parts=(BundlePart(whole, 2),)),)
