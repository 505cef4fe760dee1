"""What can be bought is written without what goes without saying, and read back the same."""

import json
from dataclasses import MISSING, fields, replace

import pytest

from functions.shop.catalogue import Part, Variant
from functions.shop.record import from_json, to_json
from functions.shop.working_days import Days
from plugins.release import canonical_json
from plugins.variant_lines import variant_json, variants_json
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


def test_a_line_for_each_with_its_sku_before_a_tab() -> None:
    """A variant without anything beside is told in five fields, its price of 0 among them."""
    assert variants_json([BARE, replace(BARE, sku="B", price=5, declared=9)]) == (
        'CARD\t{"path":"/products/card/","price":0,"product":"card","sku":"CARD","title":"Card"}\n'
        'B\t{"declared":9,"path":"/products/card/","price":5,"product":"card","sku":"B","title":"Card"}'
    )


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
