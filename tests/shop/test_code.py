"""Codes: always the same for the same order or customer, easy to read out, and a slip is told from an unknown code."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.code import ALPHABET, BalanceKind, Codes, account_of, is_meant, kind_of, label, parse_code
from functions.shop.errors import BadSetting, InvalidCode

CODES = Codes(["old-secret-of-the-shop", "new-secret-of-the-shop"])
GIFT = CODES.gift_card("7K3M-9QXD-4FTR", 0)
POINTS = CODES.points("c0ffee")
SIGNS = "".join(GIFT.split("-")[1:])


def test_a_code_is_the_same_each_time_it_is_made() -> None:
    assert (GIFT, POINTS) == ("GIFT-C2H4-MMAD-RR9W-9HFT", "POINTS-VWZA-ZG7F-GAHE-JGFE")


def test_each_piece_each_order_and_each_customer_has_a_code_of_its_own() -> None:
    cards = {CODES.gift_card(f"ORDER-{order}", number) for order in range(100) for number in range(10)}
    assert len(cards) == 1000
    assert CODES.points("ada") != CODES.points("bea")


def test_an_account_hides_its_code_and_differs_by_currency() -> None:
    assert account_of(GIFT, "EUR") == "gift_card:EUR:9b745837e5c335079cfdcb607702d9bc"
    assert account_of(GIFT, "USD") != account_of(GIFT, "EUR")
    assert SIGNS not in account_of(GIFT, "EUR")


def test_what_is_shown_of_a_code_is_its_end() -> None:
    assert (label(GIFT), label(POINTS)) == (f"GIFT-…{GIFT[-4:]}", f"POINTS-…{POINTS[-4:]}")
    assert (kind_of(GIFT), kind_of(POINTS)) == (BalanceKind.GIFT_CARD, BalanceKind.POINTS)


@pytest.mark.parametrize("typed", [GIFT, GIFT.lower(), f" {GIFT} ", GIFT.replace("-", " "), GIFT.replace("-", "")])
def test_capitals_spaces_and_hyphens_make_no_difference(typed: str) -> None:
    assert parse_code(typed) == GIFT


@given(at=st.integers(0, 15), sign=st.sampled_from(string.ascii_uppercase + string.digits))
def test_any_one_sign_mistaken_is_a_slip(at: int, sign: str) -> None:
    if sign != SIGNS[at]:
        with pytest.raises(InvalidCode, match="a slip in this code"):
            parse_code(f"GIFT{SIGNS[:at]}{sign}{SIGNS[at + 1 :]}")


@given(places=st.lists(st.integers(0, 15), min_size=2, max_size=2, unique=True), signs=st.text(ALPHABET, min_size=9))
def test_any_two_signs_swapped_are_a_slip(places: list[int], signs: str) -> None:
    code = CODES.gift_card(signs, 0)
    swapped = list("".join(code.split("-")[1:]))
    first, second = places
    swapped[first], swapped[second] = swapped[second], swapped[first]
    if swapped[first] != swapped[second]:
        with pytest.raises(InvalidCode):
            parse_code("GIFT" + "".join(swapped))


@pytest.mark.parametrize("typed", [GIFT[:-1], GIFT + "2", "GIFT-2026", "", "WELCOME", GIFT.replace("GIFT", "POINT")])
def test_a_code_that_is_too_short_too_long_or_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidCode):
        parse_code(typed)


def test_a_coupon_that_begins_like_a_gift_card_is_not_taken_for_one() -> None:
    assert [is_meant(text) for text in (GIFT, GIFT[:-1].lower(), POINTS, "GIFT-2026", "GIFT FOR YOU", "WELCOME")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_new_secret_makes_new_gift_cards_and_keeps_the_codes_of_customers() -> None:
    before, after = Codes(["old-secret-of-the-shop"]), CODES
    assert before.gift_card("ORDER-1", 0) != after.gift_card("ORDER-1", 0)
    assert before.points("ada") == after.points("ada")


def test_a_code_is_found_again_by_its_account_whichever_secret_made_it() -> None:
    old = Codes(["old-secret-of-the-shop"]).gift_card("ORDER-1", 1)
    assert CODES.gift_card_of(account_of(old, "EUR"), "ORDER-1", 1) == old
    assert CODES.points_of(account_of(POINTS, "EUR"), "c0ffee") == POINTS
    assert Codes(["another-secret-altogether"]).gift_card_of(account_of(old, "EUR"), "ORDER-1", 1) == ""


def test_no_secret_is_no_shop_and_no_secret_is_shown() -> None:
    with pytest.raises(BadSetting, match="SHOP_SECRET_KEYS"):
        Codes([])
    assert "secret" not in repr(CODES)
