"""Line items: what they take from the stock when several take the same, and what they say of when they come."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Part, Variant
from functions.shop.day import ENGLISH
from functions.shop.line import LineItem, back_ordered, priced
from tests.shop.sample import cart, quote
from tests.small_shop import LAST_ONE, POSTCARD, PRINT_A4, TO_ORDER

SET = Variant("SET", "set", "Set", 3000, "/products/set/", parts=(Part("CARD", 4), Part("PRINT-A4", 2)))
PAIR = Variant("PAIR", "pair", "Pair", 450, "/products/pair/", parts=(Part("CARD", 2),))
WAITS = replace(LAST_ONE, sku="WAITS", title="Waits", backorder="2–3 weeks")
SET_THAT_WAITS = replace(SET, sku="SET-2", title="Second set", backorder="a month")
COMING = replace(POSTCARD, sku="COMING", title="Coming", release_date="2027-05-12")
FILE = Variant("FILE", "file", "Wallpaper", 500, "/products/file/", tracked=False, digital=True)
ALL = (POSTCARD, PRINT_A4, LAST_ONE, TO_ORDER, SET, PAIR, WAITS, SET_THAT_WAITS, COMING, FILE)


def problems(bought: Cart, **available: int) -> list[tuple[str, str]]:
    """SKU and sentence of what is wrong, with so much in stock; write `_` for `-`."""
    stock = {sku.replace("_", "-"): pieces for sku, pieces in available.items()}
    return [(problem.sku, problem.message) for problem in quote(bought, variants=ALL, available=stock).problems]


def lines(bought: Cart, today: str = "", **available: int) -> dict[str, LineItem]:
    """The lines by SKU, with so much in stock."""
    stock = {sku.replace("_", "-"): pieces for sku, pieces in available.items()}
    return {line.sku: line for line in priced(bought, {variant.sku: variant for variant in ALL}, stock, today)}


# Bundles


def test_a_line_takes_its_parts_as_often_as_it_is_ordered() -> None:
    found = lines(cart(SET=3, CARD=2, TO_ORDER=1), CARD=99, PRINT_A4=99)
    assert found["SET"].takes == (Part("CARD", 12), Part("PRINT-A4", 6))
    assert found["CARD"].takes == (Part("CARD", 2),)
    assert found["TO-ORDER"].takes == ()


def test_a_bundle_is_limited_by_its_scarcest_part() -> None:
    assert problems(cart(SET=2), CARD=8, PRINT_A4=4) == []
    assert problems(cart(SET=2), CARD=99, PRINT_A4=3) == [("SET", "Only 1 of Set left. Please order 1 or fewer.")]
    assert problems(cart(SET=1), CARD=3, PRINT_A4=9) == [("SET", "Set is sold out. Please remove it.")]


def test_a_bundle_and_its_part_count_together() -> None:
    assert problems(cart(CARD=2, SET=1), CARD=6, PRINT_A4=2) == []
    assert problems(cart(CARD=3, SET=1), CARD=6, PRINT_A4=2) == [
        ("SET", "Set is sold out beside Postcard in your cart. Please remove one of them."),
    ]
    assert problems(cart(SET=1, CARD=3), CARD=6, PRINT_A4=2) == [
        ("CARD", "Only 2 of Postcard left beside Set in your cart. Please order 2 or fewer."),
    ]


def test_two_bundles_that_share_a_part_count_together() -> None:
    assert problems(cart(SET=1, PAIR=1), CARD=6, PRINT_A4=2) == []
    assert problems(cart(SET=1, PAIR=3), CARD=8, PRINT_A4=2) == [
        ("PAIR", "Only 2 of Pair left beside Set in your cart. Please order 2 or fewer."),
    ]
    assert problems(cart(PAIR=3, CARD=1, SET=1), CARD=8, PRINT_A4=2) == [
        ("SET", "Set is sold out beside Pair and Postcard in your cart. Please remove one of them."),
    ]


def test_a_line_that_does_not_fit_takes_nothing_from_the_next_one() -> None:
    assert problems(cart(PAIR=4, CARD=3), CARD=6) == [("PAIR", "Only 3 of Pair left. Please order 3 or fewer.")]


# Back-orders


def test_a_line_that_fits_is_not_back_ordered() -> None:
    assert lines(cart(WAITS=2), WAITS=2)["WAITS"].backordered is False


def test_a_line_that_does_not_fit_as_a_whole_is_back_ordered_and_takes_nothing() -> None:
    line = lines(cart(WAITS=3), WAITS=2)["WAITS"]
    assert (line.backordered, line.takes, line.promise(ENGLISH)) == (True, (), "Back-order: sent in 2–3 weeks")
    assert problems(cart(WAITS=3), WAITS=2) == []
    assert problems(cart(WAITS=3)) == []


def test_a_bundle_that_can_wait_is_back_ordered_as_a_whole() -> None:
    assert lines(cart(SET_2=1), CARD=9, PRINT_A4=1)["SET-2"].takes == ()


def test_what_can_wait_leaves_the_last_ones_to_what_cannot() -> None:
    found = lines(cart(SET_2=1, CARD=4), CARD=4, PRINT_A4=2)
    assert (found["SET-2"].backordered, found["CARD"].takes) == (True, (Part("CARD", 4),))
    assert problems(cart(SET_2=1, CARD=4), CARD=4, PRINT_A4=2) == []


def test_of_lines_that_lose_a_race_one_more_is_back_ordered_each_time_the_last_first() -> None:
    found = tuple(lines(cart(WAITS=1, SET_2=1, CARD=1), WAITS=1, CARD=9, PRINT_A4=2).values())
    once = back_ordered(found, "CARD")
    assert [line.backordered for line in once] == [False, True, False]
    assert back_ordered(once, "CARD") == once
    assert [line.backordered for line in back_ordered(found, "WAITS")] == [True, False, False]
    assert back_ordered(found, "OTHER") == found


# When it comes


@pytest.mark.parametrize(
    ("today", "promise"),
    [("2027-05-11", "Pre-order: sent from 12 May 2027"), ("2027-05-12", ""), ("2027-05-13", ""), ("", "")],
)
def test_a_pre_order_says_from_when_it_is_sent_until_that_day(today: str, promise: str) -> None:
    today = today or "9999-01-01"
    assert lines(cart(COMING=1), today, COMING=5)["COMING"].promise(ENGLISH) == promise


def test_a_file_says_that_it_comes_by_mail() -> None:
    line = lines(cart(FILE=1))["FILE"]
    assert (line.promise(ENGLISH), line.late) == ("A file, sent by e-mail", False)


def test_everything_special_is_said() -> None:
    odd = replace(COMING, sku="ODD", digital=True, backorder="a week")
    [line] = priced(cart(ODD=1), {"ODD": odd}, {}, "2027-01-01")
    said = "Pre-order: sent from 12 May 2027. Back-order: sent in a week. A file, sent by e-mail"
    assert (line.promise(ENGLISH), line.late) == (said, True)


def test_what_is_usual_says_nothing() -> None:
    line = lines(cart(CARD=1), "2027-01-01", CARD=5)["CARD"]
    assert (line.promise(ENGLISH), line.late) == ("", False)


# Sums (R9)

CARTS = st.dictionaries(st.sampled_from([variant.sku for variant in ALL]), st.integers(1, 9)).map(
    lambda found: Cart(tuple(CartLine(sku, quantity) for sku, quantity in found.items()))
)


@given(CARTS, st.dictionaries(st.sampled_from(["CARD", "PRINT-A4", "LAST", "WAITS", "COMING"]), st.integers(0, 40)))
def test_a_cart_without_problems_takes_no_more_than_there_is(bought: Cart, stock: dict[str, int]) -> None:
    made = quote(bought, variants=ALL, available=stock, today="2027-01-01")
    taken: dict[str, int] = {}
    for part in (part for line in made.lines for part in line.takes):
        taken[part.sku] = taken.get(part.sku, 0) + part.quantity
    if not [problem for problem in made.problems if problem.sku]:
        assert all(pieces <= stock.get(sku, 0) for sku, pieces in taken.items())
    for line in made.lines:
        alone = quote(Cart((CartLine(line.sku, line.quantity),)), variants=ALL, available=stock)
        assert not line.backordered or line.backorder
        assert line.backordered or not alone.lines[0].backordered


def test_a_day_is_written_as_the_shop_s_locale_writes_it() -> None:
    german = replace(ENGLISH, whole="{d}. {MMMM} {y}", whole_months=(*ENGLISH.whole_months[:4], "Mai", *"JJASOND"))
    line = lines(cart(COMING=1), "2027-05-11", COMING=5)["COMING"]
    assert line.promise(german) == "Pre-order: sent from 12. Mai 2027"
