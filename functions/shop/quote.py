"""A quote: a priced cart that cannot change, with a digest that says what the shopper was shown."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.shop.area import Area
from functions.shop.arrival import keeps, promised
from functions.shop.cart import Cart
from functions.shop.catalogue import Variant
from functions.shop.coupon import CodeProblem
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.discount import Discount
from functions.shop.errors import InvalidVatId
from functions.shop.goods import Goods, freed, goods_of, occasion_of
from functions.shop.ledger import Balance, Spending, spendings
from functions.shop.line import LineItem, back_ordered, priced
from functions.shop.money import step
from functions.shop.nudge import Nudge
from functions.shop.parcel import Parcel, parcel_of
from functions.shop.problem import Problem, Trouble, cart_problems, line_problems
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, choices, missing_for_free
from functions.shop.shopper import ANYBODY, Shopper
from functions.shop.tax import TaxLine, taxes
from functions.shop.undelivered import undelivered
from functions.shop.vat_id import checked_vat_id


@dataclass(frozen=True, slots=True)
class Quote:
    """What a cart costs at one destination. `total` is what goods and shipping come to with tax, rate by rate.

    With inclusive prices the tax is contained in `subtotal + shipping.price`, with others it comes on top; `vat_id` is
    a business buyer's checked number. Where Stripe works the tax out there are no `taxes` yet, and `total` is before
    whatever comes on top.

    `choices` are the ways to ship it, `shipping` the chosen one (None when nothing can be shipped there);
    `missing_for_free` is how much more would ship free. A cart of files has neither destination nor shipping.
    `discounts` come off `subtotal`, which leaves out gifts; those are lines that cost nothing. `spent` is what balances
    pay of the total. `rejected` is why codes that were entered change nothing, `nudges` what would save more. The
    address must lie in one of the areas of `reach`. A quote with `problems` cannot be checked out.
    """

    currency: str
    destination: Destination
    lines: tuple[LineItem, ...]
    subtotal: int
    choices: tuple[ShippingChoice, ...]
    shipping: ShippingChoice | None
    missing_for_free: int
    taxes: tuple[TaxLine, ...]
    total: int
    problems: tuple[Problem, ...]
    digest: str
    vat_id: str = ""
    discounts: tuple[Discount, ...] = ()
    rejected: tuple[CodeProblem, ...] = ()
    nudges: tuple[Nudge, ...] = ()
    spent: tuple[Spending, ...] = ()
    reach: tuple[Area, ...] = ()

    @property
    def due(self) -> int:
        """What is left to be charged, once balances have paid their part."""
        return self.total - sum(one.amount for one in self.spent)

    @property
    def discount(self) -> int:
        """What promotions take off what is bought."""
        return sum(one.amount for one in self.discounts)

    @property
    def tax(self) -> int:
        """All tax in the total."""
        return sum(line.tax for line in self.taxes)

    @property
    def country(self) -> str:
        """Where it goes, as an ISO 3166 code; empty for a cart of files."""
        return self.destination.country

    @property
    def late(self) -> bool:
        """Whether something in it is sent later than the rest."""
        return any(line.late for line in self.lines)

    @property
    def count(self) -> int:
        """How many pieces, all lines together."""
        return sum(line.quantity for line in self.lines)


def make_quote(
    cart: Cart,
    *,
    variants: Mapping[str, Variant],
    available: Mapping[str, int],
    settings: Settings,
    destination: Destination = UNKNOWN,
    shipping_id: str = "",
    shopper: Shopper = ANYBODY,
    balances: Sequence[Balance] = (),
    moment: str = "",
    now: int = 0,
) -> Quote:
    """Price a cart.

    `variants` holds the cart's SKUs and those of gifts, `available` what they take from the stock (pieces that can be
    sold now), both as far as they exist. An unknown country means the main market, an unknown `shipping_id` the
    cheapest way. A VAT id that cannot be right is a problem and counts for nothing. `balances` pay what they can, the
    first one first. `moment` is the time where the shop is (`2026-12-01T09:30`): it decides what is a pre-order, which
    promotions run, and whether orders are taken. Nothing is promised but to whoever orders `now` (Unix seconds).
    """
    lines = priced(cart, variants, available, moment[:10])
    destination = _reached(lines, destination, settings)
    goods = goods_of(lines, occasion_of(lines, variants, available, settings, destination, shopper, moment), settings)
    parcel = parcel_of(goods.lines, variants, settings.shipping.packing, goods.discount)
    offered = _offered(goods, parcel, destination, settings, now)
    chosen = next((choice for choice in offered if choice.id == shipping_id), next(iter(offered), None))
    number, mistyped = _checked(shopper.vat_id)
    taxed = _taxes(goods, chosen, destination, settings, number)
    total = _total(goods, chosen, taxed)
    spent = spendings(balances, total, settings.currency, cards=goods.cards)
    quote = Quote(
        currency=settings.currency,
        destination=destination,
        lines=goods.lines,
        subtotal=goods.subtotal,
        discounts=goods.discounts,
        choices=offered,
        shipping=chosen,
        missing_for_free=missing_for_free(settings.shipping, destination, parcel) if chosen and chosen.price else 0,
        taxes=taxed,
        total=total,
        problems=(),
        digest=_digest(settings.currency, destination, goods.lines, chosen, total, number, spent),
        vat_id=number,
        rejected=goods.rejected,
        nudges=goods.nudges,
        spent=spent,
        reach=settings.shipping.reach(destination, chosen.id) if chosen and not chosen.pickup else (),
    )
    return replace(quote, problems=(*_problems(cart, quote, variants, available, settings, moment[:10]), *mistyped))


def waiting(quote: Quote, sku: str) -> Quote:
    """The quote when `sku` has just been sold to somebody else: one more line is back-ordered, if one can be."""
    lines, chosen = back_ordered(quote.lines, sku), quote.shipping
    if chosen and chosen.promise and not keeps(quote.lines, lines):
        chosen = replace(chosen, promise=None)
    digest = _digest(quote.currency, quote.destination, lines, chosen, quote.total, quote.vat_id, quote.spent)
    return replace(quote, lines=lines, shipping=chosen, digest=digest)


def _reached(lines: tuple[LineItem, ...], destination: Destination, settings: Settings) -> Destination:
    """Where it goes: files go nowhere, and what is not said goes to the main market."""
    if lines and all(line.digital for line in lines):
        return UNKNOWN
    return destination if settings.shipping.zone(destination.country) else Destination(settings.shipping.main_country)


def _checked(vat_id: str) -> tuple[str, tuple[Problem, ...]]:
    """A business buyer's number; none, and why, when it cannot be right."""
    try:
        return checked_vat_id(vat_id) if vat_id else "", ()
    except InvalidVatId as error:
        return "", (Problem(Trouble.VAT_ID, error.sentence),)


