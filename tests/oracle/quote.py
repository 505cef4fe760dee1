"""What a cart costs, worked out anew from the handbook: its chapters Delivery, Tax, Promotions, and Gift cards.

Slow and plain, with exact rationals. Nothing here is taken from functions/shop, which it judges. Amounts are minor
units, `smallest` is the smallest amount that is paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from tests.oracle.promotions import Given, Rule, Thing, World, judge, spread

EUROPEAN_UNION = set(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)  # fmt: skip
MOST_CARDS = 10


@dataclass
class Good(Thing):
    """A line of a cart, with what delivery and tax ask of it."""

    weight: int = 0
    surcharge: int = 0
    is_file: bool = False
    category: str = "standard"


@dataclass
class Place:
    """Where a cart goes; a file goes nowhere."""

    country: str = ""
    postcode: str = ""


@dataclass
class Region:
    """Countries, and parts of others by how their postcodes begin."""

    countries: set[str] = field(default_factory=set)
    parts: dict[str, list[str]] = field(default_factory=dict)

    def has_part(self, place: Place) -> bool:
        return any(place.postcode.startswith(beginning) for beginning in self.parts.get(place.country, []))


@dataclass
class Way:
    """One way to send a parcel. Without `measure` it has one price, else bands: where each ends, and its price."""

    name: str
    price: int
    per_item: int = 0
    measure: str = ""
    bands: list[tuple[int | None, int]] = field(default_factory=list)
    free_over: int | None = None
    counts_before: bool = False
    max_weight: int | None = None
    collected: bool = False
    only: list[str] | None = None


@dataclass
class DeliveryZone:
    region: Region
    ways: list[Way]
    max_weight: int | None = None


@dataclass
class RateZone:
    """Percentages by category; None where no tax is due. Without a region, wherever no other zone is."""

    region: Region | None
    percent: dict[str, Fraction] | None


@dataclass
class Taxation:
    zones: list[RateZone]
    inclusive: bool
    home: str
    keeps_price: bool
    reverse_charge: bool
    by_stripe: bool


@dataclass
class Shop:
    """What the owner wrote. `least` is the least that can be charged; `gifts` are the goods that may come along."""

    smallest: int
    least: int
    delivery: list[DeliveryZone]
    packing: int
    taxation: Taxation
    rules: list[Rule]
    gifts: dict[str, tuple[int, Good]]


@dataclass
class Purse:
    """A balance that pays."""

    name: str
    amount: int


@dataclass
class Bill:
    """What a cart comes to; `taxes` are percentage, net and tax, `ways` and `spent` names with amounts."""

    off: list[int]
    given: list[Given]
    ways: list[tuple[str, int]]
    sent: tuple[str, int] | None
    taxes: list[tuple[Fraction, int, int]]
    total: int
    spent: list[tuple[str, int]]
    due: int
    trouble: str


@dataclass
class Pack:
    """What is packed, and what it is worth before and after discounts."""

    weight: int
    pieces: int
    before: int
    after: int
    surcharge: int


def bill(cart: Sequence[Good], place: Place, shop: Shop, wanted: str, buyer: str, purses: Sequence[Purse]) -> Bill:
    """`wanted` is the way that was chosen, `buyer` the country in whose register a business buyer is."""
    if all(good.is_file for good in cart):
        place = Place()
    given = judge(shop.rules, cart, world(cart, place, shop))
    off = [sum(one.off[i] for one in given) for i in range(len(cart))]
    gifts = [of(shop.gifts[one.gift[0]][1], one.gift[1]) for one in given if one.gift]
    parcel = packed([*cart, *gifts], [good.price * good.quantity for good in cart], sum(off), shop)
    ways = in_order([freed(way, parcel, given, shop) for way in offered(place, parcel, shop)], parcel)
    sent = next((way for way in ways if way[0] == wanted), ways[0] if ways else None)
    costs = [good.price * good.quantity - less for good, less in zip(cart, off, strict=True)]
    supplied = place_of_supply(sent, place, parcel, shop)
    taxes = taxed([*cart, *gifts], [*costs, *[0] * len(gifts)], sent[1] if sent else 0, supplied, shop, buyer)
    cards = sum(cost for good, cost in zip(cart, costs, strict=True) if good.is_gift_card)
    total = cards + sum(net + tax for _, net, tax in taxes) if taxes else sum(costs) + (sent[1] if sent else 0)
    spent = paid_by(purses, total, cards, shop.least)
    due = total - sum(amount for _, amount in spent)
    return Bill(off, given, ways, sent, taxes, total, spent, due, trouble(cart, place, sent, due, shop))


def trouble(cart: Sequence[Good], place: Place, sent: tuple[str, int] | None, due: int, shop: Shop) -> str:
    """What must be mended first."""
    if place.country and not sent:
        return "not sent"
    if sum(good.quantity for good in cart if good.is_gift_card) > MOST_CARDS:
        return "too many cards"
    return "too little" if 0 < due < shop.least else ""


def of(good: Good, quantity: int) -> Good:
    """So many pieces of a gift, for nothing."""
    return Good(
        good.sku, good.product, good.collections, good.reduced, 0, quantity, False, good.weight, good.surcharge,
        good.is_file, good.category,
    )  # fmt: skip


def world(cart: Sequence[Good], place: Place, shop: Shop) -> World:
    """What promotions look at: ways to send the cart before any of them, and which gifts could be sent along."""
    parcel = packed(cart, [good.price * good.quantity for good in cart], 0, shop)
    prices = {way.name: price_of(way, parcel) for way in offered(place, parcel, shop) if not way.collected}
    can_come = {sku: place.country or good.is_file for sku, (_, good) in shop.gifts.items()}
    gifts = {sku: (count if can_come[sku] else 0, good.price) for sku, (count, good) in shop.gifts.items()}
    return World(shop.smallest, prices, gifts)


# Delivery


def packed(goods: Sequence[Good], prices: Sequence[int], off: int, shop: Shop) -> Pack:
    """Files are not packed, but worth what they are worth."""
    things = [good for good in goods if not good.is_file]
    return Pack(
        shop.packing + sum(good.weight * good.quantity for good in things),
        sum(good.quantity for good in things),
        sum(prices),
        sum(prices) - off,
        sum(good.surcharge * good.quantity for good in things),
    )


def offered(place: Place, parcel: Pack, shop: Shop) -> list[Way]:
    zone = delivery_zone(place, shop.delivery) if is_told(place, shop) else None
    if zone is None or (zone.max_weight is not None and parcel.weight > zone.max_weight):
        return []
    return [way for way in zone.ways if takes(way, parcel, place)]


def is_told(place: Place, shop: Shop) -> bool:
    """Where there are parts the postcode must be told, for taxes only when the total depends on them."""
    regions = [zone.region for zone in shop.delivery]
    if not shop.taxation.inclusive or not shop.taxation.keeps_price:
        regions += [zone.region for zone in shop.taxation.zones if zone.region]
    beginnings = [text for region in regions for text in region.parts.get(place.country, [])]
    return len(place.postcode) >= max(map(len, beginnings), default=0)


def delivery_zone(place: Place, zones: Sequence[DeliveryZone]) -> DeliveryZone | None:
    """A part goes before the rest of its country."""
    parts = [zone for zone in zones if zone.region.has_part(place)]
    whole = [zone for zone in zones if place.country in zone.region.countries]
    return next(iter([*parts, *whole]), None)


def takes(way: Way, parcel: Pack, place: Place) -> bool:
    if way.only is not None and not any(place.postcode.startswith(text) for text in way.only):
        return False
    if way.max_weight is not None and parcel.weight > way.max_weight:
        return False
    return not way.measure or any(end is None or measured(way, parcel) <= end for end, _ in way.bands)


def measured(way: Way, parcel: Pack) -> int:
    return {"weight": parcel.weight, "pieces": parcel.pieces, "goods": worth(way, parcel)}[way.measure]


def worth(way: Way, parcel: Pack) -> int:
    return parcel.before if way.counts_before else parcel.after


def price_of(way: Way, parcel: Pack) -> int:
    surcharge = 0 if way.collected else parcel.surcharge
    if way.free_over is not None and worth(way, parcel) >= way.free_over:
        return surcharge
    price = way.price
    if way.measure:
        price = next(price for end, price in way.bands if end is None or measured(way, parcel) <= end)
    return price + way.per_item * parcel.pieces + surcharge


def freed(way: Way, parcel: Pack, given: Sequence[Given], shop: Shop) -> tuple[Way, int]:
    """What a promotion sends free still costs its surcharge."""
    rules = [rule for rule in shop.rules for one in given if one.name == rule.name and rule.what == "shipping"]
    if any(rule.rates is None or way.name in rule.rates for rule in rules):
        return way, 0 if way.collected else parcel.surcharge
    return way, price_of(way, parcel)


def in_order(ways: Sequence[tuple[Way, int]], parcel: Pack) -> list[tuple[str, int]]:
    """The cheapest first, of equals what costs the shop less; what is collected last."""
    ranks = [(way.collected, price, price_of(way, parcel), i) for i, (way, price) in enumerate(ways)]
    return [(ways[i][0].name, price) for _, price, _, i in sorted(ranks)]


# Tax


def taxed(
    goods: Sequence[Good], costs: Sequence[int], sending: int, place: Place, shop: Shop, buyer: str
) -> list[tuple[Fraction, int, int]]:
    """Percentage, net and tax, the highest percentage first; a gift card is taxed when it is spent."""
    taxation = shop.taxation
    if taxation.by_stripe:
        return []
    rates = rates_at(place, taxation)
    exported = rates is None
    rates = rates_at(Place(taxation.home), taxation) if rates is None else rates
    assert rates is not None
    amounts: dict[Fraction, int] = {}
    for good, cost in zip(goods, costs, strict=True):
        if not good.is_gift_card:
            percent = rates.get(good.category, rates["standard"])
            amounts[percent] = amounts.get(percent, 0) + cost
    order = sorted(amounts, reverse=True)
    bases = [amounts[percent] for percent in order]
    shares = shared(sending, bases, shop.smallest)
    pairs = [(percent, base + share) for percent, base, share in zip(order, bases, shares, strict=True)]
    lines = [(percent, *net_and_tax(amount, percent, shop)) for percent, amount in pairs if amount]
    if exported and taxation.keeps_price:
        return without_tax(sum(amount for _, amount in pairs))
    if exported or declares_itself(place, taxation, buyer):
        return without_tax(sum(net for _, net, _ in lines))
    return lines


def place_of_supply(sent: tuple[str, int] | None, place: Place, parcel: Pack, shop: Shop) -> Place:
    """What is collected, and files, are taxed where the shop is."""
    collected = sent and any(way.collected for way in offered(place, parcel, shop) if way.name == sent[0])
    return Place(shop.taxation.home) if collected or not place.country else place


def without_tax(amount: int) -> list[tuple[Fraction, int, int]]:
    return [(Fraction(0), amount, 0)] if amount else []


def rates_at(place: Place, taxation: Taxation) -> dict[str, Fraction] | None:
    """The first zone there; parts of countries go before whole ones."""
    parts = [zone for zone in taxation.zones if zone.region and zone.region.has_part(place)]
    whole = [zone for zone in taxation.zones if zone.region and place.country in zone.region.countries]
    rest = [zone for zone in taxation.zones if zone.region is None]
    return [*parts, *whole, *rest][0].percent


def declares_itself(place: Place, taxation: Taxation, buyer: str) -> bool:
    """A business of another country of the EU than ours, to which the parcel goes in another one."""
    abroad = EUROPEAN_UNION - {taxation.home}
    at_home = taxation.home in EUROPEAN_UNION
    return taxation.reverse_charge and at_home and place.country in abroad and buyer in abroad


def shared(sending: int, bases: list[int], smallest: int) -> list[int]:
    """Shipping is taxed as what is in the parcel; where all of that is worth nothing, as the first of it."""
    if not bases:
        return []
    if not any(bases):
        return [sending, *[0] * (len(bases) - 1)]
    return spread(sending, dict(enumerate(bases)), len(bases), smallest)


def net_and_tax(amount: int, percent: Fraction, shop: Shop) -> tuple[int, int]:
    """Half a cent up, so that net and tax add up to what is paid."""
    if shop.taxation.inclusive:
        tax = nearest(amount * percent / (100 + percent), shop.smallest)
        return amount - tax, tax
    return amount, nearest(amount * percent / 100, shop.smallest)


def nearest(amount: Fraction, smallest: int) -> int:
    return floor(amount / smallest + Fraction(1, 2)) * smallest


# Balances


def paid_by(purses: Sequence[Purse], total: int, cards: int, least: int) -> list[tuple[str, int]]:
    """The first one first; none pays for a gift card, and what is left is nothing or can be charged."""
    left = min(sum(purse.amount for purse in purses), total - cards)
    if 0 < total - left < least:
        left = max(0, total - least)
    spent = []
    for purse in purses:
        amount = min(purse.amount, left)
        left -= amount
        if amount:
            spent.append((purse.name, amount))
    return spent
