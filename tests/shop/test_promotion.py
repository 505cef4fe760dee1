"""Promotions: what each kind takes off which line, when it applies, and how several get along."""

from dataclasses import replace

import pytest

from functions.shop.cart import CartLine
from functions.shop.catalogue import Part, Variant
from functions.shop.discount import Claim, Discount, claims, discounts, line_discounts
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat
from functions.shop.occasion import Occasion
from functions.shop.promotion import (
    BundlePart,
    Conditions,
    Kind,
    Promotion,
    Selection,
    Tier,
    code_key,
)
from functions.shop.record import from_json, to_json
from tests.shop.promoted import CARD, GIFT, MUG, OCCASION, PRINTS, VARIANTS, lines, occasion, off, promotion, saved_by

TENTH = promotion(Kind.PERCENT, percent=1000)
FIVE_OFF = promotion(Kind.AMOUNT, "five", amount=500)


# Percentages and amounts


def test_a_percentage_comes_off_every_line() -> None:
    assert off(TENTH, lines(PRINT=1, MUG=2)) == (240, 330)


@pytest.mark.parametrize(
    ("percent", "amounts"),
    [
        (1000, (25, 25, 25)),
        (50, (2, 1, 1)),  # 3.75 cents in all, rounded to 4: the first gets the one that is left over
        (1, ()),  # 0.075 cents
        (10_000, (250, 250, 250)),
        (3333, (84, 83, 83)),  # 249.975 cents
    ],
)
def test_a_percentage_is_rounded_once_and_spread_over_the_lines(percent: int, amounts: tuple[int, ...]) -> None:
    three = [replace(lines(CARD=1)[0], sku=sku) for sku in ("CARD", "CARD-2", "CARD-3")]
    variants = VARIANTS | dict.fromkeys(("CARD-2", "CARD-3"), CARD)
    assert off(replace(TENTH, percent=percent), three, replace(OCCASION, variants=variants)) == amounts


@pytest.mark.parametrize(("percent", "amount"), [(1999, 50), (2000, 50), (2100, 53), (1020, 26), (1019, 25)])
def test_half_a_cent_is_rounded_up(percent: int, amount: int) -> None:
    """10.20 % of 2.50 are 25.5 cents."""
    assert off(replace(TENTH, percent=percent), lines(CARD=1)) == (amount,)


@pytest.mark.parametrize(
    ("currency", "price", "amount"),
    [("JPY", 995, 100), ("JPY", 994, 99), ("KWD", 12_350, 1240), ("KWD", 12_340, 1230), ("ISK", 99_500, 10_000)],
)
def test_a_percentage_is_a_multiple_of_what_the_currency_is_paid_in(currency: str, price: int, amount: int) -> None:
    """Dinars are paid in steps of 10, krónur in steps of 100 minor units."""
    line = replace(lines(CARD=1)[0], unit_price=price, total=price)
    assert off(TENTH, [line], replace(OCCASION, money=MoneyFormat(currency, 2))) == (amount,)


def test_an_amount_is_spread_by_what_the_lines_cost_and_ends_with_them() -> None:
    assert off(FIVE_OFF, lines(PRINT=1, CARD=2)) == (414, 86)
    assert off(FIVE_OFF, lines(CARD=1)) == (250,)


def test_a_fixed_price_brings_down_what_costs_more_and_leaves_alone_what_costs_less() -> None:
    flat = promotion(Kind.FIXED_PRICE, amount=1000)
    assert off(flat, lines(PRINT=2, MUG=1, CARD=3)) == (2800, 650, 0)


# Tiers


DOZEN = promotion(Kind.TIERS, tiers=(Tier(3, percent=1000), Tier(6, price=200)))


@pytest.mark.parametrize(("cards", "amount"), [(1, ()), (2, ()), (3, (75,)), (5, (125,)), (6, (300,)), (20, (1000,))])
def test_the_last_tier_that_is_reached_holds_for_all_pieces(cards: int, amount: tuple[int, ...]) -> None:
    assert off(DOZEN, lines(CARD=cards)) == amount


def test_each_sku_is_counted_by_itself_unless_they_are_counted_together() -> None:
    two_and_two = lines(CARD=2, MUG=2)
    assert off(DOZEN, two_and_two) == ()
    assert off(replace(DOZEN, together=True), two_and_two) == (50, 330)


# Buy and get


THREE_FOR_TWO = promotion(Kind.BUY_GET, buy=2, get=1, percent=10_000)


