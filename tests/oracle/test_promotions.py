"""The core and the oracle agree on every discount of random carts under random promotions, to the minor unit."""

import os
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.shop.cart import CartLine
from functions.shop.catalogue import Variant
from functions.shop.discount import Discount, discounts, line_discounts
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat, step
from functions.shop.occasion import Occasion
from functions.shop.promotion import BundlePart, Conditions, Kind, Promotion, Selection, Tier
from tests.oracle.promotions import Given, Rule, Thing, World, judge

CARTS = int(os.environ.get("CARTS", "300"))  # as many as a test run has time for; CARTS=100000 is the nightly proof
CURRENCIES = ["EUR", "USD", "JPY", "KWD", "ISK"]
SKUS = ["A", "B", "C", "D", "E", "F"]
PRODUCTS = ["p", "q", "r"]
COLLECTIONS = ["x", "y", "z"]
GIFTS = {"GIFT-1": (1, 490), "GIFT-2": (3, 990)}
"""How many there are of each, and their price in steps."""
RATES = {"slow": 450, "fast": 990}


@dataclass
class Case:
    """A cart under promotions, once for the core and once for the oracle."""

    currency: str
    cart: list[Thing]
    promotions: list[Promotion]
    shipping: dict[str, int]
    now: str = "2026-12-05T10:00"


@st.composite
def things(draw: st.DrawFn, smallest: int) -> list[Thing]:
    skus = draw(st.lists(st.sampled_from(SKUS), min_size=1, max_size=6, unique=True))
    prices = st.one_of(st.sampled_from([0, 1, 2, 333, 1000]), st.integers(1, 20_000))
    shelves = st.sets(st.sampled_from(COLLECTIONS))
    return [
        Thing(
            sku, draw(st.sampled_from(PRODUCTS)), draw(shelves), draw(st.booleans()), draw(prices) * smallest,
            draw(st.integers(1, 9)),
        )
        for sku in skus
    ]  # fmt: skip


RATES_OFF = st.one_of(st.sampled_from([1500, 3333, 5000, 10_000]), st.integers(1, 10_000))


@st.composite
def selections(draw: st.DrawFn, *, some: bool = False) -> Selection:
    chosen = Selection(
        tuple(draw(st.lists(st.sampled_from(SKUS), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(PRODUCTS), max_size=1))),
        tuple(draw(st.lists(st.sampled_from(COLLECTIONS), max_size=1))),
        draw(st.sampled_from([True, True, False])),
    )
    if some and chosen.is_all:
        return Selection(collections=(draw(st.sampled_from(COLLECTIONS)),))
    return chosen if some or draw(st.booleans()) else Selection(reduced=chosen.reduced)


@st.composite
def conditions(draw: st.DrawFn, smallest: int) -> Conditions:
    if draw(st.booleans()):
        return Conditions()
    days = [
        ("", ""),
        ("2026-12-05T10:00", ""),
        ("2026-12-05T10:01", ""),
        ("", "2026-12-05T10:00"),
        ("", "2026-12-06T00:00"),
    ]
    starts, ends = draw(st.sampled_from(days))
    return Conditions(
        starts,
        ends,
        min_goods=draw(st.sampled_from([0, 0, 5000])) * smallest,
        max_goods=draw(st.sampled_from([None, None, 9000 * smallest])),
        min_pieces=draw(st.sampled_from([0, 0, 4])),
        max_pieces=draw(st.sampled_from([None, None, 12])),
    )


@st.composite
def given_by(draw: st.DrawFn, kind: Kind, smallest: int) -> dict[str, Any]:
    """What a promotion of a kind gives."""
    if kind is Kind.PERCENT:
        return {"percent": draw(RATES_OFF)}
    if kind in {Kind.AMOUNT, Kind.FIXED_PRICE}:
        return {"amount": draw(st.integers(1, 30_000)) * smallest}
    if kind is Kind.FREE_SHIPPING:
        return {"rates": draw(st.sampled_from([(), ("slow",), ("fast",), ("none",)]))}
    if kind is Kind.GIFT:
        return {"gift": CartLine(draw(st.sampled_from(sorted(GIFTS))), draw(st.integers(1, 2)))}
    if kind is Kind.BUY_GET:
        reward = draw(st.one_of(st.none(), selections(some=True)))
        buy, get = draw(st.integers(1, 3)), draw(st.integers(1, 2))
        return {"percent": draw(RATES_OFF), "buy": buy, "get": get, "reward": reward}
    return draw(given_together(kind, smallest))


@st.composite
def given_together(draw: st.DrawFn, kind: Kind, smallest: int) -> dict[str, Any]:
    """What tiers and bundles give."""
    if kind is Kind.TIERS:
        steps = draw(st.lists(st.integers(2, 12), min_size=1, max_size=3, unique=True))
        return {"together": draw(st.booleans()), "tiers": tuple(draw(tiers(at, smallest)) for at in sorted(steps))}
    parts = draw(st.lists(st.tuples(selections(some=True), st.integers(1, 3)), min_size=1, max_size=3))
    return {"amount": draw(st.integers(1, 30_000)) * smallest, "parts": tuple(BundlePart(*part) for part in parts)}


