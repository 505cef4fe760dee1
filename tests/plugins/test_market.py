"""The market of which an offer speaks, and what it costs to send something there."""

from dataclasses import replace

import pytest

from functions.shop.catalogue import Variant
from plugins.market import alone, cheapest, market
from tests.small_shop import SETTINGS

CARD = Variant("CARD", "card", "Card", 250, "/products/card/")


@pytest.mark.parametrize(
    ("variant", "country"),
    [
        (CARD, "IE"),
        (replace(CARD, ships_to=("FR", "IE")), "IE"),
        (replace(CARD, ships_to=("GB", "FR")), "FR"),
        (replace(CARD, ships_to=("US",)), ""),
        (replace(CARD, digital=True), ""),
    ],
)
def test_the_main_market_is_told_or_the_first_one_that_a_thing_is_sent_to(variant: Variant, country: str) -> None:
    assert market(variant, SETTINGS.shipping) == country


@pytest.mark.parametrize(
    ("country", "price", "found"),
    [("IE", 250, ("ie-standard", 450)), ("IE", 6000, ("ie-standard", 0)), ("GB", 250, ("gb-free", 0))],
)
def test_the_cheapest_way_is_told(country: str, price: int, found: tuple[str, int]) -> None:
    rate, cost = cheapest(SETTINGS.shipping, country, alone(replace(CARD, price=price), 0)) or pytest.fail(
        "nothing is sent"
    )
    assert (rate.id, cost) == found


def test_nothing_is_sent_to_where_the_shop_does_not_deliver() -> None:
    assert cheapest(SETTINGS.shipping, "US", alone(CARD, 0)) is None
