"""What can be bought is written without what goes without saying, and read back the same."""

import json
from dataclasses import MISSING, fields, replace

import pytest

from functions.shop.catalogue import Availability, Part, Variant
from functions.shop.record import from_json, to_json
from functions.shop.working_days import Days
from plugins.pictures import Picture
from plugins.release import canonical_json
from plugins.variant_lines import variant_json, variants_json
from plugins.views import Offer
from tests.plugins.rich_shop import VARIANTS

BARE = Variant("CARD", "card", "Card", 0, "/products/card/")
RICHER = {
    "price": 5, "options": ("ü",), "weight": 5, "tracked": False, "declared": 5, "image": "/i.jpg", "limit": 5,
    "gtin": "4006381333931", "release_date": "2026-12-24", "backorder": "2–3 weeks", "digital": True,
    "ships_to": ("IE",), "parts": (Part("A", 1), Part("B", 2)), "collections": ("prints", "new"), "reduced": True,
    "size": (45, 35, 4), "surcharge": 5, "tax": "books", "gift_card": True, "handling": Days(3, 5), "file": "map.pdf",
}  # fmt: skip
"""Every field that can say nothing, saying something."""
STRANGE = replace(BARE, title='Ä "b" \\ </c>\n', options=("ü", '"'), gtin="\u2028", limit=5)
BUNDLE = replace(BARE, tracked=False, parts=(Part("A", 1), Part("B", 2)), ships_to=("IE",))


def test_a_line_for_each_with_its_sku_before_a_tab_and_the_smallest_size_of_its_picture_for_the_cart() -> None:
    """As JPEG, which every browser and mail program shows; the product's first one where it has none of its own."""
    pictures = [Picture("", 480, 320, "", "", "", small=f"/{name}-480.jpg", original="") for name in ("first", "own")]
    dear = replace(BARE, sku="B", price=5, declared=9)
    told = variants_json([Offer(BARE, Availability.OUT), Offer(dear, Availability.IN, image=1)], pictures)
    assert told == (
        'CARD\t{"image":"/first-480.jpg","path":"/products/card/","price":0,"product":"card","sku":"CARD","title":"Card"}\n'
        'B\t{"declared":9,"image":"/own-480.jpg","path":"/products/card/","price":5,"product":"card","sku":"B",'
        '"title":"Card"}'
    )


def test_what_a_variant_seldom_says_leaves_its_picture_as_it_is() -> None:
    """What is sent abroad only is written another way."""
    abroad = replace(BARE, ships_to=("IE",))
    assert json.loads(variant_json(abroad, "/i.jpg")) == json.loads(variant_json(replace(abroad, image="/i.jpg")))
    assert json.loads(variant_json(abroad, "/i.jpg"))["image"] == "/i.jpg"


def test_a_variant_without_anything_beside_is_told_in_five_fields() -> None:
    """Its price of 0 is among them."""
    assert variant_json(BARE) == '{"path":"/products/card/","price":0,"product":"card","sku":"CARD","title":"Card"}'


@pytest.mark.parametrize("variant", [*VARIANTS, BARE, STRANGE, BUNDLE])
def test_it_is_canonical_json_from_which_the_variant_can_be_read(variant: Variant) -> None:
    text = variant_json(variant)
    assert text == canonical_json(json.loads(text))
    assert from_json(Variant, json.loads(text)) == variant


@pytest.mark.parametrize("name", [field.name for field in fields(Variant) if field.default is not MISSING] + ["price"])
def test_whatever_a_field_says_is_told_and_nothing_else(name: str) -> None:
    told = json.loads(variant_json(replace(BARE, **{name: RICHER[name]})))  # type: ignore[arg-type]
    expected = json.loads(json.dumps(to_json(RICHER[name])))
    assert told == json.loads(variant_json(BARE)) | {name: expected}
