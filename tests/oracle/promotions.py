"""What promotions take off a cart, worked out anew from the handbook's rules ("How promotions are reckoned").

Slow and plain, with exact rationals; every piece of the cart is a thing of its own. The rule is named by its number.
Nothing here is taken from functions/shop, which it judges.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor


@dataclass
class Thing:
    """One line of a cart, with what must be known of its goods."""

    sku: str
    product: str
    collections: set[str]
    reduced: bool
    price: int
    quantity: int
    is_gift_card: bool = False


@dataclass
class Rule:
    """One promotion in plain words. `what` says what it gives, `goods` which lines it applies to."""

    name: str
    what: str
    goods: Callable[[Thing], bool]
    percent: Fraction = Fraction(0)
    money: int = 0
    buy: int = 0
    get: int = 0
    reward: Callable[[Thing], bool] | None = None
    tiers: list[tuple[int, Fraction | None, int | None]] = field(default_factory=list)
    together: bool = False
    parts: list[tuple[Callable[[Thing], bool], int]] = field(default_factory=list)
    rates: set[str] | None = None
    gift: tuple[str, int] | None = None
    combines: bool = True
    min_goods: int = 0
    max_goods: int | None = None
    min_pieces: int = 0
    max_pieces: int | None = None
    is_open: bool = True


@dataclass
class Given:
    """What a rule gave: so much off each line, gifts, and whether shipping was freed."""

    name: str
    off: list[int]
    gift: tuple[str, int] | None = None
    frees: bool = False


@dataclass
class World:
    """The smallest amount that is paid, what shipping costs by rate, and each gift's number of pieces and price."""

    smallest: int
    shipping: dict[str, int]
    gifts: dict[str, tuple[int, int]]


def judge(rules: Sequence[Rule], cart: Sequence[Thing], world: World) -> list[Given]:
    """Rule 2: the better of all that combine, and each that does not."""
    open_rules = [rule for rule in rules if applies(rule, cart, world)]
    best = follow([rule for rule in open_rules if rule.combines], cart, world)
    for rule in open_rules:
        if not rule.combines:
            alone = follow([rule], cart, world)
            if value(alone, world) > value(best, world) or (
                value(alone, world) == value(best, world) and alone and not best
            ):
                best = alone
    return best


def value(given: Iterable[Given], world: World) -> int:
    money, any_free = 0, False
    for one in given:
        money += sum(one.off)
        if one.gift:
            money += world.gifts[one.gift[0]][1] * one.gift[1]
        any_free = any_free or one.frees
    return money + (min(world.shipping.values()) if any_free else 0)


def applies(rule: Rule, cart: Sequence[Thing], world: World) -> bool:
    lines = on(rule.goods, cart)
    goods = sum(cart[i].price * cart[i].quantity for i in lines)
    pieces = sum(cart[i].quantity for i in lines)
    if not rule.is_open or not lines or goods < rule.min_goods or pieces < rule.min_pieces:
        return False
    if rule.max_goods is not None and goods > rule.max_goods:
        return False
    if rule.max_pieces is not None and pieces > rule.max_pieces:
        return False
    if rule.gift and world.gifts[rule.gift[0]][0] < rule.gift[1]:
        return False
    return rule.what != "shipping" or any(rule.rates is None or rate in rule.rates for rate in world.shipping)


def on(goods: Callable[[Thing], bool], cart: Sequence[Thing]) -> list[int]:
    """Rule 3: nothing that is free counts; and no promotion makes a gift card cheaper."""
    return [i for i, thing in enumerate(cart) if thing.price > 0 and not thing.is_gift_card and goods(thing)]


def follow(rules: Iterable[Rule], cart: Sequence[Thing], world: World) -> list[Given]:
    """Rule 1: one after the other, on what is left."""
    left = [thing.price * thing.quantity for thing in cart]
    gifts_left = {sku: count for sku, (count, _) in world.gifts.items()}
    given = []
    for rule in rules:
        off = taken_off(rule, cart, left, world.smallest)
        assert all(0 <= less <= before for less, before in zip(off, left, strict=True))
        left = [before - less for before, less in zip(left, off, strict=True)]
        gift = None
        if rule.gift and gifts_left[rule.gift[0]] >= rule.gift[1]:  # rule 11
            gift = rule.gift
            gifts_left[gift[0]] -= gift[1]
        freed = {rate for rate in world.shipping if rule.rates is None or rate in rule.rates}
        frees = rule.what == "shipping" and any(world.shipping[rate] > 0 for rate in freed)
        if any(off) or gift or frees:
            given.append(Given(rule.name, off, gift, frees))
    return given


