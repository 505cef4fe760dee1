"""Nudges: what could be added to save more, said only where it would come on top."""

from dataclasses import replace
from typing import Any

import pytest

from functions.shop.cart import CartLine
from functions.shop.discount import discounts
from functions.shop.money import MoneyFormat
from functions.shop.nudge import Nudge, nudges
from functions.shop.promotion import Conditions, Kind, Promotion, Selection, Tier
from functions.shop.sentence import Sentence
from tests.shop.promoted import PRINTS, lines, occasion, promotion

FIFTY = Conditions(min_goods=5000)
PRINTS_BY_NAME = replace(PRINTS, names=("Sea Birds",))


def told(*rules: Promotion, cart: dict[str, int], **changes: Any) -> tuple[Nudge, ...]:
    """The nudges for a cart on which the promotions are in force."""
    then, wanted = occasion(**changes), lines(**cart)
    return nudges(rules, discounts(rules, wanted, then), wanted, then)


def said(*rules: Promotion, cart: dict[str, int], **changes: Any) -> list[str]:
    return [nudge.message for nudge in told(*rules, cart=cart, **changes)]


POST = promotion(Kind.FREE_SHIPPING, "post", conditions=FIFTY)
BAG = promotion(Kind.GIFT, "bag", gift=CartLine("GIFT", 1), conditions=FIFTY)
LESS = promotion(Kind.PERCENT, "winter", percent=1000, conditions=FIFTY)


def test_what_is_missing_in_money_is_told() -> None:
    assert told(POST, BAG, LESS, cart={"PRINT": 2}) == (
        Nudge("post", Sentence("Add €2.00 for free shipping."), amount=200),
        Nudge("bag", Sentence("Add €2.00 and get Tote bag as a gift."), amount=200),
        Nudge("winter", Sentence("Add €2.00 for Winter."), amount=200),
    )
    assert told(POST, BAG, LESS, cart={"PRINT": 2, "CARD": 1}) == ()


def test_what_is_missing_in_pieces_is_told() -> None:
    three = Conditions(min_pieces=3)
    rules = [replace(rule, conditions=three) for rule in (POST, BAG, LESS)]
    assert told(*rules, cart={"PRINT": 2}) == (
        Nudge("post", Sentence("Add 1 more for free shipping."), pieces=1),
        Nudge("bag", Sentence("Add 1 more and get Tote bag as a gift."), pieces=1),
        Nudge("winter", Sentence("Add 1 more for Winter."), pieces=1),
    )


def test_goods_are_named_where_only_some_count() -> None:
    rules = [replace(rule, goods=PRINTS_BY_NAME) for rule in (POST, BAG, LESS)]
    assert said(*rules, cart={"PRINT": 2, "MUG": 9}) == [
        "Add €2.00 of Sea Birds for free shipping.",
        "Add €2.00 of Sea Birds and get Tote bag as a gift.",
        "Add €2.00 of Sea Birds for Winter.",
    ]
    assert said(*rules, cart={"MUG": 1}) == []


@pytest.mark.parametrize(
    ("cards", "message"),
    [
        (1, "Add 2 more of Card and save 10%."),
        (2, "Add 1 more of Card and save 10%."),
        (3, "Add 3 more of Card and each costs €2.00."),
        (6, ""),
    ],
)
def test_the_next_tier_is_told_for_the_line_that_is_nearest(cards: int, message: str) -> None:
    tiers = promotion(Kind.TIERS, tiers=(Tier(3, 1000), Tier(6, price=200)))
    other = {"MUG": 50} if cards == 6 else {}
    assert said(tiers, cart={"CARD": cards, **other}) == ([message] if message else [])


def test_tiers_of_all_pieces_together_name_the_goods() -> None:
    tiers = promotion(Kind.TIERS, tiers=(Tier(3, 1250), Tier(6, price=200)), together=True)
    assert said(tiers, cart={"CARD": 1, "MUG": 1}) == ["Add 1 more and save 12.5%."]
    assert said(tiers, cart={"CARD": 4, "MUG": 1}) == ["Add 1 more and each costs €2.00."]
    assert said(replace(tiers, goods=PRINTS_BY_NAME), cart={"PRINT": 2}) == ["Add 1 more of Sea Birds and save 12.5%."]


