"""shipping.yaml with everything that can stand in it, and what the proof of its rates finds."""

import re
from pathlib import Path

import pytest

from functions.shop.area import Area
from functions.shop.parcel import Counts, Measure
from functions.shop.rate import Band, Limits, Pickup, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.working_days import Days
from plugins.content import ContentFaults, load
from plugins.structured_data.policies import shipping_services
from tests.plugins.content.sample import FILES, TODAY, write

EVERYTHING = """\
handling: 1-2
packing_weight: 120 g
zones:
  - name: Ireland
    countries: [IE]
    max_weight: 30 kg
    rates:
      - id: ie-post
        name: Post
        by_weight: [{up_to: 2 kg, price: 4.50}, {up_to: 30 kg, price: 12.00}]
        free_over: 60.00
        free_over_counts: before_discounts
        days: 1-3
        carrier_days: mon-sat
      - {id: ie-round, name: Our own round, price: 2.00, postcodes: [F26, "F28"], days: 1, carrier_days: "tue, fri"}
      - id: ie-harbour
        name: Collect
        price: 0
        pickup: {address: 1 Pier Road, hours: Sat 10:00-14:00}
        days: 0
  - name: Islands
    parts:
      - {country: ES, postcodes: ["35", 38000-38999], except: ["38900-38999"]}
      - {country: US, regions: {HI: Hawaii}}
    rates:
      - {id: islands, name: Post, price: 9.00, per_item: 1.50, days: 5-9}
  - name: Far away
    countries: [ES, FI, US]
    except: [{country: FI, postcodes: ["22"]}]
    rates:
      - {id: far-size, name: Box, by_length: [{up_to: 60 cm, price: 20.00}, {price: 30.00}], max_girth: 300 cm, days: 9}
      - {id: far-worth, name: Insured, by_subtotal: [{up_to: 500.00, price: 30.00}, {price: 0}], days: 9}
"""
SIZED = {
    name: FILES[name].replace("---\n", "---\npacked_size: 42 × 31 × 3.5 cm\nshipping_surcharge: 2.50\n", 1)
    for name in ("products/print.md", "products/mug.md")
}


def test_everything_that_can_be_written_is_read(shop: Path) -> None:
    write(shop / "shop/shipping.yaml", EVERYTHING)
    for name, text in SIZED.items():
        write(shop / name, text)
    assert load(shop, TODAY).shop.settings.shipping == Shipping(
        Days(1, 2),
        (
            ShippingZone(
                "Ireland",
                ("IE",),
                (
                    ShippingRate(
                        "ie-post", "Post", 0, Days(1, 3), 6000, Counts.BEFORE_DISCOUNTS,
                        by=Measure.WEIGHT, bands=(Band(450, 2000), Band(1200, 30_000)), carrier_days=(0, 1, 2, 3, 4, 5),
                    ),
                    ShippingRate(
                        "ie-round", "Our own round", 200, Days(1, 1),
                        within=Area("IE", postcodes=("F26", "F28")), carrier_days=(1, 4),
                    ),
                    ShippingRate(
                        "ie-harbour", "Collect", 0, Days(0, 0), pickup=Pickup("1 Pier Road", "Sat 10:00-14:00"),
                    ),
                ),
                limits=Limits(weight=30_000),
            ),
            ShippingZone(
                "Islands",
                (),
                (ShippingRate("islands", "Post", 900, Days(5, 9), per_item=150),),
                (
                    Area("ES", postcodes=("35", "38000-38999"), except_postcodes=("38900-38999",)),
                    Area("US", regions=("HI",)),
                ),
            ),
            ShippingZone(
                "Far away",
                ("ES", "FI", "US"),
                (
                    ShippingRate(
                        "far-size", "Box", 0, Days(9, 9),
                        by=Measure.LENGTH, bands=(Band(2000, 600), Band(3000)), limits=Limits(girth=3000),
                    ),
                    ShippingRate(
                        "far-worth", "Insured", 0, Days(9, 9), by=Measure.SUBTOTAL, bands=(Band(3000, 50_000), Band(0)),
                    ),
                ),
                excepted=(Area("FI", postcodes=("22",)),),
            ),
        ),
        packing=120,
        regions={"US-HI": "Hawaii"},
    )  # fmt: skip


def test_what_a_product_says_of_its_parcel_is_known_of_each_variant(shop: Path) -> None:
    text = SIZED["products/print.md"].replace(
        "    price: 24.00\n", "    price: 24.00\n    packed_size: 5 x 60 x 5 cm\n", 1
    )
    write(
        shop / "products/print.md",
        text.replace("    price: 98.50\n", "    price: 98.50\n    shipping_surcharge: 0\n", 1),
    )
    prints = next(product for product in load(shop, TODAY).products if product.slug == "print").variants
    assert [(variant.sku, variant.size, variant.surcharge) for variant in prints] == [
        ("PRINT-A4", (600, 50, 50), 250),
        ("PRINT-A3-OAK", (420, 310, 35), 0),
    ]


