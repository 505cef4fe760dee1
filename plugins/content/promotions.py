"""promotions.yaml: what costs less, is sent free or comes with a gift, and points. A shop need not have one."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from functions.shop.cart import CartLine
from functions.shop.points import Points
from functions.shop.promotion import BundlePart, Conditions, Promotion, Selection, Tier
from plugins.content.facts import Facts
from plugins.content.fault import Report
from plugins.content.fields import Reference
from plugins.content.folder import table_of
from plugins.content.points import points, report_points
from plugins.content.promotion_clashes import KINDS, report_promotion, report_twice
from plugins.content.promotion_fields import GoodsFields, PromotionFields, PromotionsFields, ends_at, starts_at
from plugins.content.reading import Reading, References


class Promotions(NamedTuple):
    """The promotions in the order in which they apply, and what customers get for what they buy."""

    rules: tuple[Promotion, ...] = ()
    points: Points | None = None


NONE = Promotions()


def read_promotions(root: Path, facts: Facts, rates: Collection[str]) -> Reading[Promotions]:
    """The promotions, checked without any other file but what is known of the shop and its shipping `rates` (ids).

    Without `rates` it is not known which there are.
    """
    report = Report(root / "shop" / "promotions.yaml", currency=facts.currency)
    table = table_of(report) if report.path.is_file() else None
    if table is None:
        return Reading(report.path, None if report.faults else NONE, tuple(report.faults))
    fields = PromotionsFields(table, report)
    written = fields.promotions or ()
    for each in written:
        report_promotion(each, facts, rates)
    report_twice(written)
    if fields.points:
        report_points(fields.points)
    rules = () if report.faults else tuple(_promotion(each) for each in written)
    source = None if report.faults else Promotions(rules, points(fields.points))
    return Reading(report.path, source, tuple(report.faults), _references(written))


def _promotion(fields: PromotionFields) -> Promotion:
    kind = next(kind for kind in KINDS if kind.value in fields.entries)
    buy_get, gift, bundle = fields.buy_get, fields.gift, fields.bundle
    prices = (fields.amount, fields.fixed_price, bundle.price if bundle else None)
    return Promotion(
        id=fields.id,
        name=fields.name,
        kind=kind,
        code=fields.code,
        goods=_goods(fields, reduced=not fields.not_reduced),
        conditions=_conditions(fields),
        combines=fields.combine,
        percent=buy_get.percent if buy_get else fields.percent or 0,
        amount=next((price for price in prices if price is not None), 0),
        rates=fields.rates,
        buy=buy_get.buy if buy_get else 0,
        get=buy_get.get if buy_get else 0,
        reward=_reward(fields),
        gift=CartLine(gift.sku, gift.quantity) if gift else None,
        tiers=tuple(Tier(tier.from_, tier.percent or 0, tier.price) for tier in fields.tiers),
        together=fields.together,
        parts=tuple(BundlePart(_goods(part), part.quantity) for part in bundle.parts) if bundle else (),
    )


def _conditions(fields: PromotionFields) -> Conditions:
    """A first order is there once, so its promotion is used once; two at the same time are told apart by that."""
    return Conditions(
        starts=starts_at(fields.from_),
        ends=ends_at(fields.until),
        min_goods=fields.min_goods,
        max_goods=fields.max_goods,
        min_pieces=fields.min_pieces,
        max_pieces=fields.max_pieces,
        countries=fields.countries,
        first_order=fields.first_order,
        uses=fields.uses,
        uses_per_customer=1 if fields.first_order else fields.uses_per_customer,
    )


def _goods(fields: GoodsFields, *, reduced: bool = True) -> Selection:
    return Selection(fields.skus, fields.products, fields.collections, reduced)


def _reward(fields: PromotionFields) -> Selection | None:
    """What is reduced, where it is something else than what is bought."""
    reward = _goods(fields.buy_get, reduced=not fields.not_reduced) if fields.buy_get else None
    return reward if reward and not reward.is_all else None


def _references(written: Collection[PromotionFields]) -> References:
    goods = [part for fields in written for part in _all_goods(fields)]

    def named(field: str) -> tuple[Reference, ...]:
        return tuple([reference for fields in goods for reference in fields.references(field)])

    gifts = tuple([one for fields in written if fields.gift for one in fields.gift.references("sku")])
    return References(named("collections"), named("products"), named("skus"), gifts=gifts)


def _all_goods(fields: PromotionFields) -> Iterator[GoodsFields]:
    """Everywhere that a promotion names goods."""
    yield fields
    if fields.buy_get:
        yield fields.buy_get
    if fields.bundle:
        yield from fields.bundle.parts or ()