@pytest.mark.parametrize(
    ("bought", "amounts"),
    [
        ({"PRINT": 1, "CARD": 1}, ()),
        ({"PRINT": 2, "CARD": 1}, (0, 250)),
        ({"PRINT": 1, "CARD": 2}, (0, 250)),
        ({"PRINT": 2, "CARD": 4}, (0, 500)),
        ({"PRINT": 3, "MUG": 5, "CARD": 1}, (0, 3300, 250)),
        ({"PRINT": 9}, (7200,)),
    ],
)
def test_of_every_three_pieces_the_cheapest_is_free(bought: dict[str, int], amounts: tuple[int, ...]) -> None:
    assert off(THREE_FOR_TWO, lines(**bought)) == amounts


def test_what_costs_nothing_is_not_the_cheapest() -> None:
    assert off(THREE_FOR_TWO, lines(FREE=3, PRINT=1, CARD=2)) == (0, 0, 250)


def test_a_cent_left_over_goes_to_the_first_line_even_where_the_cheapest_pieces_come_first() -> None:
    """Half of 3.34, a mug at 3.33 and a card at 0.01, is 1.67; both lose half a cent by rounding down."""
    cheap = [
        replace(line, unit_price=price, total=price * line.quantity)
        for line, price in zip(lines(MUG=2, CARD=1), (333, 1), strict=True)
    ]
    assert off(replace(THREE_FOR_TWO, buy=1, get=2, percent=5000), cheap) == (167, 0)


def test_of_equally_cheap_pieces_those_of_the_first_line_are_free() -> None:
    same = [replace(lines(CARD=2)[0], sku=sku) for sku in ("CARD", "CARD-2")]
    then = replace(OCCASION, variants=VARIANTS | {"CARD-2": CARD})
    assert off(THREE_FOR_TWO, same, then) == (250, 0)


MUG_AT_HALF = promotion(Kind.BUY_GET, buy=2, get=1, percent=5000, goods=PRINTS, reward=Selection(products=("mug",)))


@pytest.mark.parametrize(
    ("bought", "amounts"),
    [
        ({"PRINT": 1, "MUG": 1}, ()),
        ({"PRINT": 2}, ()),
        ({"PRINT": 2, "MUG": 1}, (0, 825)),
        ({"PRINT": 2, "MUG": 5}, (0, 825)),
        ({"PRINT": 4, "MUG": 5}, (0, 1650)),
        ({"PRINT": 40, "MUG": 2}, (0, 1650)),
    ],
)
def test_something_else_is_reduced_for_what_is_bought(bought: dict[str, int], amounts: tuple[int, ...]) -> None:
    assert off(MUG_AT_HALF, lines(**bought)) == amounts


def test_what_is_got_does_not_count_as_bought() -> None:
    """The mug is among the prints here, and still two prints are needed."""
    among = VARIANTS | {"MUG": replace(MUG, collections=("prints",))}
    assert off(MUG_AT_HALF, lines(PRINT=1, MUG=1), replace(OCCASION, variants=among)) == ()


# Bundles


PAIR = promotion(
    Kind.BUNDLE, amount=3500, parts=(BundlePart(PRINTS, 1), BundlePart(Selection(skus=("MUG", "CARD")), 1))
)


@pytest.mark.parametrize(
    ("bought", "amounts"),
    [
        ({"PRINT": 1}, ()),
        ({"PRINT": 1, "MUG": 1}, (326, 224)),
        ({"PRINT": 2, "MUG": 1}, (326, 224)),
        ({"PRINT": 2, "MUG": 2}, (652, 448)),
        ({"PRINT": 1, "CARD": 1}, ()),
        ({"PRINT": 2, "MUG": 1, "CARD": 1}, (326, 224, 0)),
    ],
)
def test_a_bundle_is_made_as_often_as_it_saves_something(bought: dict[str, int], amounts: tuple[int, ...]) -> None:
    """A print with a card costs 26.50, less than the 35.00 for which they come as a bundle."""
    assert off(PAIR, lines(**bought)) == amounts


def test_a_line_that_fits_two_parts_belongs_to_the_first() -> None:
    greedy = promotion(Kind.BUNDLE, amount=100, parts=(BundlePart(Selection()), BundlePart(Selection(skus=("CARD",)))))
    assert off(greedy, lines(PRINT=1, CARD=1)) == ()
    assert off(replace(greedy, parts=greedy.parts[::-1]), lines(PRINT=1, CARD=1)) == (2309, 241)