@st.composite
def tiers(draw: st.DrawFn, pieces: int, smallest: int) -> Tier:
    if draw(st.booleans()):
        return Tier(pieces, price=draw(st.integers(0, 5000)) * smallest)
    return Tier(pieces, draw(RATES_OFF))


@st.composite
def promotions(draw: st.DrawFn, number: int, smallest: int) -> Promotion:
    kind = draw(st.sampled_from(Kind))
    return Promotion(
        f"promotion-{number}",
        f"Promotion {number}",
        kind,
        goods=draw(selections()),
        conditions=draw(conditions(smallest)),
        combines=draw(st.sampled_from([True, True, True, False])),
        **draw(given_by(kind, smallest)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    currency = draw(st.sampled_from(CURRENCIES))
    smallest = step(currency)
    count = draw(st.integers(1, 6))
    rules = [draw(promotions(number, smallest)) for number in range(count)]
    shipping = draw(st.sampled_from([{}, RATES, {"slow": 0, "fast": 990}]))
    return Case(
        currency,
        draw(things(smallest)),
        rules,
        {rate: price * smallest for rate, price in shipping.items()},
    )


def by_the_core(case: Case) -> tuple[Discount, ...]:
    smallest = step(case.currency)
    variants = {
        thing.sku: Variant(
            thing.sku, thing.product, thing.sku, thing.price, "", collections=tuple(sorted(thing.collections)),
            reduced=thing.reduced,
        )
        for thing in case.cart
    }  # fmt: skip
    variants |= {sku: Variant(sku, "gift", sku, price * smallest, "") for sku, (_, price) in GIFTS.items()}
    stock = {sku: count for sku, (count, _) in GIFTS.items()} | {thing.sku: thing.quantity for thing in case.cart}
    money = MoneyFormat(case.currency, 2)
    occasion = Occasion(case.now, money, variants, stock, shipping=case.shipping)
    return discounts(case.promotions, lines_of(case), occasion)


def lines_of(case: Case) -> list[LineItem]:
    return [LineItem(one.sku, one.sku, "", one.quantity, one.price, one.quantity * one.price, "") for one in case.cart]


def by_the_oracle(case: Case) -> list[Given]:
    smallest = step(case.currency)
    gifts = {sku: (count, price * smallest) for sku, (count, price) in GIFTS.items()}
    rules = [as_rule(promotion, case.now) for promotion in case.promotions]
    return judge(rules, case.cart, World(smallest, case.shipping, gifts))


WHAT = {
    Kind.PERCENT: "percent", Kind.AMOUNT: "amount", Kind.FIXED_PRICE: "fixed price", Kind.TIERS: "tiers",
    Kind.BUY_GET: "buy and get", Kind.BUNDLE: "bundle", Kind.FREE_SHIPPING: "shipping", Kind.GIFT: "gift",
}  # fmt: skip


def as_rule(promotion: Promotion, now: str) -> Rule:
    rules = promotion.conditions
    return Rule(
        promotion.id,
        WHAT[promotion.kind],
        Fits(promotion.goods),
        Fraction(promotion.percent, 100),
        promotion.amount,
        promotion.buy,
        promotion.get,
        Fits(promotion.reward) if promotion.reward else None,
        [
            (tier.pieces, None if tier.price is not None else Fraction(tier.percent, 100), tier.price)
            for tier in promotion.tiers
        ],
        promotion.together,
        [(Fits(part.goods), part.quantity) for part in promotion.parts],
        {*promotion.rates} or None,
        (promotion.gift.sku, promotion.gift.quantity) if promotion.gift else None,
        promotion.combines,
        rules.min_goods,
        rules.max_goods,
        rules.min_pieces,
        rules.max_pieces,
        is_open=(not rules.starts or rules.starts <= now) and (not rules.ends or now < rules.ends),
    )


@dataclass
class Fits:
    """Whether a thing is among some goods."""

    goods: Selection

    def __call__(self, thing: Thing) -> bool:
        named = [*self.goods.skus, *self.goods.products, *self.goods.collections]
        names = {thing.sku, thing.product, *thing.collections}
        return not (thing.reduced and not self.goods.reduced) and (not named or not names.isdisjoint(named))


def off(found: tuple[Discount, ...]) -> list[Given]:
    return [
        Given(
            one.promotion, [*one.amounts], (one.gifts[0].sku, one.gifts[0].quantity) if one.gifts else None,
            one.ships_free,
        )
        for one in found
    ]  # fmt: skip


@settings(max_examples=CARTS, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_core_and_oracle_agree_to_the_minor_unit(case: Case) -> None:
    """And no line is discounted below nothing, or finer than it is paid (R6)."""
    found, lines = by_the_core(case), lines_of(case)
    assert off(found) == by_the_oracle(case)
    together = line_discounts(found, lines)
    assert all(0 <= less <= line.total for less, line in zip(together, lines, strict=True))
    assert all(amount % step(case.currency) == 0 for one in found for amount in one.amounts)
    assert sum(one.amount for one in found) == sum(together)
