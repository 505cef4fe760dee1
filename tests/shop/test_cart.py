"""The cart, what may be in it, and its cookie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.cart import (
    Cart,
    CartLine,
    decode_cart,
    encode_cart,
    parse_quantity,
    parse_sku,
)
from functions.shop.errors import InvalidCart
from tests.shop.sample import cart

TWO = cart(PETREL_A4=2, MUG=1)
FULL = Cart(tuple(CartLine(f"SKU-{number}", 1) for number in range(50)))


def test_a_cart_counts_pieces_and_knows_each_quantity() -> None:
    assert (TWO.count, TWO.quantity("PETREL-A4"), TWO.quantity("MUG"), TWO.quantity("NEVER")) == (3, 2, 1, 0)
    assert (Cart().count, Cart().quantity("MUG")) == (0, 0)


def test_adding_something_new_puts_it_last() -> None:
    assert TWO.adding("CARD", 3) == cart(PETREL_A4=2, MUG=1, CARD=3)


def test_adding_more_of_the_same_keeps_its_place() -> None:
    assert TWO.adding("PETREL-A4", 3) == cart(PETREL_A4=5, MUG=1)


def test_adding_stops_at_the_limit() -> None:
    assert TWO.adding("PETREL-A4", 4, limit=5) == cart(PETREL_A4=5, MUG=1)
    assert cart(MUG=98).adding("MUG", 99) == cart(MUG=99)


@pytest.mark.parametrize("quantity", [0, -1, 6])
def test_adding_none_or_too_many_is_refused(quantity: int) -> None:
    with pytest.raises(InvalidCart, match=f"^You can order 1 to 5 of this at a time, not {quantity}\\.$"):
        TWO.adding("MUG", quantity, limit=5)


def test_a_quantity_can_be_set_and_none_takes_the_line_out() -> None:
    assert TWO.with_quantity("PETREL-A4", 7) == cart(PETREL_A4=7, MUG=1)
    assert TWO.with_quantity("PETREL-A4", 0) == cart(MUG=1)
    assert TWO.with_quantity("NEVER", 0) == TWO


@pytest.mark.parametrize("quantity", [-1, 100])
def test_a_quantity_outside_the_limit_is_refused(quantity: int) -> None:
    with pytest.raises(InvalidCart, match=f"^You can order 1 to 99 of this at a time, not {quantity}\\.$"):
        TWO.with_quantity("MUG", quantity)


def test_a_fifty_first_line_is_refused() -> None:
    with pytest.raises(InvalidCart, match=r"^A cart holds 50 different things\. Please order these first\.$"):
        FULL.adding("ONE-MORE", 1)
    assert FULL.adding("SKU-7", 1).quantity("SKU-7") == 2


def test_what_was_bought_is_taken_out_and_the_rest_stays() -> None:
    assert cart(A=5, B=1, C=2).without(cart(A=2, B=1, D=9)) == cart(A=3, C=2)
    assert TWO.without(TWO) == Cart()


@pytest.mark.parametrize("text", ["A", "7", "PETREL-A4", "petrel-a4", "A--B", "X" * 32])
def test_a_sku_has_letters_digits_and_dashes_inside(text: str) -> None:
    assert parse_sku(text) == text


@pytest.mark.parametrize("text", ["", " ", "-A", "A-", "A B", "A*1", "A.B", "Ä", "A\n", "../x", "<b>", "X" * 33, "'--"])
def test_what_cannot_be_a_sku_is_refused(text: str) -> None:
    with pytest.raises(InvalidCart, match=r"^That is not something this shop sells\.$"):
        parse_sku(text)


@pytest.mark.parametrize(("text", "quantity"), [("1", 1), ("0", 0), ("99", 99), (" 2 ", 2), ("007", 7), ("9999", 9999)])
def test_a_quantity_is_digits(text: str, quantity: int) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", "1,5", "1e2", "True", "one", "0x10", "9" * 10, "²", "٣", "1 2"]
)
def test_anything_else_is_no_quantity(text: str) -> None:
    with pytest.raises(InvalidCart, match=r"^A quantity is a whole number, such as 1 or 2\.$"):
        parse_quantity(text)


def test_the_cookie_is_a_version_and_the_lines() -> None:
    assert encode_cart(TWO) == "1:PETREL-A4*2.MUG*1"
    assert encode_cart(Cart()) == ""


def test_the_largest_cart_fits_a_cookie() -> None:
    largest = Cart(tuple(CartLine(f"{number:02d}" + "X" * 30, 99) for number in range(50)))
    assert len(encode_cart(largest)) == 1801
    assert decode_cart(encode_cart(largest)) == largest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1:PETREL-A4*2.MUG*1", TWO),
        ("", Cart()),
        ("1:", Cart()),
        ("1", Cart()),
        ("2:MUG*1", Cart()),
        ("MUG*1", Cart()),
        ("1:MUG*1.", cart(MUG=1)),
        ("1:MUG*0", Cart()),
        ("1:MUG*-1", Cart()),
        ("1:MUG*1.5", cart(MUG=1)),
        ("1:MUG*100", Cart()),
        ("1:MUG*٣", Cart()),
        ("1:MUG*1*1", Cart()),
        ("1:MUG", Cart()),
        ("1:<script>*1.MUG*1", cart(MUG=1)),
        ("1:MUG*1.CARD*2.MUG*3", cart(MUG=3, CARD=2)),
        ("1:MUG*1\n", Cart()),
        ("1:" + ".".join(f"SKU-{number}*1" for number in range(60)), FULL),
    ],
)
def test_what_is_odd_in_a_cookie_is_left_out(text: str, found: Cart) -> None:
    assert decode_cart(text) == found


SKUS = st.text("AZaz09-", min_size=1, max_size=32).map(lambda text: text.strip("-") or "X")
CARTS = st.dictionaries(SKUS, st.integers(1, 99), max_size=50).map(
    lambda found: Cart(tuple(CartLine(sku, quantity) for sku, quantity in found.items()))
)


@given(CARTS)
def test_a_cart_comes_back_from_its_cookie_as_it_was(kept: Cart) -> None:
    assert decode_cart(encode_cart(kept)) == kept


@given(st.text() | st.text("1:.*AB-09", max_size=300).map(lambda body: "1:" + body))
def test_any_cookie_is_a_cart_within_its_limits(text: str) -> None:
    found = decode_cart(text)
    assert len(found.lines) <= 50
    assert all(1 <= line.quantity <= 99 for line in found.lines)
    assert len({line.sku for line in found.lines}) == len(found.lines)


@given(CARTS, SKUS, st.integers(1, 99))
def test_adding_changes_one_line_and_no_other(kept: Cart, sku: str, quantity: int) -> None:
    if len(kept.lines) == 50:
        return
    fuller = kept.adding(sku, quantity)
    assert fuller.quantity(sku) == min(kept.quantity(sku) + quantity, 99)
    assert fuller.with_quantity(sku, 0) == kept.with_quantity(sku, 0)