def test_a_bundle_of_many_pieces_takes_the_dearest_first() -> None:
    two = promotion(Kind.BUNDLE, amount=4000, parts=(BundlePart(Selection(), 2),))
    assert off(two, lines(CARD=3, PRINT=1, MUG=2)) == (0, 30, 20)


# One after the other


def test_each_works_on_what_the_earlier_ones_left() -> None:
    found = discounts([TENTH, FIVE_OFF], lines(PRINT=1), OCCASION)
    assert [(one.promotion, one.amount) for one in found] == [("tenth", 240), ("five", 500)]
    assert line_discounts(found, lines(PRINT=1)) == (740,)
    found = discounts([FIVE_OFF, TENTH], lines(PRINT=1), OCCASION)
    assert [(one.promotion, one.amount) for one in found] == [("five", 500), ("tenth", 190)]


def test_nothing_falls_below_nothing_and_what_takes_nothing_off_is_left_out() -> None:
    all_of_it = promotion(Kind.PERCENT, "all", percent=10_000)
    found = discounts([all_of_it, TENTH, FIVE_OFF], lines(PRINT=1), OCCASION)
    assert [(one.promotion, one.amounts) for one in found] == [("all", (2400,))]


def test_some_pieces_of_a_line_are_worth_their_part_of_what_is_left_rounded_down() -> None:
    """One of three cards at 7.50, of which 0.10 have gone: a third of 7.40."""
    ten_cents = promotion(Kind.AMOUNT, "cents", amount=10)
    found = discounts([ten_cents, THREE_FOR_TWO], lines(CARD=3), OCCASION)
    assert [one.amounts for one in found] == [(10,), (246,)]


def test_an_empty_cart_gets_nothing() -> None:
    assert discounts([TENTH, FIVE_OFF], [], OCCASION) == ()
    assert line_discounts((), lines(CARD=1, MUG=1)) == (0, 0)


# Alone or together


def test_the_better_of_all_that_combine_and_one_that_does_not() -> None:
    alone = promotion(Kind.AMOUNT, "alone", amount=739, combines=False)
    assert saved_by([TENTH, FIVE_OFF, alone], lines(PRINT=1)) == [("tenth", 240), ("five", 500)]
    assert saved_by([TENTH, FIVE_OFF, replace(alone, amount=741)], lines(PRINT=1)) == [("alone", 741)]


def test_of_equals_those_that_combine_come_first_then_the_first_in_the_file() -> None:
    first = promotion(Kind.AMOUNT, "first", amount=500, combines=False)
    second = replace(first, id="second")
    assert saved_by([second, first, FIVE_OFF], lines(PRINT=1)) == [("five", 500)]
    assert saved_by([second, first], lines(PRINT=1)) == [("second", 500)]


def test_gifts_and_shipping_count_when_offers_are_compared() -> None:
    gift = promotion(Kind.GIFT, "gift", gift=CartLine("GIFT", 1), combines=False)
    free = promotion(Kind.FREE_SHIPPING, "free", combines=False)
    money = promotion(Kind.AMOUNT, "money", amount=451, combines=False)
    assert saved_by([free, money], lines(PRINT=1)) == [("money", 451)]
    assert saved_by([free, replace(money, amount=449)], lines(PRINT=1)) == [("free", 0)]
    assert saved_by([gift, free, money], lines(PRINT=1)) == [("gift", 0)]


# Goods


@pytest.mark.parametrize(
    ("goods", "amounts"),
    [
        (Selection(), (240, 165, 25)),
        (Selection(skus=("MUG",)), (0, 165, 0)),
        (Selection(products=("print", "card")), (240, 0, 25)),
        (PRINTS, (240, 0, 0)),
        (Selection(skus=("CARD",), collections=("prints",)), (240, 0, 25)),
        (Selection(reduced=False), (240, 0, 25)),
        (Selection(skus=("MUG",), reduced=False), ()),
        (Selection(collections=("nothing",)), ()),
    ],
)
def test_only_the_goods_that_are_named_are_reduced(goods: Selection, amounts: tuple[int, ...]) -> None:
    reduced = replace(OCCASION, variants=VARIANTS | {"MUG": replace(MUG, reduced=True)})
    assert off(replace(TENTH, goods=goods), lines(PRINT=1, MUG=1, CARD=1), reduced) == amounts


# Conditions


