"""A case of the core's values, read into the oracle's plain words."""

from dataclasses import dataclass
from fractions import Fraction

from functions.shop.area import Area
from functions.shop.catalogue import Variant
from functions.shop.money import minimum_charge
from functions.shop.parcel import Counts, Measure
from functions.shop.promotion import Conditions, Kind, Promotion, Selection
from functions.shop.rate import Limits, ShippingRate
from functions.shop.shipping import ShippingZone
from functions.shop.tax import Service, Tax, TaxZone
from tests.oracle.chance import BUYERS, MOMENT, Case
from tests.oracle.promotions import Rule, Thing
from tests.oracle.quote import Bill, DeliveryZone, Good, Place, Purse, RateZone, Region, Shop, Taxation, Way, bill

WHAT = {
    Kind.PERCENT: "percent", Kind.AMOUNT: "amount", Kind.FIXED_PRICE: "fixed price", Kind.TIERS: "tiers",
    Kind.BUY_GET: "buy and get", Kind.BUNDLE: "bundle", Kind.FREE_SHIPPING: "shipping", Kind.GIFT: "gift",
}  # fmt: skip
MEASURES = {None: "", Measure.WEIGHT: "weight", Measure.COUNT: "pieces", Measure.SUBTOTAL: "goods"}
CODES = {"code-1": "CODE-1", "CODE 2": "CODE-2"}
"""The coupon that is meant by what was typed."""


def billed(case: Case) -> Bill:
    """The case as the oracle reckons it."""
    cart = [as_good(case.variants[line.sku], line.quantity) for line in case.cart.lines]
    purses = [Purse(one.account, one.amount) for one in case.balances]
    return bill(cart, as_place(case), as_shop(case), case.wanted, BUYERS[case.shopper.vat_id], purses)


def as_good(variant: Variant, quantity: int) -> Good:
    return Good(
        variant.sku, variant.product, {*variant.collections}, variant.reduced, variant.price, quantity,
        variant.gift_card, variant.weight, variant.surcharge, variant.digital, variant.tax,
    )  # fmt: skip


def as_place(case: Case) -> Place:
    """Where nothing is delivered, the main market is meant."""
    place = case.destination
    known = any(place.country in region_of(zone).countries for zone in case.settings.shipping.zones)
    return Place(place.country, place.postcode) if known else Place("IE")


def as_shop(case: Case) -> Shop:
    settings = case.settings
    return Shop(
        case.smallest,
        minimum_charge(settings.currency),
        [as_zone(zone) for zone in settings.shipping.zones],
        settings.shipping.packing,
        as_taxation(settings.tax),
        [as_rule(promotion, case) for promotion in settings.promotions],
        {sku: (case.stock[sku], as_good(case.variants[sku], 1)) for sku in case.gifts},
    )


def as_zone(zone: ShippingZone) -> DeliveryZone:
    return DeliveryZone(region_of(zone), [as_way(rate) for rate in zone.rates], zone.limits.weight)


def region_of(zone: ShippingZone) -> Region:
    return region([*map(Area, zone.countries), *zone.parts])


def region(areas: list[Area]) -> Region:
    whole = {area.country for area in areas if not area.postcodes}
    return Region(whole, {area.country: [*area.postcodes] for area in areas if area.postcodes})


def as_way(rate: ShippingRate) -> Way:
    return Way(
        rate.id,
        rate.price,
        rate.per_item,
        MEASURES[rate.by],
        [(band.up_to, band.price) for band in rate.bands],
        rate.free_over,
        rate.free_over_counts is Counts.BEFORE_DISCOUNTS,
        heaviest(rate.limits),
        rate.pickup is not None,
        [*rate.within.postcodes] if rate.within else None,
    )


def heaviest(limits: Limits) -> int | None:
    return limits.weight


def as_taxation(tax: Tax) -> Taxation:
    zones = [as_rates(zone) for zone in tax.zones]
    everywhere = RateZone(None, {"standard": Fraction(tax.rate, 100)})
    return Taxation(
        [*zones, everywhere],
        tax.inclusive,
        tax.home,
        tax.exports_keep_price,
        tax.reverse_charge,
        tax.service is Service.STRIPE,
    )


def as_rates(zone: TaxZone) -> RateZone:
    percent = {category: Fraction(rate, 100) for category, rate in zone.rates.items()}
    return RateZone(region([*zone.areas]) if zone.areas else None, percent or None)


def as_rule(promotion: Promotion, case: Case) -> Rule:
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
        is_open=is_open(promotion.id, rules, case) and is_unlocked(promotion.code, case),
    )


def is_open(name: str, rules: Conditions, case: Case) -> bool:
    """Whether it may be used here and now, by this shopper."""
    who = case.shopper
    if (rules.starts and rules.starts > MOMENT) or (rules.ends and rules.ends <= MOMENT):
        return False
    if rules.countries and destined(case) not in rules.countries:
        return False
    if rules.uses is not None and who.uses.get(name, 0) >= rules.uses:
        return False
    if rules.uses_per_customer is not None and (not who.customer or who.own_uses.get(name, 0) >= 1):
        return False
    return not rules.first_order or (bool(who.customer) and who.is_first)


def destined(case: Case) -> str:
    """The country that it goes to; files go to none."""
    is_sent = any(not case.variants[line.sku].digital for line in case.cart.lines)
    return as_place(case).country if is_sent else ""


def is_unlocked(code: str, case: Case) -> bool:
    return not code or code in {CODES.get(typed) for typed in case.shopper.codes}


@dataclass
class Fits:
    """Whether a thing is among some goods."""

    goods: Selection

    def __call__(self, thing: Thing) -> bool:
        named = [*self.goods.skus, *self.goods.products, *self.goods.collections]
        names = {thing.sku, thing.product, *thing.collections}
        return not (thing.reduced and not self.goods.reduced) and (not named or not names.isdisjoint(named))
