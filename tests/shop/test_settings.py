"""What rules of delivery and of tax ask of a shopper together, and where a parcel may go for what it was priced."""

from dataclasses import replace

import pytest

from functions.shop.area import Area, Ask
from functions.shop.destination import Destination
from functions.shop.settings import Address, Settings
from functions.shop.shipping import Shipping, ShippingRate, ShippingZone
from functions.shop.tax import Tax, TaxZone
from functions.shop.working_days import Days
from tests.small_shop import SETTINGS

POST = ShippingRate("post", "Post", 450, Days(1, 3))
ROUND = replace(POST, id="round", price=200, within=Area("IE", postcodes=("F26", "F28")))
CANARIES, MAINLAND = Area("ES", postcodes=("35", "38")), Area("ES", except_postcodes=("35", "38"))
ZONES = (
    ShippingZone("Home", ("IE",), (ROUND, POST)),
    ShippingZone("Spain", ("ES",), (replace(POST, id="es"),)),
    ShippingZone("Tenerife", (), (replace(POST, id="islands"),), (Area("ES", postcodes=("38",)),)),
    ShippingZone("Rest", ("DE", "US", "AT"), (replace(POST, id="rest"),)),
)
VAT = Tax(
    "VAT",
    2300,
    (
        TaxZone("Outside", {}, (CANARIES, Area("DE", postcodes=("78266",)))),
        TaxZone("California", {"standard": 725}, (Area("US", regions=("CA",)),)),
        TaxZone("Jungholz", {"standard": 2300}, (Area("AT", postcodes=("6691",)),)),
        TaxZone("Union", {"standard": 2300}, tuple(map(Area, ("IE", "ES", "DE", "AT")))),
        TaxZone("Exports"),
    ),
    home="IE",
    regions={"US-CA": "California"},
)
SHOP = replace(SETTINGS, shipping=Shipping(Days(1, 2), ZONES, regions={"US-HI": "Hawaii"}), tax=VAT)
ON_TOP = replace(SHOP, tax=replace(VAT, inclusive=False))
LESS_TAX = replace(SHOP, tax=replace(VAT, exports_keep_price=False))


@pytest.mark.parametrize(
    ("country", "ask"),
    [("IE", Ask.POSTCODE), ("ES", Ask.POSTCODE), ("DE", Ask.POSTCODE), ("US", Ask.REGION), ("AT", Ask.NOTHING)],
)
def test_a_shopper_is_asked_for_what_either_rule_tells_a_country_apart_by(country: str, ask: Ask) -> None:
    """In IE a rate is local, in ES both do, in DE and US taxes alone; a part taxed as its country is no reason."""
    assert SHOP.asks(country) is ask


@pytest.mark.parametrize(
    ("settings", "destination", "missing"),
    [
        (SHOP, Destination("ES"), Ask.POSTCODE),
        (SHOP, Destination("DE"), Ask.NOTHING),
        (SHOP, Destination("US"), Ask.NOTHING),
        (ON_TOP, Destination("DE"), Ask.POSTCODE),
        (ON_TOP, Destination("DE", "7826"), Ask.POSTCODE),
        (ON_TOP, Destination("DE", "78266"), Ask.NOTHING),
        (ON_TOP, Destination("US"), Ask.REGION),
        (ON_TOP, Destination("US", region="CA"), Ask.NOTHING),
        (LESS_TAX, Destination("DE"), Ask.POSTCODE),
        (ON_TOP, Destination("AT"), Ask.NOTHING),
        (ON_TOP, Destination("IE"), Ask.NOTHING),
    ],
)
def test_an_answer_is_needed_only_where_the_total_depends_on_it(
    settings: Settings, destination: Destination, missing: Ask
) -> None:
    assert settings.missing(destination) is missing


def test_regions_of_either_rule_can_be_chosen() -> None:
    assert SHOP.regions_of("US") == {"HI": "Hawaii", "CA": "California"}
    assert SHOP.regions_of("DE") == {}


@pytest.mark.parametrize(
    ("destination", "rate", "reach"),
    [
        (Destination("AT"), "rest", (Area("AT"),)),
        (Destination("DE"), "rest", (Area("DE", except_postcodes=("78266",)),)),
        (Destination("DE", "78266"), "rest", (Area("DE", postcodes=("78266",)),)),
        (Destination("ES", "28001"), "es", (MAINLAND,)),
        (Destination("ES", "35001"), "es", (Area("ES", postcodes=("35", "38"), except_postcodes=("38",)),)),
        (Destination("ES", "38001"), "islands", (Area("ES", postcodes=("38",)),)),
        (Destination("US", region="CA"), "rest", (Area("US", regions=("CA",)),)),
        (Destination("IE", "F26X0X0"), "round", (Area("IE", postcodes=("F26", "F28")),)),
        (Destination("IE"), "unknown", ()),
    ],
)
def test_a_parcel_may_go_wherever_delivery_and_tax_are_the_same(
    destination: Destination, rate: str, reach: tuple[Area, ...]
) -> None:
    found = SHOP.reach(destination, rate)
    assert tuple(replace(area, except_postcodes=tuple(sorted(area.except_postcodes))) for area in found) == reach


def test_the_shop_is_where_its_address_says() -> None:
    assert SHOP.place == Destination("IE", "F26X0X0")
    hilo = Address(line1="1 Bay Street", city="Hilo", region="HI", postcode="96720", country="US")
    assert replace(SHOP, address=hilo).place == Destination("US", "96720", "HI")
