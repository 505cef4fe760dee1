"""A wishlist: an address that anybody can write, read without trust."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.errors import InvalidWishlist
from functions.shop.wishlist import Wishlist, decode_wishlist, encode_wishlist

FULL = Wishlist(tuple(f"SKU-{number}" for number in range(50)))


def test_what_is_added_comes_last_and_once() -> None:
    assert Wishlist(("A", "B")).adding("C").skus == ("A", "B", "C")
    assert Wishlist(("A", "B")).adding("A").skus == ("A", "B")


def test_what_is_taken_out_leaves_the_rest_in_order() -> None:
    assert Wishlist(("A", "B", "C")).without("B").skus == ("A", "C")
    assert Wishlist(("A",)).without("B").skus == ("A",)


def test_a_full_list_takes_no_more() -> None:
    assert FULL.adding("SKU-7") == FULL
    with pytest.raises(InvalidWishlist, match=r"^A wishlist holds 50 things. Please take something out first.$"):
        FULL.adding("ONE-MORE")


def test_joined_lists_keep_their_own_first_as_far_as_there_is_room() -> None:
    assert Wishlist(("A", "B")).joined(Wishlist(("C", "A"))).skus == ("A", "B", "C")
    assert FULL.joined(Wishlist(("C",))) == FULL


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("", ()),
        ("MUG-1", ("MUG-1",)),
        ("MUG-1.PRINT-A4", ("MUG-1", "PRINT-A4")),
        ("B.A.B", ("B", "A")),
        ("A..B.", ("A", "B")),
        ("A.<b>.-.é.B c.%00", ("A",)),
        ("x" * 5000, ()),
    ],
)
def test_what_is_odd_in_an_address_is_left_out(text: str, skus: tuple[str, ...]) -> None:
    assert decode_wishlist(text).skus == skus


def test_an_address_with_more_than_fifty_keeps_the_first_fifty() -> None:
    assert decode_wishlist(".".join(f"SKU-{number}" for number in range(60))) == FULL


@given(st.text(max_size=200))
def test_any_text_is_a_list_and_its_own_text_is_the_same_list(text: str) -> None:
    found = decode_wishlist(text)
    assert decode_wishlist(encode_wishlist(found)) == found
    assert len(found.skus) == len(set(found.skus)) <= 50
