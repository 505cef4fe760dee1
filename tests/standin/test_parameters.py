"""The stand-in takes exactly what the library's generated types know."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import stripe

from functions.local.standin import Standin
from functions.local.standin.api import OPERATIONS
from functions.local.standin.errors import ApiError
from functions.local.standin.form import nested
from functions.local.standin.parameters import accept
from tests.standin.conftest import line, shipping

Create = Callable[..., stripe.checkout.Session]


def with_extra(group: dict[str, Any], *path: str) -> dict[str, Any]:
    """A copy of `group` with a `colour` at `path`."""
    if not path:
        return group | {"colour": "red"}
    return group | {path[0]: with_extra(group[path[0]], *path[1:])}


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"colour": "red"}, "colour"),
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"metadata": {"a": "b"}, "shipping_rates": ["shr_1"]}, "shipping_rates"),
        ({"payment_intent_data": {"colour": "red"}}, "payment_intent_data[colour]"),
        ({"line_items": [with_extra(line("Card", 100, 1))]}, "line_items[0][colour]"),
        (
            {"line_items": [line("Card", 100, 1), with_extra(line("Card", 100, 1), "price_data")]},
            "line_items[1][price_data][colour]",
        ),
        (
            {"line_items": [with_extra(line("Card", 100, 1), "price_data", "product_data")]},
            "line_items[0][price_data][product_data][colour]",
        ),
        (
            {"shipping_options": [with_extra(shipping("Post", 100), "shipping_rate_data", "fixed_amount")]},
            "shipping_options[0][shipping_rate_data][fixed_amount][colour]",
        ),
    ],
)
def test_an_unknown_parameter_is_refused_at_every_depth(
    create: Create, standin: Standin, changes: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(**changes)
    assert (caught.value.code, caught.value.param) == ("parameter_unknown", param)
    assert standin.sessions() == []


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"expires_at": "soon"}, "parameter_invalid_integer", "expires_at"),
        ({"expires_at": 1_800_002_000.5}, "parameter_invalid_integer", "expires_at"),
        ({"allow_promotion_codes": "maybe"}, None, "allow_promotion_codes"),
        ({"mode": "gift"}, None, "mode"),
        ({"ui_mode": "hosted"}, None, "ui_mode"),
        ({"locale": "tlh"}, None, "locale"),
        ({"submit_type": "buy"}, None, "submit_type"),
        ({"success_url": ""}, "parameter_invalid_empty", "success_url"),
        ({"success_url": {"a": "b"}}, None, "success_url"),
        ({"line_items": "print"}, None, "line_items"),
        ({"line_items": {"first": line("Card", 100, 1)}}, None, "line_items"),
        ({"custom_text": {"submit": {}, "after_submit": {"message": "Hi"}}, "mode": "gift"}, None, "mode"),
        (
            {"shipping_address_collection": {"allowed_countries": ["DE", "XX"]}},
            None,
            "shipping_address_collection[allowed_countries][1]",
        ),
        (
            {"shipping_address_collection": {"allowed_countries": []}, "custom_text": {"submit": {"x": "y"}}},
            "parameter_unknown",
            "custom_text[submit][x]",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    create: Create, changes: dict[str, Any], code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(**changes)
    assert (caught.value.code, caught.value.param) == (code, param)


@pytest.mark.parametrize(
    ("part", "param"),
    [
        ("currency", "line_items[0][price_data][currency]"),
        ("unit_amount", "line_items[0][price_data][unit_amount]"),
        ("product_data", "line_items[0][price_data][product_data]"),
    ],
)
def test_a_required_part_of_a_price_is_missed(create: Create, part: str, param: str) -> None:
    item = line("Card", 100, 1)
    del item["price_data"][part]
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[item])
    assert caught.value.param == param


def test_a_product_needs_a_name(create: Create) -> None:
    item = line("Card", 100, 1)
    del item["price_data"]["product_data"]["name"]
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[item])
    expected = ("parameter_missing", "line_items[0][price_data][product_data][name]")
    assert (caught.value.code, caught.value.param) == expected


@pytest.mark.parametrize("currency", ["EUR", "xxx", "euro"])
def test_a_currency_is_a_supported_one_in_small_letters(create: Create, currency: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Card", 100, 1, currency)], shipping_options=None)
    assert caught.value.param == "line_items[0][price_data][currency]"


def test_the_types_of_every_operation_can_be_read() -> None:
    for (method, path), operation in OPERATIONS.items():
        with pytest.raises(ApiError, match="unknown parameter: colour"):
            accept(operation.params, {"colour": "red"})
        assert method in ("GET", "POST", "DELETE")
        assert path.startswith("/v1/")


def test_brackets_nest() -> None:
    pairs = [("a[0][b]", "1"), ("a[1][b]", "2"), ("c", ""), ("d[]", "x"), ("d[]", "y")]
    assert nested(pairs) == {
        "a": {"0": {"b": "1"}, "1": {"b": "2"}},
        "c": "",
        "d": {"0": "x", "1": "y"},
    }


@pytest.mark.parametrize("name", ["a[", "[a]", "a]b", "", "a[b]c"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(ApiError, match="cannot be read"):
        nested([(name, "1")])


@pytest.mark.parametrize("pairs", [[("a", "1"), ("a[b]", "2")], [("a[b]", "2"), ("a", "1")]])
def test_a_name_is_a_value_or_a_group_and_not_both(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ApiError, match="once as a group"):
        nested(pairs)


def test_decimals_are_exact(create: Create, client: stripe.StripeClient) -> None:
    item = line("Screw", 0, 3)
    item["price_data"] = item["price_data"] | {"unit_amount": None, "unit_amount_decimal": Decimal("33.5")}
    session = create(line_items=[item], shipping_options=None)
    assert session.amount_total == 101
