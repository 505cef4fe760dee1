"""Shipping: zones, choices and their prices."""

import timeit
from dataclasses import replace
from time import process_time

import pytest

from functions.shop.area import Area, Ask
from functions.shop.destination import Destination
from functions.shop.parcel import Measure, Parcel
from functions.shop.rate import Band, Limits, Pickup, Refusal
from functions.shop.shipping import (
    Shipping,
    ShippingChoice,
    ShippingRate,
    ShippingZone,
    choices,
    missing_for_free,
    obstacle,
    usual_choices,
)
from functions.shop.working_days import Days
from tests.small_shop import SETTINGS

SHIPPING = SETTINGS.shipping
IRELAND = Destination("IE")
EXPRESS = ShippingChoice("ie-express", "Express", 950, Days(1, 1), fastest=True)
POST = ShippingRate("post", "Post", 450, Days(1, 3))
ISLANDS = ShippingZone(
    "Islands", (), (replace(POST, id="islands", by=Measure.WEIGHT, bands=(Band(1900, 2000),)),),
    parts=(Area("ES", postcodes=("35", "38")), Area("PT", postcodes=("9000-9999",))),
)  # fmt: skip
EUROPE = ShippingZone(
    "Europe", ("ES", "PT", "FI"), (replace(POST, id="eu"),), excepted=(Area("FI", postcodes=("22",)),)
)
STATES = ShippingZone("States", ("US",), (replace(POST, id="us"),), excepted=(Area("US", regions=("HI",)),))
HARBOUR = replace(POST, id="harbour", price=0, pickup=Pickup("3 Quay Lane", "Sat 10–14"))
ROUND = replace(POST, id="round", price=200, within=Area("IE", postcodes=("F26", "F28")))
HOME = ShippingZone("Home", ("IE",), (HARBOUR, ROUND, POST))
ISLES = Shipping(Days(0, 0), (HOME, ISLANDS, EUROPE, STATES), regions={"US-HI": "Hawaii"})


def worth(subtotal: int) -> Parcel:
    """A small parcel with goods of this value."""
    return Parcel(weight=200, count=1, before_discounts=subtotal, after_discounts=subtotal)


def ids(destination: Destination, parcel: Parcel = worth(2900)) -> list[str]:  # noqa: B008 (it cannot change)
    """What can be chosen, by id."""
    return [choice.id for choice in choices(ISLES, destination, parcel)]


def test_the_cheapest_choice_comes_first_and_days_hold_the_handling() -> None:
    standard = ShippingChoice("ie-standard", "Standard", 450, Days(1, 3), cheapest=True)
    assert choices(SHIPPING, IRELAND, worth(2900)) == (standard, EXPRESS)


def test_a_single_choice_is_neither_the_cheapest_nor_the_fastest() -> None:
    standard = ShippingChoice("eu-standard", "Standard", 890, Days(3, 7))
    assert choices(SHIPPING, Destination("DE"), worth(2900)) == (standard,)


@pytest.mark.parametrize(("subtotal", "price"), [(0, 450), (5999, 450), (6000, 0), (6001, 0)])
def test_standard_is_free_from_sixty_euro_of_goods_on(subtotal: int, price: int) -> None:
    standard = ShippingChoice("ie-standard", "Standard", price, Days(1, 3), cheapest=True)
    assert choices(SHIPPING, IRELAND, worth(subtotal)) == (standard, EXPRESS)


def test_free_shipping_comes_first_even_when_it_is_listed_last() -> None:
    rates = (ShippingRate("a", "A", 300, Days(1, 2)), ShippingRate("b", "B", 900, Days(5, 9), free_over=1000))
    shipping = Shipping(Days(0, 0), (ShippingZone("Home", ("IE",), rates),))
    assert [choice.id for choice in choices(shipping, IRELAND, worth(999))] == ["a", "b"]
    assert [choice.id for choice in choices(shipping, IRELAND, worth(1000))] == ["b", "a"]


@pytest.mark.parametrize("country", ["", "US", "ie", "Ireland"])
def test_where_the_shop_does_not_deliver_there_is_no_choice(country: str) -> None:
    assert choices(SHIPPING, Destination(country), worth(2900)) == ()
    assert missing_for_free(SHIPPING, Destination(country), worth(2900)) == 0


@pytest.mark.parametrize(
    ("country", "subtotal", "missing"),
    [("IE", 0, 6000), ("IE", 5999, 1), ("IE", 6000, 0), ("IE", 9000, 0), ("DE", 0, 0)],
)
def test_how_much_more_would_ship_free(country: str, subtotal: int, missing: int) -> None:
    assert missing_for_free(SHIPPING, Destination(country), worth(subtotal)) == missing


def test_nothing_more_makes_it_free_while_something_costs_a_surcharge() -> None:
    assert missing_for_free(SHIPPING, IRELAND, replace(worth(1000), surcharge=500)) == 0
    assert choices(SHIPPING, IRELAND, replace(worth(6000), surcharge=500))[0] == ShippingChoice(
        "ie-standard", "Standard", 500, Days(1, 3), surcharge=500, cheapest=True
    )


def test_the_first_country_of_the_first_zone_is_the_main_market() -> None:
    assert SHIPPING.main_country == "IE"
    assert SHIPPING.countries == ("IE", "DE", "FR", "GB")
    assert ISLES.countries == ("IE", "ES", "PT", "FI", "US")


