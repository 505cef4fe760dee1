"""A quote: a priced cart that cannot change, with a digest that says what the shopper was shown."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.shop.area import Area
from functions.shop.arrival import keeps
from functions.shop.bill import Bill, bill_of
from functions.shop.cart import Cart
from functions.shop.catalogue import Variant
from functions.shop.coupon import CodeProblem
from functions.shop.day import local_time
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.discount import Discount
from functions.shop.goods import Goods, goods_of
from functions.shop.ledger import Balance, Spending
from functions.shop.line import LineItem, back_ordered, priced
from functions.shop.nudge import Nudge
from functions.shop.occasion import Occasion, occasion_of
from functions.shop.problem import Problem, cart_problems, line_problems
from functions.shop.sending import Sending, sending_of
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice
from functions.shop.shopper import ANYBODY, Shopper
from functions.shop.tax import TaxLine
from functions.shop.undelivered import undelivered


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
    problems: tuple[Problem, ...] = ()
    digest: str = ""
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
    now: int = 0,
) -> Quote:
    """Price a cart.

    `variants` holds the cart's SKUs and those of gifts, `available` what they take from the stock (pieces that can be
    sold now), both as far as they exist. An unknown country means the main market, an unknown `shipping_id` the
    cheapest way. A VAT id that cannot be right is a problem and counts for nothing. `balances` pay what they can, the
    first one first. `now` (Unix seconds) decides what is a pre-order, which promotions run, whether orders are taken
    and what is promised; at 0, in an example that nobody orders, nothing is.
    """
    clock = local_time(now, settings.time_zone)
    lines = priced(cart, variants, available, clock[:10])
    place = _reached(lines, destination, settings)
    occasion = occasion_of(lines, place, shopper, settings, variants=variants, stock=available, now=clock)
    goods = goods_of(lines, occasion, settings)
    sending = sending_of(goods, occasion, place, settings, shipping_id=shipping_id, now=now)
    bill = bill_of(goods, sending, place, settings, vat_id=shopper.vat_id, balances=balances)
    quote = _quote(settings.currency, place, goods, sending, bill)
    problems = _problems(cart, quote, occasion, settings)
    return replace(quote, digest=_digest(quote), problems=(*problems, *bill.mistyped))


def waiting(quote: Quote, sku: str) -> Quote:
    """The quote when `sku` has just been sold to somebody else: one more line is back-ordered, if one can be."""
    lines, chosen = back_ordered(quote.lines, sku), quote.shipping
    if chosen and chosen.promise and not keeps(quote.lines, lines):
        chosen = replace(chosen, promise=None)
    later = replace(quote, lines=lines, shipping=chosen)
    return replace(later, digest=_digest(later))


def _reached(lines: tuple[LineItem, ...], destination: Destination, settings: Settings) -> Destination:
    """Where it goes: files go nowhere, and what is not said goes to the main market."""
    if lines and all(line.digital for line in lines):
        return UNKNOWN
    return destination if settings.shipping.zone(destination.country) else Destination(settings.shipping.main_country)


def _quote(currency: str, place: Destination, goods: Goods, sending: Sending, bill: Bill) -> Quote:
    """All that is known, in one; it has no digest yet, and nobody has looked for problems."""
    return Quote(
        currency=currency,
        destination=place,
        lines=goods.lines,
        subtotal=goods.subtotal,
        choices=sending.choices,
        shipping=sending.chosen,
        missing_for_free=sending.missing_for_free,
        taxes=bill.taxes,
        total=bill.total,
        vat_id=bill.vat_id,
        discounts=goods.discounts,
        rejected=goods.rejected,
        nudges=goods.nudges,
        spent=bill.spent,
        reach=sending.reach,
    )


def _problems(cart: Cart, quote: Quote, occasion: Occasion, settings: Settings) -> tuple[Problem, ...]:
    """What keeps a cart from being checked out: single lines first, then all of it. Gifts are nobody's mistake."""
    variants, stock, country = occasion.variants, occasion.stock, quote.country
    bought = [line for line in quote.lines if not line.gift]
    found = line_problems(cart, bought, variants=variants, stock=stock, settings=settings, country=country)
    if cart.lines and not bought:
        return tuple(found)
    stays = country and not quote.shipping
    why = undelivered(quote.lines, variants, quote.destination, settings) if stays else ()
    today = occasion.now[:10]
    return (*found, *cart_problems(bought, total=quote.due, undelivered=why, settings=settings, today=today))


def _digest(quote: Quote) -> str:
    """A short name for all that decides what is charged, where it goes and when; texts and pictures do not count."""
    chosen, destination = quote.shipping, quote.destination
    priced = [[line.sku, line.quantity, line.unit_price, *_reduced(line), *_delayed(line)] for line in quote.lines]
    way = [chosen.id, chosen.price, *_arrives(chosen)] if chosen else None
    place = ".".join([destination.country, *filter(None, (destination.postcode, destination.region))])
    buyer = [*filter(None, [quote.vat_id]), *([one.account, one.amount] for one in quote.spent)]
    canonical = json.dumps([quote.currency, place, priced, way, quote.total, *buyer], separators=(",", ":"))
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
