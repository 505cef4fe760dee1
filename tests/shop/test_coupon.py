"""Coupons: whoever enters a code that changes nothing reads why, and what to do."""

from dataclasses import replace
from typing import Any

import pytest

from functions.shop.cart import CartLine
from functions.shop.catalogue import Variant
from functions.shop.coupon import CodeProblem, coupon_problem
from functions.shop.day import ENGLISH
from functions.shop.obstacle import Hurdle
from functions.shop.promotion import BundlePart, Conditions, Kind, Promotion, Selection, Tier
from functions.shop.sentence import Sentence
from tests.shop.promoted import OCCASION, lines, occasion, promotion

TEN = promotion(Kind.PERCENT, "ten", percent=1000, code="TEN")
SEA_BIRDS = Selection(collections=("prints",), names=("Sea Birds", "Mug"))
MUGS = Selection(skus=("MUG",), names=("Mug",))


def message(rule: Promotion, *others: Promotion, cart: dict[str, int] | None = None, **changes: Any) -> str:
    """What is said about the code TEN."""
    then = occasion(codes=("TEN",), **changes)
    found = coupon_problem("ten", [*others, rule], lines(**(cart or {"PRINT": 1, "CARD": 1})), then)
    return found.message if found else ""


@pytest.mark.parametrize(
    ("conditions", "changes", "said"),
    [
        ({}, {}, ""),
        ({"starts": "2026-12-24T00:00"}, {}, "TEN is not valid before 24 December 2026. Please come back then."),
        (
            {"starts": "2026-12-24T18:30"},
            {},
            "TEN is not valid before 24 December 2026, 18:30. Please come back then.",
        ),
        ({"ends": "2026-12-01T00:00"}, {}, "TEN was valid until 30 November 2026. Please remove it."),
        ({"ends": "2026-12-05T09:00"}, {}, "TEN was valid until 5 December 2026, 09:00. Please remove it."),
        ({"uses": 3}, {"uses": {"ten": 3}}, "TEN has been used as often as it could be. Please remove it."),
        (
            {"countries": ("GB", "DE")},
            {},
            "TEN is only for United Kingdom and Germany. Please choose another destination or remove the code.",
        ),
        ({"first_order": True}, {}, "TEN depends on who orders. Please enter your e-mail address."),
        (
            {"first_order": True},
            {"customer": "ada"},
            "TEN is only for a first order, and you have ordered before. Please remove it.",
        ),
        (
            {"uses_per_customer": 1},
            {"customer": "ada", "own_uses": {"ten": 1}},
            "You have used TEN already. Please remove it.",
        ),
        ({"min_goods": 5000}, {}, "TEN is only for €50.00 or more. Please add €23.50."),
        (
            {"max_goods": 2000},
            {},
            "TEN is only for up to €20.00, and your cart holds €6.50 more. Please remove the code.",
        ),
        ({"min_pieces": 5}, {}, "TEN needs more pieces. Please add 3."),
        ({"max_pieces": 1}, {}, "TEN is only for up to 1 pieces. Please take out 1, or remove the code."),
    ],
)
def test_a_condition_that_does_not_hold_is_said_with_what_to_do(
    conditions: dict[str, Any], changes: dict[str, Any], said: str
) -> None:
    assert message(replace(TEN, conditions=Conditions(**conditions)), **changes) == said


@pytest.mark.parametrize(
    ("goods", "conditions", "cart", "said"),
    [
        (SEA_BIRDS, {}, {"CARD": 1}, "TEN is only for Sea Birds and Mug, and your cart holds none. Please add some."),
        (
            replace(SEA_BIRDS, names=()),
            {},
            {"CARD": 1},
            "Nothing in your cart goes with TEN (Ten). Please add something that does.",
        ),
        (MUGS, {"min_goods": 2000}, {"MUG": 1}, "TEN is only for €20.00 or more of Mug. Please add €3.50."),
        (MUGS, {"min_pieces": 3}, {"MUG": 1}, "TEN needs more of Mug. Please add 2."),
        (
            MUGS,
            {"max_goods": 2000},
            {"MUG": 2},
            "TEN is only for up to €20.00 of Mug, and you have €13.00 more. Please remove the code.",
        ),
        (
            MUGS,
            {"max_pieces": 1},
            {"MUG": 2},
            "TEN is only for up to 1 of Mug. Please take out 1, or remove the code.",
        ),
    ],
)
def test_goods_are_called_by_their_names(
    goods: Selection, conditions: dict[str, Any], cart: dict[str, int], said: str
) -> None:
    assert message(replace(TEN, goods=goods, conditions=Conditions(**conditions)), cart=cart) == said


