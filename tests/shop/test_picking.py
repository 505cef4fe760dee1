"""Pieces that are named by their SKU."""

from dataclasses import replace

import pytest

from functions.shop.errors import IllegalTransition
from functions.shop.picking import picked
from functions.shop.shipment import Pieces, packable
from tests.shop.living import paid


def test_pieces_are_found_by_their_sku_in_any_letters() -> None:
    assert picked(paid(), {"print-a4": 1, "CARD": 1}, packable(paid())) == (Pieces(0, 1), Pieces(1, 1))


def test_a_sku_in_two_lines_is_taken_from_the_first_as_long_as_there_are_some() -> None:
    order = paid()
    gift = replace(order, lines=(*order.lines, replace(order.lines[0], quantity=1, gift=True)))
    assert picked(gift, {"CARD": 3}, packable(gift)) == (Pieces(0, 2), Pieces(2, 1))
    assert picked(gift, {"CARD": 1}, packable(gift)) == (Pieces(0, 1),)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"CARD": 3}, "Order ORDER-1 has 2 of Postcard left for this, not 3."),
        ({"CARD": 0}, "Order ORDER-1 has 2 of Postcard left for this, not 0."),
        ({"MUG": 1}, "There is no MUG in order ORDER-1. It has CARD, PRINT-A4."),
    ],
)
def test_what_is_not_there_cannot_be_picked(wanted: dict[str, int], sentence: str) -> None:
    with pytest.raises(IllegalTransition) as refusal:
        picked(paid(), wanted, packable(paid()))
    assert str(refusal.value) == sentence
