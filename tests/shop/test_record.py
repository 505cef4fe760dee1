"""Records: dataclasses as JSON and back, also when the JSON is older or newer than the code."""

import json
from dataclasses import replace

import pytest

from functions.shop.catalogue import Variant
from functions.shop.facts import RefundFacts
from functions.shop.message import Kind, Message
from functions.shop.note import NO_NOTES, Notes
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.record import from_json, to_json
from functions.shop.refunds import refunded
from functions.shop.settings import Settings
from functions.shop.settling import decide
from functions.shop.state import State
from tests.shop.sample import ADA, NOW, facts, placed
from tests.small_shop import PRINT_A4, SETTINGS, VARIANTS

PAID = decide(placed(), facts(amount=3349), NOW + 60).order
INTENDED = Refund("key-1", "pi_1", 100, "Sorry.", NOW)
MADE = RefundFacts("re_1", "pi_1", 100, "succeeded", "key-1", NOW)
FULL = refunded(
    replace(
        PAID,
        version=7,
        epoch=2,
        pay_url="https://pay.example/1",
        refunds=(INTENDED,),
        notes=Notes("Hello\nAda", "Bell"),
    ),
    "key-1",
    MADE,
    NOW,
)


def through_text(value: object) -> object:
    """What a store gives back: the value's JSON, written and read."""
    return json.loads(json.dumps(to_json(value)))


def test_an_order_with_everything_in_it_comes_back_the_same() -> None:
    assert FULL.state is State.PAID
    assert FULL.held
    assert len(FULL.messages) == 3
    assert FULL.payments
    assert FULL.address == ADA
    assert from_json(Order, through_text(FULL)) == FULL


def test_an_order_with_almost_nothing_in_it_comes_back_the_same() -> None:
    bare = replace(placed(), lines=(), shipping=None)
    assert from_json(Order, through_text(bare)) == bare


def test_what_comes_back_has_the_right_types_and_not_only_equal_values() -> None:
    found = from_json(Order, through_text(FULL))
    assert type(found.state) is State
    assert type(found.lines) is tuple
    assert type(found.messages[0]) is Message
    assert type(found.messages[0].kind) is Kind
    assert found.shipping is not None
    assert str(found.shipping.days) == "1–3"


def test_settings_and_variants_come_back_the_same() -> None:
    assert from_json(Settings, through_text(SETTINGS)) == SETTINGS
    assert [from_json(Variant, through_text(variant)) for variant in VARIANTS] == list(VARIANTS)


def test_a_variant_is_written_as_plain_json() -> None:
    assert to_json(PRINT_A4) == {
        "sku": "PRINT-A4", "product": "print", "title": "Print", "price": 2400, "path": "/products/print/",
        "options": ["A4", "Oak"], "weight": 180, "tracked": True, "declared": 3, "image": "", "limit": 99,
        "gtin": "", "release_date": "", "backorder": "", "digital": False, "ships_to": [], "parts": [],
        "collections": [], "reduced": False,
        "size": [], "surcharge": 0,
        "tax": "standard", "gift_card": False, "handling": None, "file": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "default"),
    [
        ("session", ""), ("pay_url", ""), ("email", ""), ("address", None), ("paid_at", 0), ("held", ""),
        ("payments", ()), ("refunds", ()), ("messages", ()), ("epoch", 0), ("postcode", ""), ("region", ""),
        ("schema", 1),
        ("taxes", ()), ("vat_id", ""), ("dispatch_by", ""), ("arrives_from", ""), ("arrives_to", ""),
        ("notes", NO_NOTES),
    ],
)  # fmt: skip
def test_a_field_that_is_younger_than_the_record_takes_its_default(field: str, default: object) -> None:
    data = through_text(FULL)
    assert isinstance(data, dict)
    del data[field]
    assert from_json(Order, data) == replace(FULL, **{field: default})  # type: ignore[arg-type]


def test_fields_of_things_inside_take_their_defaults_too() -> None:
    data = through_text(FULL)
    assert isinstance(data, dict)
    for line in data["lines"]:
        del line["limit"], line["image"], line["parts"]
        del line["backorder"], line["backordered"], line["release_date"], line["digital"], line["tax"]
    del data["messages"][0]["attempts"]
    assert from_json(Order, data) == FULL


def test_fields_of_a_newer_release_are_left_out() -> None:
    data = through_text(FULL)
    assert isinstance(data, dict)
    data["weather"] = 12
    data["lines"][0]["ribbon"] = {"colour": "red"}
    assert from_json(Order, data) == FULL


def test_a_state_that_nobody_knows_is_an_error_and_never_guessed() -> None:
    data = through_text(FULL)
    assert isinstance(data, dict)
    with pytest.raises(ValueError, match="teleported"):
        from_json(Order, data | {"state": "teleported"})
