"""A quote: a priced cart that cannot change, with a digest that says what the shopper was shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from functions.shop.arrival import keeps, promised
from functions.shop.cart import Cart
from functions.shop.catalogue import Variant
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.errors import InvalidVatId
from functions.shop.line import LineItem, back_ordered, priced
from functions.shop.money import step
from functions.shop.parcel import parcel_of
from functions.shop.problem import Problem, Trouble, cart_problems, line_problems
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, choices, missing_for_free
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
    A quote with `problems` cannot be checked out.
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
    vat_id: str = "",
    today: str = "",
    now: int = 0,
) -> Quote:
    """Price a cart.

    `variants` holds the cart's SKUs, `available` what they take from the stock (pieces that can be sold now), both as
    far as they exist. An unknown country means the main market, an unknown `shipping_id` the cheapest way.
    `vat_id` is a business buyer's number as it was typed; one that cannot be right is a problem and counts for nothing.
    `today` (ISO 8601) is the day where the shop is; it decides what is a pre-order, and whether orders are taken.
    Nothing is promised but to whoever orders `now` (Unix seconds).
    """
    lines = priced(cart, variants, available, today)
    destination = _reached(lines, destination, settings)
    subtotal = sum(line.total for line in lines)
    parcel = parcel_of(lines, variants, settings.shipping.packing)
    offered = choices(settings.shipping, destination, parcel) if lines else ()
    offered = promised(offered, lines, destination, settings, now) if now else offered
    chosen = next((choice for choice in offered if choice.id == shipping_id), offered[0] if offered else None)
    number, mistyped = _checked(vat_id)
    taxed = _taxes(lines, chosen, destination, settings, number)
    total = sum(line.net + line.tax for line in taxed) if taxed else subtotal + (chosen.price if chosen else 0)
    country = destination.country
    problems = tuple(line_problems(cart, lines, variants=variants, stock=available, settings=settings, country=country))
    if lines or not cart.lines:
        stays = undelivered(lines, variants, destination, settings) if country and not chosen else ()
        problems += cart_problems(lines, total=total, undelivered=stays, settings=settings, today=today)
    return Quote(
        currency=settings.currency,
        destination=destination,
        lines=lines,
        subtotal=subtotal,
        choices=offered,
        shipping=chosen,
        missing_for_free=missing_for_free(settings.shipping, destination, parcel) if lines else 0,
        taxes=taxed,
        total=total,
        problems=problems + mistyped,
        digest=_digest(settings.currency, destination, lines, chosen, total, number),
        vat_id=number,
    )


def waiting(quote: Quote, sku: str) -> Quote:
    """The quote when `sku` has just been sold to somebody else: one more line is back-ordered, if one can be."""
    lines, chosen = back_ordered(quote.lines, sku), quote.shipping
    if chosen and chosen.promise and not keeps(quote.lines, lines):
        chosen = replace(chosen, promise=None)
    digest = _digest(quote.currency, quote.destination, lines, chosen, quote.total, quote.vat_id)
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
        return "", (Problem(Trouble.VAT_ID, str(error)),)


def _taxes(
    lines: tuple[LineItem, ...], chosen: ShippingChoice | None, place: Destination, settings: Settings, vat_id: str
) -> tuple[TaxLine, ...]:
    goods = [(line.tax, line.total) for line in lines]
    sending = chosen.price if chosen else 0
    return taxes(goods, sending, place, settings.tax, vat_id=vat_id, step=step(settings.currency))


def _digest(
    currency: str,
    destination: Destination,
    lines: tuple[LineItem, ...],
    chosen: ShippingChoice | None,
    total: int,
    vat_id: str,
) -> str:
    """A short name for all that decides what is charged, where it goes and when; texts and pictures do not count."""
    priced = [[line.sku, line.quantity, line.unit_price, *_delayed(line)] for line in lines]
    way = [chosen.id, chosen.price, *_arrives(chosen)] if chosen else None
    place = [destination.country, *filter(None, (destination.postcode, destination.region))]
    buyer = [vat_id] if vat_id else []
    canonical = json.dumps([currency, ".".join(place), priced, way, total, *buyer], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _delayed(line: LineItem) -> list[str]:
    """What makes a line come later than usual; nothing for most."""
    return [text for text in (line.release_date, line.backorder if line.backordered else "") if text]


def _arrives(chosen: ShippingChoice) -> list[str]:
    """Between which days it comes; until when that holds was shown too, but does not matter any more."""
    return [chosen.promise.arrives_from, chosen.promise.arrives_to] if chosen.promise else []
