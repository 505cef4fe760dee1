"""An order number as it is typed."""

import pytest

from functions.shop.order_number import normal_number


@pytest.mark.parametrize(
    "typed",
    ["7K3M-9QXD-4FTR", "7k3m-9qxd-4ftr", " 7K3M 9QXD 4FTR ", "7K3M9QXD4FTR", "#7K3M–9QXD–4FTR", "7K3M-\t9QXD-4FTR\r\n"],
)
def test_a_number_may_be_typed_in_many_ways(typed: str) -> None:
    """Capitals, spaces and dashes make no difference."""
    assert normal_number(typed) == "7K3M-9QXD-4FTR"


def test_letters_that_no_number_has_are_the_digits_they_look_like() -> None:
    """O is 0, I and L are 1."""
    assert normal_number("OOOO-IIII-llll") == "0000-1111-1111"


@pytest.mark.parametrize("typed", ["", "7K3M-9QXD", "7K3M-9QXD-4FTR-1", "7K3M-9QXD-4FTÄ", "../../../../..", "\0" * 12])
def test_what_is_no_number_is_none(typed: str) -> None:
    """Nothing is guessed."""
    assert normal_number(typed) == ""
