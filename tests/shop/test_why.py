"""Why a quote is what it is: literal lines that an owner can read."""

from dataclasses import replace

from functions.shop.area import Area
from functions.shop.parcel import Measure
from functions.shop.rate import Band, Limits, Pickup, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.why import why
from functions.shop.working_days import Days
from tests.shop.sample import cart, quote
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS

FRAMED = replace(PRINT_A4, size=(320, 240, 40), surcharge=200)
FILE = replace(POSTCARD, sku="FILE", title="Wallpaper", digital=True, tracked=False)
VARIANTS = (FRAMED, POSTCARD, FILE)
BANDS = (Band(450, 500), Band(900, 2000), Band(1500))
SHIPPING = Shipping(
    Days(1, 2),
    (
        ShippingZone(
            "Ireland",
            ("IE",),
            (
                ShippingRate("post", "Post", 0, Days(1, 3), free_over=6000, by=Measure.WEIGHT, bands=BANDS),
                ShippingRate("each", "Van", 300, Days(1, 1), per_item=50),
                ShippingRate("letter", "Letter", 150, Days(1, 3), limits=Limits(weight=100)),
                ShippingRate("round", "Round", 200, Days(1, 1), within=Area("IE", postcodes=("F26", "F28"))),
                ShippingRate("harbour", "Collect", 0, Days(0, 0), pickup=Pickup("1 Pier Road", "Sat 10–14")),
            ),
        ),
        ShippingZone("Spain", ("ES",), (ShippingRate("es", "Post", 900, Days(3, 7)),)),
        ShippingZone(
            "Islands", (), (ShippingRate("islands", "Post", 1900, Days(3, 7)),),
            (Area("ES", postcodes=("35", "38000-38999")),), limits=Limits(weight=300),
        ),
    ),
    packing=120,
)  # fmt: skip
SHOP = replace(SETTINGS, shipping=SHIPPING, countries={"IE": "Ireland", "ES": "Spain"})


def explained(country: str = "", postcode: str = "", **skus: int) -> list[str]:
    """The explanation of a cart."""
    made = quote(cart(**skus), country=country, postcode=postcode, variants=VARIANTS, settings=SHOP)
    return list(why(made, {variant.sku: variant for variant in VARIANTS}, SHOP))


def test_every_rate_says_what_it_costs_or_why_it_is_not_offered() -> None:
    assert explained(PRINT_A4=2, CARD=1) == [
        "2 × Print, A4, Oak (PRINT-A4): €24.00 each, €48.00; 180 g each",
        "1 × Postcard (CARD): €2.50 each, €2.50; 10 g each",
        "Parcel: 3 pieces, 490 g, 120 g of it packing; 32 cm long, 64 cm around",
        "To: Ireland",
        "Zone: Ireland, because it has all of Ireland",
        "post (chosen): €8.50 = €4.50 (weight up to 500 g) + €4.00 surcharge",
        "each: €8.50 = €3.00 + 3 × €0.50 + €4.00 surcharge",
        "letter: not offered, because the weight of 490 g is more than 100 g",
        "round: not offered, because it goes to F26, F28 only",
        "harbour: €0.00 = €0.00",
        "Total: €59.00",
    ]


def test_free_delivery_says_from_which_value_on() -> None:
    lines = explained("IE", "F26X0X0", CARD=24)
    assert lines[4:] == [
        "post (chosen): €0.00 = nothing from €60.00 of goods after discounts on",
        "each: €15.00 = €3.00 + 24 × €0.50",
        "letter: not offered, because the weight of 360 g is more than 100 g",
        "round: €2.00 = €2.00",
        "harbour: €0.00 = €0.00",
        "Total: €60.00",
    ]


def test_a_part_of_a_country_says_which_postcodes_decide() -> None:
    assert explained("ES", "38111", CARD=1)[2:] == [
        "To: 38111 in Spain",
        "Zone: Islands, because it names 38000-38999 of Spain",
        "islands (chosen): €19.00 = €19.00",
        "Total: €21.50",
    ]
    assert explained("ES", "28001", CARD=1)[3] == "Zone: Spain, because it has all of Spain that no other zone names"


def test_what_cannot_be_delivered_says_so() -> None:
    assert explained("ES", "35001", PRINT_A4=2)[3:] == [
        "Zone: Islands, because it names 35 of Spain",
        "islands: not offered, because the weight of 480 g is more than 300 g in this zone",
        "Total: €48.00",
        (
            "But: Packed, your cart weighs 480 g, and we send up to 300 g to 35001 in Spain at a time. "
            "Please take something out, or make two orders of it."
        ),
    ]
    assert explained("ES", CARD=1)[2:] == [
        "To: Spain",
        "Zone: none",
        "Total: €2.50",
        "But: Please tell us the postcode: how we deliver to Spain depends on it.",
    ]


def test_files_go_nowhere() -> None:
    assert explained(FILE=1) == [
        "1 × Wallpaper (FILE): €2.50 each, €2.50; a file",
        "Nothing to send: all of it is files",
        "Total: €2.50",
    ]
