"""Order numbers as they are typed and read out."""

import pytest

from functions.shop.order_number import begins, spellings


@pytest.mark.parametrize(
    "typed", ["7K3M-9QXD-40R1", "7k3m-9qxd-40r1", "7k3m9qxd40r1", " 7K3M 9QXD 40R1 ", "7k3m-9qxd-4ori", "7k3m9qxd4orL"]
)
def test_a_whole_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert "7K3M-9QXD-40R1" in spellings(typed)


@pytest.mark.parametrize("typed", ["7k3m", "7K3M-9", "7k3m9qxd4o"])
def test_its_beginning_is_enough(typed: str) -> None:
    assert begins("7K3M-9QXD-40R1", typed)


@pytest.mark.parametrize("typed", ["", "7k3", "k3m9", "7k3m-9qxd-40r1-0"])
def test_less_than_four_signs_and_others_are_not_its_beginning(typed: str) -> None:
    assert not begins("7K3M-9QXD-40R1", typed)