def test_days_are_written_as_a_range_unless_they_are_one_number() -> None:
    assert (str(Days(2, 5)), str(Days(3, 3))) == ("2–5", "3")
    assert Days(1, 2) + Days(3, 7) == Days(4, 9)


@pytest.mark.parametrize(
    ("destination", "zone"),
    [
        (Destination("ES", "28001"), "Europe"), (Destination("ES", "35001"), "Islands"), (Destination("ES"), ""),
        (Destination("PT", "9500123"), "Islands"), (Destination("PT", "1000001"), "Europe"),
        (Destination("FI", "00100"), "Europe"), (Destination("FI", "22100"), ""), (Destination("FI", "2"), ""),
        (Destination("US", "", "-"), "States"), (Destination("US", "", "HI"), ""), (Destination("US"), ""),
        (Destination("IE"), "Home"), (Destination("GB"), ""),
    ],
)  # fmt: skip
def test_a_part_of_a_country_goes_before_the_rest_of_it(destination: Destination, zone: str) -> None:
    found = ISLES.zone_at(destination)
    assert (found.name if found else "") == zone


def test_the_zone_of_a_country_is_where_most_of_it_lies() -> None:
    assert [zone and zone.name for zone in map(ISLES.zone, ("ES", "FI", "IE", "GB"))] == [
        "Europe",
        "Europe",
        "Home",
        None,
    ]


def test_a_local_rate_is_no_reason_that_anybody_must_say_where_they_live() -> None:
    assert ISLES.is_local("IE")
    assert not ISLES.is_local("ES")
    assert ISLES.missing(IRELAND) is Ask.NOTHING


def test_local_delivery_is_offered_where_it_goes_and_what_is_collected_comes_last() -> None:
    assert ids(Destination("IE", "F26X0X0")) == ["round", "post", "harbour"]
    assert ids(Destination("IE", "D01F5P2")) == ["post", "harbour"]
    assert ids(IRELAND) == ["post", "harbour"]
    collected = choices(ISLES, IRELAND, worth(2900))[-1]
    assert (collected.pickup, collected.cheapest) == (Pickup("3 Quay Lane", "Sat 10–14"), False)


def test_pages_that_cannot_ask_tell_what_holds_in_most_of_a_country() -> None:
    assert [choice.id for choice in usual_choices(ISLES, "ES", Parcel())] == ["eu"]
    assert [choice.id for choice in usual_choices(ISLES, "IE", Parcel())] == ["post", "harbour"]


def test_what_is_too_heavy_is_not_offered_and_the_reason_is_known() -> None:
    there, heavy = Destination("ES", "35001"), Parcel(weight=2001)
    assert (ids(there, Parcel(weight=2000)), ids(there, heavy)) == (["islands"], [])
    assert obstacle(ISLANDS, there, heavy) == Refusal(Measure.WEIGHT, 2001, 2000)
    assert obstacle(ISLANDS, there, Parcel(weight=2000)) is None


def test_a_zone_sends_nothing_beyond_its_own_limits() -> None:
    shipping = Shipping(Days(0, 0), (replace(HOME, limits=Limits(weight=5000)),))
    assert choices(shipping, IRELAND, Parcel(weight=5001)) == ()
    assert obstacle(shipping.zones[0], IRELAND, Parcel(weight=5001)) == Refusal(Measure.WEIGHT, 5001, 5000)


def test_the_most_that_any_rate_takes_is_named_when_none_takes_a_parcel() -> None:
    rates = tuple(replace(POST, id=str(most), limits=Limits(weight=most)) for most in (1000, 3000, 2000))
    zone = replace(HOME, rates=(*rates, replace(POST, limits=Limits(length=10))))
    assert obstacle(zone, IRELAND, Parcel(weight=3001, length=11)) == Refusal(Measure.WEIGHT, 3001, 3000)


@pytest.mark.parametrize(
    ("rate", "quoted", "meant", "holds"),
    [
        ("eu", Destination("ES", "28001"), Destination("ES", "08001"), True),
        ("eu", Destination("ES", "28001"), Destination("ES", "35001"), False),
        ("round", Destination("IE", "F26X0X0"), Destination("IE", "F28X000"), True),
        ("round", Destination("IE", "F26X0X0"), Destination("IE", "D01F5P2"), False),
        ("post", Destination("IE"), Destination("IE", "D01F5P2"), True),
        ("post", Destination("IE"), Destination("GB", "SW1A1AA"), False),
        ("nosuch", Destination("IE"), Destination("IE"), False),
    ],
)
def test_a_choice_holds_for_another_address_in_the_same_zone(
    rate: str, quoted: Destination, meant: Destination, holds: bool
) -> None:
    reach = ISLES.reach(quoted, rate)
    assert any(area.covers(meant) for area in reach) is holds


def test_forty_zones_are_looked_through_as_quickly_as_one() -> None:
    zones = tuple(replace(EUROPE, name=str(at), countries=(f"{at:02}",), excepted=()) for at in range(40))
    shipping, there, parcel = Shipping(Days(0, 0), (*zones, HOME)), Destination("IE", "F26X0X0"), worth(2900)
    assert [choice.id for choice in choices(shipping, there, parcel)] == ["round", "post", "harbour"]
    alone = Shipping(Days(0, 0), (HOME,))
    one, forty = (
        min(timeit.repeat(lambda shop=shop: choices(shop, there, parcel), timer=process_time, number=100, repeat=9))  # type: ignore[misc]
        for shop in (alone, shipping)
    )
    assert forty < 2 * one