@pytest.mark.parametrize(
    ("conditions", "changes", "applies"),
    [
        (Conditions(starts="2026-12-05T10:00"), {}, True),
        (Conditions(starts="2026-12-05T10:01"), {}, False),
        (Conditions(ends="2026-12-05T10:00"), {}, False),
        (Conditions(ends="2026-12-05T10:01"), {}, True),
        (Conditions(ends="2026-12-06T00:00"), {"now": "2026-12-05T23:59:59"}, True),
        (Conditions(min_goods=2650), {}, True),
        (Conditions(min_goods=2651), {}, False),
        (Conditions(max_goods=2650), {}, True),
        (Conditions(max_goods=2649), {}, False),
        (Conditions(min_pieces=2), {}, True),
        (Conditions(min_pieces=3), {}, False),
        (Conditions(max_pieces=2), {}, True),
        (Conditions(max_pieces=1), {}, False),
        (Conditions(countries=("IE", "GB")), {}, True),
        (Conditions(countries=("GB",)), {}, False),
        (Conditions(countries=("IE",)), {"country": ""}, False),
        (Conditions(first_order=True), {}, False),
        (Conditions(first_order=True), {"customer": "ada"}, False),
        (Conditions(first_order=True), {"customer": "ada", "is_first": True}, True),
        (Conditions(uses=3), {"uses": {"tenth": 2}}, True),
        (Conditions(uses=3), {"uses": {"tenth": 3}}, False),
        (Conditions(uses_per_customer=1), {}, False),
        (Conditions(uses_per_customer=1), {"customer": "ada"}, True),
        (Conditions(uses_per_customer=1), {"customer": "ada", "own_uses": {"tenth": 1}}, False),
    ],
)
def test_a_promotion_applies_while_its_conditions_hold(
    conditions: Conditions, changes: dict[str, object], applies: bool
) -> None:
    then = occasion(**changes)
    found = discounts([replace(TENTH, conditions=conditions)], lines(PRINT=1, CARD=1), then)
    assert bool(found) is applies


def test_goods_are_counted_before_any_discount_and_only_those_it_applies_to() -> None:
    from_20 = replace(FIVE_OFF, conditions=Conditions(min_goods=2400))
    assert saved_by([TENTH, from_20], lines(PRINT=1)) == [("tenth", 240), ("five", 500)]
    assert saved_by([replace(from_20, goods=Selection(skus=("MUG",)))], lines(PRINT=9, MUG=1)) == []


# Codes


@pytest.mark.parametrize("typed", ["AUTUMN-10", "autumn10", " Autumn 10 ", "AUTUMN–10", "ＡＵＴＵＭＮ１０"])
def test_a_code_is_compared_without_capitals_spaces_and_hyphens(typed: str) -> None:
    coupon = replace(TENTH, code="Autumn-10")
    assert code_key(typed) == "autumn10"
    assert off(coupon, lines(CARD=1), occasion(codes=("NOTHING", typed))) == (25,)


@pytest.mark.parametrize("typed", [(), ("",), ("-",), ("AUTUMN",), ("AUTUMN-100",)])
def test_without_its_code_a_coupon_does_nothing(typed: tuple[str, ...]) -> None:
    assert off(replace(TENTH, code="AUTUMN-10"), lines(CARD=1), occasion(codes=typed)) == ()


# Shipping and gifts


def test_free_shipping_names_the_rates_that_are_free() -> None:
    free = promotion(Kind.FREE_SHIPPING, "free")
    (every,) = discounts([free], lines(CARD=1), OCCASION)
    assert (every.amount, every.frees("ie-standard"), every.frees("anything")) == (0, True, True)
    (one,) = discounts([replace(free, rates=("ie-standard",))], lines(CARD=1), OCCASION)
    assert (one.frees("ie-standard"), one.frees("ie-express")) == (True, False)


@pytest.mark.parametrize(
    ("rates", "shipping"),
    [((), {}), (("gb-free",), {"ie-standard": 450}), ((), {"ie-standard": 0}), (("a",), {"a": 0, "b": 450})],
)
def test_free_shipping_that_changes_nothing_is_not_mentioned(rates: tuple[str, ...], shipping: dict[str, int]) -> None:
    free = promotion(Kind.FREE_SHIPPING, rates=rates)
    assert discounts([free], lines(CARD=1), replace(OCCASION, shipping=shipping)) == ()


WITH_GIFT = promotion(Kind.GIFT, "gift", gift=CartLine("GIFT", 2))


