"""A cart that cannot be delivered says which of its things, why, and what to do."""

from dataclasses import replace

import pytest

from functions.shop.area import Area
from functions.shop.parcel import Measure
from functions.shop.rate import Band, Limits, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.working_days import Days
from tests.shop.sample import cart, quote
from tests.shop.test_quote import troubles
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS

POST = ShippingRate("post", "Post", 450, Days(1, 3))
LIGHT = replace(POST, id="light", by=Measure.WEIGHT, bands=(Band(900, 500),))
SHIPPING = Shipping(
    Days(1, 2),
    (
        ShippingZone("Home", ("IE",), (LIGHT,)),
        ShippingZone("Spain", ("ES", "FI"), (POST,), excepted=(Area("FI", postcodes=("22",)),)),
        ShippingZone("Islands", (), (LIGHT,), parts=(Area("ES", postcodes=("35",)),)),
        ShippingZone("States", ("US",), (POST,), excepted=(Area("US", regions=("HI",)),)),
    ),
    packing=100,
    regions={"US-HI": "Hawaii"},
)
COUNTRIES = {"IE": "Ireland", "ES": "Spain", "FI": "Finland", "US": "United States"}
SHOP = replace(SETTINGS, shipping=SHIPPING, countries=COUNTRIES)


@pytest.mark.parametrize(
    ("country", "postcode", "region", "said"),
    [
        ("ES", "", "", ("asks", "Please tell us the postcode: how we deliver to Spain depends on it.")),
        ("ES", "3", "", ("asks", "3 is no whole postcode in Spain. Please write all of it.")),
        ("US", "", "", ("asks", "Please tell us where in United States it shall go: how we deliver depends on it.")),
        (
            "FI",
            "22100",
            "",
            ("no_delivery", "We do not deliver to 22100 in Finland. Please choose another destination."),
        ),
        (
            "US",
            "",
            "HI",
            ("no_delivery", "We do not deliver to Hawaii in United States. Please choose another destination."),
        ),
    ],
)
def test_what_is_not_known_is_asked_and_where_nothing_goes_is_said(
    country: str, postcode: str, region: str, said: tuple[str, str]
) -> None:
    made = quote(cart(CARD=1), country=country, postcode=postcode, region=region, settings=SHOP)
    assert (made.shipping, made.choices, made.country) == (None, (), country)
    assert troubles(made) == [(said[0], "", said[1])]


@pytest.mark.parametrize(("country", "postcode", "region"), [("ES", "28001", ""), ("FI", "00100", ""), ("US", "", "-")])
def test_who_has_said_enough_is_asked_nothing(country: str, postcode: str, region: str) -> None:
    made = quote(cart(CARD=1), country=country, postcode=postcode, region=region, settings=SHOP)
    assert (made.problems, made.total) == ((), 700)


def test_one_thing_that_is_too_heavy_is_named() -> None:
    heavy = replace(PRINT_A4, weight=450)
    made = quote(cart(PRINT_A4=1, CARD=1), country="ES", postcode="35001", variants=(heavy, POSTCARD), settings=SHOP)
    assert troubles(made) == [
        (
            "too_large",
            "PRINT-A4",
            (
                "Print, A4, Oak cannot be sent to 35001 in Spain: packed it weighs 550 g, and we send up to 500 g "
                "there. Please remove it or choose another destination."
            ),
        )
    ]


def test_a_cart_that_is_too_heavy_together_can_be_two_orders() -> None:
    assert troubles(quote(cart(PRINT_A4=3), settings=SHOP)) == [
        (
            "too_large",
            "",
            (
                "Packed, your cart weighs 640 g, and we send up to 500 g to Ireland at a time. "
                "Please take something out, or make two orders of it."
            ),
        )
    ]
    assert quote(cart(PRINT_A4=2), settings=SHOP).problems == ()


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (replace(POST, limits=Limits(length=300)), "packed it is 32 cm long, and we send up to 30 cm there"),
        (replace(POST, limits=Limits(girth=500)), "packed it measures 56 cm around, and we send up to 50 cm there"),
        (
            replace(POST, by=Measure.SUBTOTAL, bands=(Band(450, 2000),)),
            "it costs €24.00, and we send goods of up to €20.00 there",
        ),
    ],
)
def test_every_measure_has_its_sentence(rate: ShippingRate, said: str) -> None:
    shop = replace(SHOP, shipping=replace(SHIPPING, zones=(ShippingZone("Home", ("IE",), (rate,)),)))
    framed = replace(PRINT_A4, size=(320, 240, 40))
    [(_, sku, message)] = troubles(quote(cart(PRINT_A4=1), variants=(framed,), settings=shop))
    expected = f"Print, A4, Oak cannot be sent to Ireland: {said}. Please remove it or choose another destination."
    assert (sku, message) == ("PRINT-A4", expected)


def test_too_many_pieces_are_told_of_the_cart() -> None:
    few = ShippingZone("Home", ("IE",), (replace(POST, by=Measure.COUNT, bands=(Band(450, 4),)),))
    [(_, _, message)] = troubles(quote(cart(CARD=5), settings=replace(SHOP, shipping=replace(SHIPPING, zones=(few,)))))
    assert message == (
        "Your cart holds 5 pieces, and we send up to 4 to Ireland at a time. "
        "Please take something out, or make two orders of it."
    )


def test_the_digest_names_postcode_and_region() -> None:
    here, there = (quote(cart(CARD=1), country="ES", postcode=code, settings=SHOP) for code in ("28001", "08001"))
    assert here.total == there.total
    assert here.digest != there.digest