def _offered(
    goods: Goods, parcel: Parcel, destination: Destination, settings: Settings, now: int
) -> tuple[ShippingChoice, ...]:
    """The ways to send the goods, with what promotions do for them and what each promises."""
    if not goods.lines:
        return ()
    offered = freed(choices(settings.shipping, destination, parcel), goods.discounts)
    return promised(offered, goods.lines, destination, settings, now) if now else offered


def _taxes(
    goods: Goods, chosen: ShippingChoice | None, place: Destination, settings: Settings, vat_id: str
) -> tuple[TaxLine, ...]:
    """Gift cards are left out: what is bought with them is taxed (directive 2006/112/EC, article 30b(2))."""
    taxed = [(line.tax, line.cost) for line in goods.lines if not line.gift_card]
    sending = chosen.price if chosen else 0
    return taxes(taxed, sending, place, settings.tax, vat_id=vat_id, step=step(settings.currency))


def _total(goods: Goods, chosen: ShippingChoice | None, taxed: Sequence[TaxLine]) -> int:
    """What it comes to; while no tax is reckoned, what goods and shipping cost."""
    if taxed:
        return goods.cards + sum(line.net + line.tax for line in taxed)
    return goods.subtotal - goods.discount + (chosen.price if chosen else 0)


def _problems(
    cart: Cart,
    quote: Quote,
    variants: Mapping[str, Variant],
    stock: Mapping[str, int],
    settings: Settings,
    today: str,
) -> tuple[Problem, ...]:
    """What keeps a cart from being checked out: single lines first, then all of it. Gifts are nobody's mistake."""
    bought = [line for line in quote.lines if not line.gift]
    found = line_problems(cart, bought, variants=variants, stock=stock, settings=settings, country=quote.country)
    if cart.lines and not bought:
        return tuple(found)
    stays = quote.country and not quote.shipping
    why = undelivered(quote.lines, variants, quote.destination, settings) if stays else ()
    return (*found, *cart_problems(bought, total=quote.due, undelivered=why, settings=settings, today=today))


def _digest(
    currency: str,
    destination: Destination,
    lines: tuple[LineItem, ...],
    chosen: ShippingChoice | None,
    total: int,
    vat_id: str,
    spent: tuple[Spending, ...],
) -> str:
    """A short name for all that decides what is charged, where it goes and when; texts and pictures do not count."""
    priced = [[line.sku, line.quantity, line.unit_price, *_reduced(line), *_delayed(line)] for line in lines]
    way = [chosen.id, chosen.price, *_arrives(chosen)] if chosen else None
    place = [destination.country, *filter(None, (destination.postcode, destination.region))]
    buyer = [*([vat_id] if vat_id else []), *([one.account, one.amount] for one in spent)]
    canonical = json.dumps([currency, ".".join(place), priced, way, total, *buyer], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _reduced(line: LineItem) -> list[int]:
    """What comes off a line; nothing for most."""
    return [line.discount] if line.discount else []


def _delayed(line: LineItem) -> list[str]:
    """What makes a line come later than usual; nothing for most."""
    return [text for text in (line.release_date, line.backorder if line.backordered else "") if text]


def _arrives(chosen: ShippingChoice) -> list[str]:
    """Between which days it comes; until when that holds was shown too, but does not matter any more."""
    return [chosen.promise.arrives_from, chosen.promise.arrives_to] if chosen.promise else []
