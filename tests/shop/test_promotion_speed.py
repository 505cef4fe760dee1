"""A full cart under many promotions is reckoned in a fraction of what a quote may take."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest

from functions.shop.catalogue import Variant
from functions.shop.discount import discounts
from functions.shop.line import LineItem
from functions.shop.promotion import BundlePart, Conditions, Kind, Promotion, Selection, Tier
from tests.shop.promoted import OCCASION, promotion

SHELVES = ("prints", "home", "paper", "new")
GOODS = [
    Variant(f"SKU-{n}", f"product-{n // 2}", "Thing", 500 + 37 * n, "", collections=(SHELVES[n % 4], SHELVES[n % 3]))
    for n in range(50)
]
CART = [LineItem(one.sku, one.title, "", 3, one.price, 3 * one.price, "") for one in GOODS]
CROWD = replace(OCCASION, variants={one.sku: one for one in GOODS}, stock={one.sku: 99 for one in GOODS})


def rules() -> list[Promotion]:
    """Twenty promotions of every kind of price, some of which do not combine."""
    some = [Selection(), *(Selection(collections=(shelf,)) for shelf in SHELVES)]
    kinds = [
        promotion(Kind.PERCENT, percent=500),
        promotion(Kind.BUY_GET, buy=2, get=1, percent=5000),
        promotion(Kind.TIERS, tiers=(Tier(3, 100), Tier(9, 200))),
        promotion(Kind.BUNDLE, amount=900, parts=(BundlePart(some[1], 2), BundlePart(some[2]))),
    ]
    return [
        replace(kinds[n % 4], id=f"p-{n}", goods=some[n % 5], combines=n % 5 != 1, conditions=Conditions(min_goods=n))
        for n in range(20)
    ]


def best_of(attempts: int, *acts: Callable[[], object]) -> list[float]:
    """Seconds of processor time in the quickest attempt of each, all of them tried in turn."""
    times = [[_seconds(act) for act in acts] for _ in range(attempts)]
    return [min(of_one) for of_one in zip(*times, strict=True)]


def _seconds(act: Callable[[], object]) -> float:
    start = process_time()
    act()
    return process_time() - start


@pytest.mark.alone
def test_fifty_lines_under_twenty_promotions_take_half_of_what_a_quote_may() -> None:
    """Five milliseconds of ten; machines differ, so the same one sorts fifty thousand numbers in 2.5 beside it."""
    promotions, numbers = rules(), list(range(1_000))
    reckoning, sorting = best_of(
        30,
        lambda: discounts(promotions, CART, CROWD),
        lambda: [sorted(numbers, key=lambda number: -number) for _ in range(50)],
    )
    assert reckoning < 2 * sorting