def taken_off(rule: Rule, cart: Sequence[Thing], left: list[int], smallest: int) -> list[int]:
    lines = on(rule.goods, cart)
    weights = {i: left[i] for i in lines}
    match rule.what:
        case "percent":
            return percent(rule.percent, weights, len(cart), smallest)
        case "amount":  # rule 5
            return spread(min(rule.money, sum(weights.values())), weights, len(cart), smallest)
        case "fixed price":
            return [down_to(rule.money, cart[i], left[i]) if i in lines else 0 for i in range(len(cart))]
    special = {"tiers": by_tier, "buy and get": buy_and_get, "bundle": bundles}
    return special[rule.what](rule, lines, cart, left, smallest) if rule.what in special else [0] * len(cart)


def down_to(price: int, thing: Thing, left: int) -> int:
    """Rule 6."""
    wanted = price * thing.quantity
    return left - wanted if left > wanted else 0


def percent(rate: Fraction, weights: dict[int, int], length: int, smallest: int) -> list[int]:
    """Rule 4."""
    exact = Fraction(sum(weights.values())) * rate / 100 / smallest
    return spread(floor(exact + Fraction(1, 2)) * smallest, weights, length, smallest)


def spread(amount: int, weights: dict[int, int], length: int, smallest: int) -> list[int]:
    """Rule 4: in proportion, cents that are left over to whoever lost most."""
    result = [0] * length
    if amount == 0:
        return result
    exact = {i: Fraction(amount) * weight / sum(weights.values()) / smallest for i, weight in weights.items()}
    units = {i: floor(share) for i, share in exact.items()}
    while sum(units.values()) * smallest < amount:
        loser = max(units, key=lambda i: (exact[i] - units[i], -i))
        units[loser] += 1
    for i, count in units.items():
        result[i] = count * smallest
    return result


def by_tier(rule: Rule, lines: list[int], cart: Sequence[Thing], left: list[int], smallest: int) -> list[int]:
    """Rule 7."""
    result = [0] * len(cart)
    for group in [lines] if rule.together else [[i] for i in lines]:
        pieces = sum(cart[i].quantity for i in group)
        reached = [tier for tier in rule.tiers if tier[0] <= pieces]
        if reached:
            _, rate, price = reached[-1]
            if price is not None:
                off = [down_to(price, cart[i], left[i]) if i in group else 0 for i in range(len(cart))]
            else:
                off = percent(rate or Fraction(0), {i: left[i] for i in group}, len(cart), smallest)
            result = [a + b for a, b in zip(result, off, strict=True)]
    return result


def single_pieces(lines: Iterable[int], cart: Sequence[Thing]) -> list[int]:
    """Every piece by the line it lies in."""
    return [i for i in lines for _ in range(cart[i].quantity)]


def worth(pieces: Sequence[int], cart: Sequence[Thing], left: list[int], smallest: int) -> dict[int, int]:
    """Rule 10."""
    result = {}
    for i in dict.fromkeys(pieces):
        part = Fraction(pieces.count(i), cart[i].quantity) * left[i]
        result[i] = floor(part / smallest) * smallest
    return result


def buy_and_get(rule: Rule, lines: list[int], cart: Sequence[Thing], left: list[int], smallest: int) -> list[int]:
    """Rule 8."""
    if rule.reward is None:
        candidates = single_pieces(lines, cart)
        count = len(candidates) // (rule.buy + rule.get) * rule.get
    else:
        others = on(rule.reward, cart)
        candidates = single_pieces(others, cart)
        bought = single_pieces([i for i in lines if i not in others], cart)
        count = len(bought) // rule.buy * rule.get
    cheapest = sorted(candidates, key=lambda i: (cart[i].price, i))[:count]
    return percent(rule.percent, worth(cheapest, cart, left, smallest), len(cart), smallest)


def bundles(rule: Rule, lines: list[int], cart: Sequence[Thing], left: list[int], smallest: int) -> list[int]:
    """Rule 9."""
    piles: list[list[int]] = [[] for _ in rule.parts]
    for i in lines:
        for pile, (goods, _) in zip(piles, rule.parts, strict=True):
            if goods(cart[i]):
                pile.extend([i] * cart[i].quantity)
                break
    for pile in piles:
        pile.sort(key=lambda i: (-cart[i].price, i))
    pieces: list[int] = []
    count = 0
    while all(len(pile) >= number for pile, (_, number) in zip(piles, rule.parts, strict=True)):
        one = [i for pile, (_, number) in zip(piles, rule.parts, strict=True) for i in pile[:number]]
        if sum(cart[i].price for i in one) <= rule.money:
            break
        pieces, count = pieces + one, count + 1
        piles = [pile[number:] for pile, (_, number) in zip(piles, rule.parts, strict=True)]
    weights = worth(pieces, cart, left, smallest)
    off = max(0, sum(weights.values()) - count * rule.money)
    return spread(off, weights, len(cart), smallest)
