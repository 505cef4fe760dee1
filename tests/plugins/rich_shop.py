"""A product with everything: two axes, a reduction, contents, a pre-order, a back-order, a file, and two markets."""

from dataclasses import replace

from functions.shop.catalogue import Variant
from functions.shop.settings import Channel, Closure, Hours, Returns
from plugins.content import Contents, Safety
from plugins.past import Past
from plugins.views import Product, Reduction
from tests.plugins.sample_site import product
from tests.small_shop import SETTINGS

URL = "https://shop.example"
TODAY = "2026-11-24"
RICH = replace(
    SETTINGS,
    hours=(Hours("Mon–Fri", "09:00", "17:00", 0, 4), Hours("Sat", "10:00", "14:00", 5, 5)),
    closures=(Closure("2026-12-24", "2027-01-02", "Closed for the holidays."),),
    channels=(Channel("Signal", "https://signal.example/shop"),),
    returns=Returns(30, free=True),
)
TEA = Variant(
    "TEA-S", "tea", "Tea", 450, "/products/tea/", ("Small", "Mint"), weight=300, declared=9, gtin="4006381333931"
)
VARIANTS = (
    TEA,
    replace(TEA, sku="TEA-L", price=1600, options=("Large", "Mint"), weight=1100, declared=2, gtin=""),
    replace(TEA, sku="TEA-XL", price=6000, options=("Huge", "Mint"), weight=0, declared=0, backorder="2–3 weeks"),
    replace(TEA, sku="TEA-N", price=500, options=("Small", "Nettle"), release_date="2026-12-24"),
    replace(TEA, sku="TEA-B", price=300, options=("Small", "Book"), tracked=False, declared=0, digital=True),
    replace(TEA, sku="TEA-F", price=500, options=("Large", "Fennel"), declared=0, ships_to=("DE", "FR")),
)
PAST = Past({}, {"TEA-L": Reduction(2000, "2026-11-20")})
CONTENTS = {"TEA-S": Contents(250, "g", 1000), "TEA-L": Contents(1000, "g", 100)}


def tea() -> Product:
    """The product."""
    options = {"Size": ("Small", "Large", "Huge"), "Taste": ("Mint", "Nettle", "Book", "Fennel")}
    return product(
        "tea",
        past=PAST,
        variants=VARIANTS,
        options=options,
        variant_contents=CONTENTS,
        specs={"Grown in": "Mayo"},
        care="Keep it dry.",
        included=("One packet",),
        dimensions="12 × 8 cm",
        material="Paper",
        safety=Safety("Tea Ltd, Harbour", "", ("Hot water scalds.",)),
        text="It is *green*.\n\n## How to brew\n\n1. Boil.\n2. Wait.",
    )