@pytest.mark.parametrize(
    ("change", "cards"), [({"stock": {"CARD": 5}}, 2), ({"stock": {"CARD": 4}}, 2), ({}, 2), ({}, 50)]
)
def test_a_tier_is_not_told_when_there_is_not_enough_for_it(change: dict[str, Any], cards: int) -> None:
    tiers = promotion(Kind.TIERS, tiers=(Tier(5, 1000), Tier(60, 2000)))
    told_of = said(tiers, cart={"CARD": cards}, **change)
    enough = change.get("stock", {"CARD": 50})["CARD"] >= 5 and cards < 5
    assert told_of == (["Add 3 more of Card and save 10%."] if enough else [])


def test_a_tier_beyond_the_most_pieces_is_not_told() -> None:
    tiers = promotion(Kind.TIERS, tiers=(Tier(3, 1000), Tier(6, 2000)), conditions=Conditions(max_pieces=4))
    assert said(tiers, cart={"CARD": 2}) == ["Add 1 more of Card and save 10%."]
    assert said(tiers, cart={"CARD": 3}) == []


@pytest.mark.parametrize(
    ("cards", "messages"),
    [(1, ["Add 2 more for Tenth."]), (2, ["Add 1 more for Tenth."]), (3, []), (5, ["Add 1 more for Tenth."])],
)
def test_pieces_that_come_with_what_is_bought_are_told(cards: int, messages: list[str]) -> None:
    assert said(promotion(Kind.BUY_GET, buy=2, get=1, percent=10_000), cart={"CARD": cards}) == messages


def test_something_else_that_comes_with_what_is_bought_is_told() -> None:
    mugs = Selection(skus=("MUG",), names=("Mug",))
    half = promotion(Kind.BUY_GET, "half", buy=1, get=1, percent=5000, goods=PRINTS, reward=mugs)
    assert said(half, cart={"PRINT": 1}) == ["Add 1 more of Mug for Half."]
    assert said(half, cart={"PRINT": 3, "MUG": 1}) == ["Add 2 more of Mug for Half."]
    assert said(half, cart={"PRINT": 1, "MUG": 1}) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (POST, {"shipping": {}}),
        (BAG, {"stock": {"GIFT": 0}}),
        (replace(LESS, conditions=replace(FIFTY, ends="2026-12-01T00:00")), {}),
        (replace(LESS, conditions=replace(FIFTY, countries=("GB",))), {}),
        (replace(LESS, conditions=replace(FIFTY, first_order=True)), {}),
        (replace(LESS, code="WINTER"), {}),
        (replace(LESS, code="WINTER"), {"codes": ("WINTER",)}),
    ],
)
def test_what_adding_would_not_bring_about_is_not_told(rule: Promotion, changes: dict[str, Any]) -> None:
    assert said(rule, cart={"PRINT": 1}, **changes) == []


def test_percentages_are_written_as_prices_are() -> None:
    tiers = promotion(Kind.TIERS, "tiers", tiers=(Tier(3, percent=750),), goods=Selection(skus=("CARD",)))
    german = MoneyFormat("EUR", 2, decimal=",", suffix="\N{NO-BREAK SPACE}€")
    assert said(tiers, cart={"CARD": 2}, money=german) == ["Add 1 more of Card and save 7,5%."]


def test_nothing_is_told_that_would_not_come_on_top() -> None:
    alone = promotion(Kind.AMOUNT, "alone", amount=900, combines=False)
    together = promotion(Kind.AMOUNT, "together", amount=900)
    cart = {"PRINT": 1}
    assert said(alone, POST, cart=cart) == []
    assert said(together, POST, cart=cart) == ["Add €26.00 for free shipping."]
    assert said(together, replace(POST, combines=False), cart=cart) == []
    assert said(replace(POST, combines=False), cart=cart) == ["Add €26.00 for free shipping."]