def given(found: tuple[Discount, ...]) -> list[tuple[CartLine, ...]]:
    return [one.gifts for one in found]


def test_a_gift_comes_along_while_there_is_enough_of_it() -> None:
    """R15: it is there exactly when its rule holds, and its rule needs the pieces."""
    assert given(discounts([WITH_GIFT], lines(CARD=1), OCCASION)) == [(CartLine("GIFT", 2),)]
    assert given(discounts([WITH_GIFT], lines(CARD=1), replace(OCCASION, stock={"GIFT": 1}))) == []
    assert given(discounts([WITH_GIFT], lines(CARD=1), replace(OCCASION, variants={"CARD": CARD}))) == []


def test_a_gift_takes_only_what_the_cart_leaves() -> None:
    stock = replace(OCCASION, stock={"GIFT": 4})
    assert given(discounts([WITH_GIFT], lines(GIFT=2), stock)) == [(CartLine("GIFT", 2),)]
    assert given(discounts([WITH_GIFT], lines(GIFT=3), stock)) == []


def test_two_gifts_do_not_share_the_last_piece() -> None:
    second = replace(WITH_GIFT, id="second", gift=CartLine("GIFT", 1))
    found = discounts([WITH_GIFT, second], lines(CARD=1), replace(OCCASION, stock={"GIFT": 2}))
    assert [one.promotion for one in found] == ["gift"]


def test_a_gift_is_not_sent_where_it_may_not_go() -> None:
    only_gb = replace(OCCASION, variants=VARIANTS | {"GIFT": replace(GIFT, ships_to=("GB",))})
    assert discounts([WITH_GIFT], lines(CARD=1), only_gb) == ()
    assert given(discounts([WITH_GIFT], lines(CARD=1), replace(only_gb, country="GB"))) == [(CartLine("GIFT", 2),)]


def test_only_a_file_comes_along_with_files() -> None:
    """A cart of files has no address, so there is nowhere to send a thing to; a file needs none."""
    nowhere = replace(OCCASION, country="")
    file = replace(nowhere, variants=VARIANTS | {"GIFT": replace(GIFT, digital=True)})
    assert discounts([WITH_GIFT], lines(CARD=1), nowhere) == ()
    assert given(discounts([WITH_GIFT], lines(CARD=1), file)) == [(CartLine("GIFT", 2),)]


def test_a_bundle_as_a_gift_takes_its_parts() -> None:
    box = Variant("GIFT", "box", "Box", 900, "/products/box/", parts=(Part("CARD", 2),))
    then = replace(OCCASION, variants=VARIANTS | {"GIFT": box}, stock={"CARD": 5})
    assert given(discounts([WITH_GIFT], lines(CARD=1), then)) == [(CartLine("GIFT", 2),)]
    assert given(discounts([WITH_GIFT], lines(CARD=2), then)) == []


# What orders claim


def test_an_order_claims_the_limited_promotions_that_it_uses() -> None:
    """R13: the counts are kept by id, and the customer only where it matters."""
    few = replace(TENTH, conditions=Conditions(uses=100))
    once = replace(FIVE_OFF, conditions=Conditions(uses=9, uses_per_customer=1))
    rules = [few, once, promotion(Kind.AMOUNT, "free-for-all", amount=1)]
    found = discounts(rules, lines(PRINT=1), occasion(customer="ada"))
    assert len(found) == 3
    assert claims(rules, found, "ada") == (Claim("tenth", 100, None), Claim("five", 9, 1, "ada"))
    assert claims(rules, found[:1], "ada") == (Claim("tenth", 100, None),)


def test_a_promotion_is_kept_as_plain_json_and_comes_back() -> None:
    everything = Promotion(
        "all", "All", Kind.BUNDLE, "CODE", PRINTS, Conditions(max_goods=5, uses=1), False, 1, 2, ("a",), 3, 4, PRINTS,
        CartLine("GIFT", 1), (Tier(3, price=0), Tier(4, 5)), True, (BundlePart(PRINTS, 2),),
    )  # fmt: skip
    assert from_json(Promotion, to_json(everything)) == everything


def test_what_comes_off_is_told_line_by_line() -> None:
    cart: list[LineItem] = lines(PRINT=1, MUG=2)
    then: Occasion = occasion(codes=("ten",))
    assert discounts([replace(TENTH, code="TEN", name="A tenth")], cart, then) == (
        Discount("tenth", "A tenth", "TEN", 570, (240, 330)),
    )
