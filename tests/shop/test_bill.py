"""A bill: whose tax is due on what is sent, on what is collected, and on what is only a file."""

from dataclasses import replace

from functions.shop.area import Area
from functions.shop.rate import Pickup, ShippingRate
from functions.shop.settings import Address
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.tax import Relief, Tax, TaxLine, TaxZone
from functions.shop.working_days import Days
from tests.shop.sample import cart, quote
from tests.small_shop import POSTCARD, SETTINGS

POST = ShippingRate("post", "Post", 500, Days(1, 3))
PIER = ShippingRate("pier", "Collect", 0, Days(0, 0), pickup=Pickup("1 Pier Road", "Sat 10–14"))
VAT = Tax(
    "VAT",
    2300,
    (
        TaxZone("Tory Island", {"standard": 1000}, (Area("IE", postcodes=("F92",)),)),
        TaxZone("Ireland", {"standard": 2300}, (Area("IE"),)),
        TaxZone("Germany", {"standard": 1900}, (Area("DE"),)),
        TaxZone("Exports"),
    ),
    home="IE",
    reverse_charge=True,
)
ZONE = ShippingZone("All", ("IE", "DE", "US"), (POST, PIER))
SHOP = replace(SETTINGS, tax=VAT, shipping=Shipping(Days(1, 2), (ZONE,)))
FILE = replace(POSTCARD, sku="FILE", digital=True, tracked=False)
BERLIN_BUYER = "DE123456788"


def taxed(country: str, shipping_id: str, **more: object) -> tuple[TaxLine, ...]:
    """The tax of two postcards at 2.50 each, sent for 5.00 or collected."""
    return quote(cart(CARD=2), country=country, shipping_id=shipping_id, settings=SHOP, **more).taxes  # type: ignore[arg-type]


def test_what_is_sent_is_taxed_where_it_goes() -> None:
    assert taxed("DE", "post") == (TaxLine("VAT", 1900, 840, 160),)
    assert taxed("US", "post") == (TaxLine("VAT", 0, 1000, 0, Relief.EXPORT),)


def test_what_is_collected_is_taxed_where_the_shop_is_whoever_collects_it() -> None:
    assert taxed("DE", "pier") == (TaxLine("VAT", 2300, 407, 93),)
    assert taxed("US", "pier") == (TaxLine("VAT", 2300, 407, 93),)


def test_a_business_that_collects_pays_the_tax_of_the_shop() -> None:
    sent = quote(cart(CARD=2), country="DE", shipping_id="post", settings=SHOP, vat_id=BERLIN_BUYER)
    assert sent.taxes == (TaxLine("VAT", 0, 840, 0, Relief.REVERSE_CHARGE),)
    assert taxed("DE", "pier", vat_id=BERLIN_BUYER) == (TaxLine("VAT", 2300, 407, 93),)


def test_a_shop_in_a_part_of_its_country_has_the_rates_of_that_part() -> None:
    island = replace(SHOP, address=Address("Shop", "1 Pier", city="Tory", postcode="F92 X000", country="IE"))
    collected = quote(cart(CARD=2), country="DE", shipping_id="pier", settings=island)
    assert collected.taxes == (TaxLine("VAT", 1000, 455, 45),)
    assert quote(cart(FILE=2), variants=(FILE,), settings=island).taxes == (TaxLine("VAT", 1000, 455, 45),)
