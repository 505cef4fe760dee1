"""A shop of four variants with round figures, for tests that need something to sell."""

import hashlib
import json
from pathlib import Path

from functions.shop.catalogue import Variant, shard_of
from functions.shop.money import MoneyFormat
from functions.shop.record import to_json
from functions.shop.settings import Address, Hours, Settings
from functions.shop.shipping import Shipping, ShippingRate, ShippingZone
from functions.shop.tax import Tax
from functions.shop.working_days import Days

POSTCARD = Variant("CARD", "card", "Postcard", 250, "/products/card/", weight=10, declared=500)
PRINT_A4 = Variant(
    "PRINT-A4", "print", "Print", 2400, "/products/print/", options=("A4", "Oak"), weight=180, declared=3
)
LAST_ONE = Variant("LAST", "last", "The last one", 1000, "/products/last/", declared=1)
TO_ORDER = Variant("TO-ORDER", "to-order", "Made to order", 9900, "/products/to-order/", tracked=False, limit=5)
FREE = Variant("FREE", "free", "Free sample", 0, "/products/free/", declared=10)
VARIANTS = (POSTCARD, PRINT_A4, LAST_ONE, TO_ORDER, FREE)

SETTINGS = Settings(
    name="Small Shop",
    tagline="Few things",
    legal_name="Small Shop Ltd",
    address=Address("Small Shop", "1 Pier Road", "", "Harbour", "Co. Mayo", "F26 X0X0", "IE"),
    email="owner@small.example",
    phone="+353 20 912 3456",
    hours=(Hours("Mon–Fri", "09:00", "17:00"),),
    time_zone="Europe/Dublin",
    language="en",
    money=MoneyFormat("EUR", 2, prefix="€"),
    shipping=Shipping(
        handling=Days(1, 2),
        zones=(
            ShippingZone(
                "Ireland",
                ("IE",),
                (
                    ShippingRate("ie-standard", "Standard", 450, Days(1, 3), free_over=6000),
                    ShippingRate("ie-express", "Express", 950, Days(1, 1)),
                ),
            ),
            ShippingZone("Europe", ("DE", "FR"), (ShippingRate("eu-standard", "Standard", 890, Days(3, 7)),)),
            ShippingZone("Pick-up", ("GB",), (ShippingRate("gb-free", "Free of charge", 0, Days(2, 5)),)),
        ),
    ),
    tax=Tax("VAT", 2300),
    countries={"IE": "Ireland", "DE": "Germany", "FR": "France", "GB": "United Kingdom"},
)
CHROME = (
    "<!doctype html><html lang=en><head><title><!--pouch:title--></title><!--pouch:head--></head>"
    '<body><a href="/cart">Cart <!--pouch:cart-count--></a><main id="main"><!--pouch:main--></main></body></html>'
)


def write_release(
    build: Path,
    variants: tuple[Variant, ...] = VARIANTS,
    settings: Settings = SETTINGS,
    shards: int = 2,
    files: dict[str, str] | None = None,
) -> str:
    """A release folder as the build leaves it; gives the release's id."""
    shelves: list[dict[str, object]] = [{} for _ in range(shards)]
    for variant in variants:
        shelves[shard_of(variant.sku, shards)][variant.sku] = to_json(variant)
    release = {
        "settings": _kept(build, json.dumps(to_json(settings))),
        "chrome": _kept(build, CHROME),
        "assets": {name: f"/static/{name[4:]}" for name in ("css/order.css", "css/wishlist.css")},
        "files": files or {},
        "shards": [_kept(build, json.dumps(shelf)) for shelf in shelves],
    }
    release_id = hashlib.sha256(json.dumps(release).encode()).hexdigest()
    (build / "release.json").write_text(json.dumps({"id": release_id} | release))
    return release_id


def _kept(build: Path, text: str) -> str:
    name = hashlib.sha256(text.encode()).hexdigest()
    (build / "catalogue").mkdir(parents=True, exist_ok=True)
    (build / "catalogue" / name).write_text(text)
    return name