def test_a_bundle_is_packed_as_its_parts_are_unless_it_says_otherwise(shop: Path) -> None:
    for name, text in SIZED.items():
        write(shop / name, text)
    bundle = (
        FILES["products/mug.md"]
        .replace("sku: MUG\n", "sku: PAIR\n")
        .replace("weight: 350 g\n", "bundle: [{sku: MUG, quantity: 2}]\n")
    )
    write(shop / "products/pair.md", bundle)
    pair = next(product for product in load(shop, TODAY).products if product.slug == "pair").variants[0]
    assert (pair.weight, pair.size, pair.surcharge) == (700, (420, 310, 70), 500)


def test_a_bundle_that_is_too_heavy_is_found_by_the_proof(shop: Path) -> None:
    light = "by_weight: [{up_to: 6 kg, price: 9.00}]"
    rules = FILES["shop/shipping.yaml"].replace("price: 8.90", light)
    bundle = (
        FILES["products/mug.md"]
        .replace("sku: MUG\n", "sku: TEN\n")
        .replace("weight: 350 g\n", "bundle: [{sku: MUG, quantity: 18}]\n")
    )
    write(shop / "products/ten.md", bundle)
    write(shop / "products/print.md", FILES["products/print.md"].replace("title: ", "status: draft\ntitle: ", 1))
    write(
        shop / "shop/shop.yaml",
        FILES["shop/shop.yaml"].replace("featured: [print]", "featured: [mug]").replace("20}", "2}"),
    )
    write(shop / "shop/shipping.yaml", rules)
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert str(raised.value) == (
        "content/shop/shipping.yaml:11:9: rates: 6.3 kg (1 × TEN, packed) to Europe has no rate; the heaviest band of "
        "'Europe' ends at 6 kg; add a band, or write max_weight: 6 kg in the zone, which shoppers are told"
    )


def test_the_table_of_rates_says_every_kind_of_price(shop: Path) -> None:
    write(shop / "shop/shipping.yaml", EVERYTHING)
    for name, text in SIZED.items():
        write(shop / name, text)
    write(shop / "pages/about.md", FILES["pages/about.md"] + "\n{delivery}\n")
    [about] = load(shop, TODAY).pages
    cells = re.findall(r"<td>(.*?)</td>", about.body)
    assert [tuple(cells[at : at + 5]) for at in range(0, len(cells), 5)] == [
        ("Ireland", "Post", "up to 2 kg €4.50; up to 30 kg €12.00", "€60.00 before discounts", "2–5"),
        ("Ireland", "Our own round (postcodes F26, F28)", "€2.00", "–", "2–3"),
        ("Ireland", "Collect: 1 Pier Road, Sat 10:00-14:00", "€0.00", "–", "1–2"),
        ("Islands", "Post", "€9.00 and €1.50 for each piece", "–", "6–11"),
        ("Far away", "Box", "up to 60 cm long €20.00; above that €30.00", "–", "10–11"),
        ("Far away", "Insured", "up to €500.00 of goods €30.00; above that €0.00", "–", "10–11"),
    ]


def test_machines_read_bands_and_parts_of_countries(shop: Path) -> None:
    """Not what is collected, nor prices that schema.org has no words for."""
    write(shop / "shop/shipping.yaml", EVERYTHING)
    for name, text in SIZED.items():
        write(shop / name, text)
    services = shipping_services(load(shop, TODAY).shop.settings)
    told = {service["name"]: service["shippingConditions"] for service in services}
    assert list(told) == ["Post", "Our own round", "Insured"]
    assert [condition.get("weight") for condition in told["Post"]] == [
        {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 2000, "unitCode": "GRM"},
        {"@type": "QuantitativeValue", "minValue": 2001, "maxValue": 30_000, "unitCode": "GRM"},
        None,
    ]
    assert told["Our own round"][0]["shippingDestination"] == {
        "@type": "DefinedRegion",
        "addressCountry": "IE",
        "postalCodePrefix": ["F26", "F28"],
    }
    assert [condition["orderValue"] for condition in told["Insured"]] == [
        {"@type": "MonetaryAmount", "minValue": "0.00", "maxValue": "500.00", "currency": "EUR"},
        {"@type": "MonetaryAmount", "minValue": "500.01", "currency": "EUR"},
    ]
