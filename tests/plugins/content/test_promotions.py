"""promotions.yaml: what an owner writes becomes promotions, and every mistake is answered with its line."""

import re
from pathlib import Path

import pytest

from functions.shop.cart import CartLine
from functions.shop.coupon import coupon_problem
from functions.shop.discount import discounts
from functions.shop.line import LineItem
from functions.shop.occasion import Occasion
from functions.shop.promotion import BundlePart, Conditions, Kind, Promotion, Selection, Tier
from functions.shop.shopper import Shopper
from plugins.content import ContentFaults, Facts, load, picture_folder, rate_ids
from plugins.content.promotions import Promotions, read_promotions
from tests.plugins.content.cases import Case, change, read_cases
from tests.plugins.content.sample import FILES, PROMOTIONS, TODAY, write

ROOT = Path(__file__).parents[3]
BROKEN = read_cases(Path(__file__).with_name("broken_promotions.txt"))
HANDBOOK = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```yaml\n(promotions:\n.*?)```", re.DOTALL)
IN_PRINTS = Selection(collections=("prints",))


def test_a_shop_without_the_file_has_no_promotions(shop: Path) -> None:
    assert load(shop, TODAY).promotions == Promotions()


def test_everything_about_promotions_is_read(shop: Path) -> None:
    write(shop / "shop/promotions.yaml", PROMOTIONS)
    assert load(shop, TODAY).promotions.rules == (
        Promotion(
            "winter",
            "Winter prints",
            Kind.PERCENT,
            goods=Selection(collections=("prints",), reduced=False),
            conditions=Conditions(starts="2026-12-01T00:00", ends="2026-12-24T18:00"),
            percent=1250,
        ),
        Promotion(
            "dozen",
            "By the dozen",
            Kind.TIERS,
            goods=Selection(skus=("MUG",)),
            conditions=Conditions(max_pieces=20),
            tiers=(Tier(6, 1000), Tier(12, price=1000)),
            together=True,
        ),
        Promotion("three-for-two", "Three for two", Kind.BUY_GET, percent=10_000, buy=2, get=1),
        Promotion(
            "mug-with-print",
            "A mug with a print",
            Kind.BUY_GET,
            goods=IN_PRINTS,
            percent=5000,
            buy=1,
            get=1,
            reward=Selection(products=("mug",)),
        ),
        Promotion(
            "pair",
            "A pair",
            Kind.BUNDLE,
            amount=3500,
            parts=(BundlePart(Selection(skus=("MUG",))), BundlePart(IN_PRINTS, 2)),
        ),
        Promotion(
            "bag",
            "A print from us",
            Kind.GIFT,
            conditions=Conditions(min_goods=8000, max_goods=30_000),
            gift=CartLine("PRINT-A4", 1),
        ),
        Promotion(
            "post",
            "Free post",
            Kind.FREE_SHIPPING,
            conditions=Conditions(min_pieces=3, countries=("IE", "DE"), uses=500, uses_per_customer=2),
            rates=("ie-standard", "eu-standard"),
        ),
        Promotion("flat", "Mugs at 12", Kind.FIXED_PRICE, goods=Selection(products=("mug",)), amount=1200),
        Promotion(
            "welcome",
            "Welcome",
            Kind.AMOUNT,
            code="WELCOME-5",
            conditions=Conditions(first_order=True, uses_per_customer=1),
            combines=False,
            amount=500,
        ),
    )


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("2026-12-24", "2026-12-25T00:00"),
        ("2026-12-31", "2027-01-01T00:00"),
        ("2028-02-28", "2028-02-29T00:00"),
        ("2026-12-24 18:00", "2026-12-24T18:00"),
        ("2026-12-24T00:00", "2026-12-24T00:00"),
    ],
)
def test_a_day_counts_to_its_last_minute_and_a_time_to_itself(shop: Path, written: str, ends: str) -> None:
    write(shop / "shop/promotions.yaml", PROMOTIONS.replace("2026-12-24 18:00", written))
    assert load(shop, TODAY).promotions.rules[0].conditions.ends == ends


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.name for broken in BROKEN])
def test_each_mistake_is_answered_with_its_line_and_what_to_write(broken: Case, shop: Path) -> None:
    write(shop / "shop/promotions.yaml", PROMOTIONS)
    change(shop, FILES | {"shop/promotions.yaml": PROMOTIONS}, broken)
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert [str(fault) for fault in raised.value.faults] == broken.said


def test_the_table_holds_thirty_mistakes_and_none_without_a_fault() -> None:
    assert len(BROKEN) >= 30
    assert [broken.name for broken in BROKEN if not broken.said] == []


def test_while_the_currency_is_wrong_amounts_are_not_judged(shop: Path) -> None:
    write(shop / "shop/promotions.yaml", PROMOTIONS)
    write(shop / "shop/shop.yaml", FILES["shop/shop.yaml"].replace("currency: EUR", "currency: EURO"))
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert [fault.field for fault in raised.value.faults] == ["currency"]


def test_the_handbooks_example_is_right_for_the_demo_shop(tmp_path: Path) -> None:
    """And no product, collection or rate in it is made up."""
    (example,) = EXAMPLE.findall(HANDBOOK)
    write(tmp_path / "shop/promotions.yaml", example)
    content = load(ROOT / "content", TODAY)
    shipping = content.shop.settings.shipping
    facts = Facts(picture_folder(ROOT / "content"), "EUR", destinations=shipping.countries)
    reading = read_promotions(tmp_path, facts, rate_ids(content.shop))
    assert reading.source
    assert (reading.faults, len(reading.source.rules)) == ((), 7)
    sold = {variant.sku for product in content.products for variant in product.variants}
    named = reading.references
    assert {one.name for one in (*named.skus, *named.gifts)} <= sold
    assert {one.name for one in named.products} <= {product.slug for product in content.products}
    assert {one.name for one in named.collections} <= {collection.slug for collection in content.collections}


def test_the_handbooks_reckoning_is_right(tmp_path: Path) -> None:
    """With the prices of the demo shop, as they are told there."""
    (example,) = EXAMPLE.findall(HANDBOOK)
    write(tmp_path / "shop/promotions.yaml", example)
    content = load(ROOT / "content", TODAY)
    read = read_promotions(tmp_path, Facts(picture_folder(ROOT / "content"), "EUR"), ()).source
    assert read
    promotions = read.rules
    variants = {variant.sku: variant for product in content.products for variant in product.variants}
    occasion = Occasion(
        "2026-12-05T10:00", content.shop.settings.money, variants, dict.fromkeys(variants, 9), "IE",
        Shopper(codes=("welcome",), customer="ada", is_first=True), shipping={"ie-standard": 450, "ie-express": 950},
    )  # fmt: skip

    def lines(mugs: int) -> list[LineItem]:
        gannet, mug = variants["GANNET-A4"], variants["MUG-ISOBARS"]
        return [
            LineItem(one.sku, one.title, one.label, count, one.price, count * one.price, one.path)
            for one, count in ((gannet, 1), (mug, mugs))
        ]

    def saved(mugs: int) -> list[tuple[str, int]]:
        return [(one.promotion, one.amount) for one in discounts(promotions, lines(mugs), occasion)]

    assert saved(2) == [("autumn-prints", 390), ("free-post", 0)]
    assert coupon_problem("welcome", promotions, lines(2), occasion) is not None
    assert saved(1) == [("welcome", 500)]
