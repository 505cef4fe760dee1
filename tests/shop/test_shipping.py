"""Shipping: zones, choices and their prices."""

import pytest

from functions.shop.shipping import (
    Days,
    Shipping,
    ShippingChoice,
    ShippingRate,
    ShippingZone,
    choices,
    missing_for_free,
)
from tests.small_shop import SETTINGS

SHIPPING = SETTINGS.shipping
EXPRESS = ShippingChoice("ie-express", "Express", 950, Days(2, 3))


def test_the_cheapest_choice_comes_first_and_days_hold_the_handling() -> None:
    assert choices(SHIPPING, "IE", 2900) == (ShippingChoice("ie-standard", "Standard", 450, Days(2, 5)), EXPRESS)
    assert choices(SHIPPING, "DE", 2900) == (ShippingChoice("eu-standard", "Standard", 890, Days(4, 9)),)


@pytest.mark.parametrize(("subtotal", "price"), [(0, 450), (5999, 450), (6000, 0), (6001, 0)])
def test_standard_is_free_from_sixty_euro_of_goods_on(subtotal: int, price: int) -> None:
    assert choices(SHIPPING, "IE", subtotal) == (ShippingChoice("ie-standard", "Standard", price, Days(2, 5)), EXPRESS)


def test_free_shipping_comes_first_even_when_it_is_listed_last() -> None:
    zone = ShippingZone(
        "Home",
        ("IE",),
        (ShippingRate("a", "A", 300, Days(1, 2)), ShippingRate("b", "B", 900, Days(5, 9), free_over=1000)),
    )
    shipping = Shipping(Days(0, 0), (zone,))
    assert [choice.id for choice in choices(shipping, "IE", 999)] == ["a", "b"]
    assert [choice.id for choice in choices(shipping, "IE", 1000)] == ["b", "a"]


@pytest.mark.parametrize("country", ["", "US", "ie", "Ireland"])
def test_where_the_shop_does_not_deliver_there_is_no_choice(country: str) -> None:
    assert choices(SHIPPING, country, 2900) == ()
    assert missing_for_free(SHIPPING, country, 2900) == 0


@pytest.mark.parametrize(
    ("country", "subtotal", "missing"),
    [("IE", 0, 6000), ("IE", 5999, 1), ("IE", 6000, 0), ("IE", 9000, 0), ("DE", 0, 0)],
)
def test_how_much_more_would_ship_free(country: str, subtotal: int, missing: int) -> None:
    assert missing_for_free(SHIPPING, country, subtotal) == missing


def test_the_first_country_of_the_first_zone_is_the_main_market() -> None:
    assert SHIPPING.main_country == "IE"
    assert SHIPPING.countries == ("IE", "DE", "FR", "GB")


def test_days_are_written_as_a_range_unless_they_are_one_number() -> None:
    assert (str(Days(2, 5)), str(Days(3, 3))) == ("2–5", "3")
    assert Days(1, 2) + Days(3, 7) == Days(4, 9)