@pytest.mark.parametrize(
    ("kind", "gives", "cart", "said"),
    [
        (Kind.TIERS, {"tiers": (Tier(3, 1000),)}, {"CARD": 2, "MUG": 1}, "TEN needs more pieces. Please add 1."),
        (Kind.BUY_GET, {"buy": 2, "get": 1}, {"CARD": 1}, "TEN needs more pieces. Please add 2."),
        (
            Kind.BUY_GET,
            {"buy": 2, "get": 1, "reward": MUGS, "goods": SEA_BIRDS},
            {"PRINT": 2},
            "TEN needs more of Mug. Please add 1.",
        ),
        (
            Kind.BUNDLE,
            {"amount": 1000, "parts": (BundlePart(SEA_BIRDS), BundlePart(MUGS, 2))},
            {"PRINT": 1, "MUG": 1},
            "TEN needs more of Mug. Please add 1.",
        ),
        (
            Kind.FREE_SHIPPING,
            {"rates": ("gb-free",)},
            {"CARD": 1},
            "TEN is for a way of shipping that this cart does not have. Please remove it.",
        ),
        (
            Kind.GIFT,
            {"gift": CartLine("GIFT", 51)},
            {"CARD": 1},
            "The gift that comes with TEN is not to be had now. Please remove the code.",
        ),
        (
            Kind.FIXED_PRICE,
            {"amount": 9000},
            {"CARD": 1},
            "TEN would change nothing for this cart. Please remove it.",
        ),
    ],
)
def test_what_is_missing_for_its_kind_is_said(
    kind: Kind, gives: dict[str, Any], cart: dict[str, int], said: str
) -> None:
    assert message(promotion(kind, "ten", code="TEN", percent=10_000, **gives), cart=cart) == said


def test_what_cannot_be_helped_is_said_before_what_can() -> None:
    rules = Conditions(ends="2026-12-01T00:00", min_goods=9000, first_order=True)
    assert message(replace(TEN, conditions=rules)) == "TEN was valid until 30 November 2026. Please remove it."


def test_a_code_that_saves_less_than_others_with_which_it_does_not_combine_says_so() -> None:
    more = promotion(Kind.PERCENT, "more", percent=1100)
    said = "TEN does not combine with More. You save as much or more without it; please remove it."
    assert message(replace(TEN, combines=False), more) == said
    assert message(TEN, replace(more, combines=False)) == said
    assert message(replace(TEN, combines=False), more, promotion(Kind.AMOUNT, "cent", amount=1)) == (
        "TEN does not combine with More and Cent. You save as much or more without it; please remove it."
    )


def test_a_code_to_which_others_leave_nothing_says_so() -> None:
    everything = promotion(Kind.PERCENT, "all", percent=10_000)
    assert message(TEN, everything) == "TEN adds nothing to All. Please remove it."


def test_a_better_code_needs_no_words_though_it_does_not_combine() -> None:
    assert message(replace(TEN, combines=False), promotion(Kind.PERCENT, "less", percent=900)) == ""


def test_days_are_written_as_the_shop_writes_them() -> None:
    days = replace(ENGLISH, whole="{d}.{M}.{y}")
    rule = replace(TEN, conditions=Conditions(starts="2026-12-24T18:30"))
    assert message(rule, days=days) == "TEN is not valid before 24.12.2026, 18:30. Please come back then."
    rule = replace(TEN, conditions=Conditions(ends="2026-12-01T00:00"))
    assert message(rule, days=days) == "TEN was valid until 30.11.2026. Please remove it."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("TENN", "TENN"),
        ("  no   such code ", "no such code"),
        ("", ""),
        ("-", "-"),
        ("x" * 500, "x" * 40),
        ("<b>TEN</b>", "<b>TEN</b>"),
    ],
)
def test_an_unknown_code_is_repeated_as_far_as_it_helps(typed: str, shown: str) -> None:
    """As text; a template escapes it. An automatic promotion, which has no code, is never found."""
    problem = coupon_problem(typed, [TEN, replace(TEN, code="")], lines(CARD=1), OCCASION)
    unknown = Sentence("There is no code “{code}”. Please check how it is written.", code=shown)
    assert problem == CodeProblem(shown, unknown)


def test_a_problem_says_which_hurdle_it_is_so_that_a_page_can_ask_for_the_address() -> None:
    rule = replace(TEN, conditions=Conditions(uses_per_customer=1))
    problem = coupon_problem("t-e-n", [rule], lines(CARD=1), occasion(codes=("t-e-n",)))
    assert problem is not None
    assert (problem.code, problem.hurdle) == ("TEN", Hurdle.UNKNOWN_CUSTOMER)


def test_an_empty_cart_holds_nothing_that_goes_with_a_code() -> None:
    problem = coupon_problem("TEN", [TEN], [], OCCASION)
    assert problem is not None
    assert problem.hurdle is Hurdle.NOTHING_FITS


def test_a_gift_that_is_no_longer_sold_is_gone() -> None:
    gift = promotion(Kind.GIFT, "ten", code="TEN", gift=CartLine("GIFT", 1))
    variants: dict[str, Variant] = {sku: one for sku, one in OCCASION.variants.items() if sku != "GIFT"}
    assert message(gift, variants=variants).startswith("The gift that comes with TEN is not to be had now.")
