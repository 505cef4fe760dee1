"""An invoice: what stands on it, as texts. Everything comes from the order, so that it is the same whenever it is made.

What it has to say: directive 2006/112/EC, article 226.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from functions.shop.day import day_text, local_time
from functions.shop.line import LineItem
from functions.shop.money import format_amount, percent_text
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.shop.settings import Address, Settings
from functions.shop.tax import Relief, TaxLine

REVERSE_CHARGE = Sentence("Reverse charge: the buyer owes the tax (article 196 of directive 2006/112/EC).")
EXPORT = Sentence("No tax: the goods leave the tax area (article 146 of directive 2006/112/EC).")
_RELIEFS = {Relief.REVERSE_CHARGE: REVERSE_CHARGE, Relief.EXPORT: EXPORT}
LONGEST_NAME = 60  # characters of the shop's name in the name of a file: not every disk takes a long one
_GIFT = Sentence("a gift")
_FREE = Sentence("Free")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was bought; `price` is of one piece, `amount` of all of them."""

    name: str
    sku: str
    quantity: str
    price: str
    amount: str
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of what it comes to; `strong` are those to which others add up."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """What is paid at one rate of tax."""

    name: str
    net: str
    tax: str
    gross: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice from top to bottom. Texts of the shop's own are Sentences, to be said in its language."""

    title: Sentence
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    facts: tuple[tuple[Sentence, str], ...]
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    rates: tuple[Rate, ...]
    notes: tuple[Sentence, ...]
    paid: tuple[Sentence, ...]
    returned: tuple[Sentence, ...]


def title_of(order: Order) -> Sentence:
    """What an invoice is called."""
    return Sentence("Invoice {number}", number=order.invoice)


def file_name(shop: str, title: str) -> str:
    """Under which name its file is found again, such as `Tern-Gale-Invoice-7.pdf`: letters and digits of any language,
    and hyphens between them.
    """
    words = (re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)) for text in (shop, title))
    name, number = ("-".join(found) for found in words)
    return f"{name[:LONGEST_NAME].rstrip('-')}-{number}.pdf".lstrip("-")


def invoice_of(order: Order, settings: Settings) -> Invoice:
    """The invoice of an order that has a number for it; amounts and days are written as the shop's locale has it."""
    return Invoice(
        title=title_of(order),
        seller=tuple(_seller(settings)),
        buyer=tuple(_buyer(order, settings)),
        facts=tuple(_facts(order, settings)),
        rows=tuple(_row(line, settings) for line in order.lines),
        sums=tuple(_sums(order, settings)),
        rates=tuple(_rate(part, settings) for part in order.taxes),
        notes=tuple(_RELIEFS[part.relief] for part in order.taxes if part.relief in _RELIEFS),
        paid=tuple(_paid(order, settings)),
        returned=tuple(_returned(order, settings)),
    )


def _seller(settings: Settings) -> Iterator[str]:
    yield settings.legal_name
    yield from _place(settings.address, settings)
    if settings.vat_id:
        yield Sentence("VAT number {number}", number=settings.vat_id)
    yield settings.email
    yield settings.phone


def _buyer(order: Order, settings: Settings) -> Iterator[str]:
    if buyer := order.buyer:
        yield from (line for line in (buyer.name, *_place(buyer, settings)) if line)
    if order.vat_id:
        yield Sentence("VAT number {number}", number=order.vat_id)
    if order.email:
        yield order.email


def _place(address: Address, settings: Settings) -> Iterator[str]:
    town = " ".join(part for part in (address.postcode, address.city) if part)
    country = settings.countries.get(address.country, address.country)
    yield from (line for line in (address.line1, address.line2, town, address.region, country) if line)


def _facts(order: Order, settings: Settings) -> Iterator[tuple[Sentence, str]]:
    """Date of invoice is the day of payment; the day of supply is when the last parcel left or the file was there."""
    yield Sentence("Date of invoice"), _day(order.paid_at, settings)
    yield Sentence("Order number"), order.id
    yield Sentence("Ordered"), _day(order.created_at, settings)
    if order.shipments:
        yield Sentence("Supplied"), _day(order.shipments[-1].shipped_at, settings)
    elif not order.country:
        yield Sentence("Supplied"), _day(order.paid_at, settings)


def _row(line: LineItem, settings: Settings) -> Row:
    price = 0 if line.gift else line.unit_price
    return Row(
        line.name, line.sku, str(line.quantity), _money(price, settings), _money(line.subtotal, settings), line.gift
    )


def _sums(order: Order, settings: Settings) -> Iterator[Sum]:
    yield Sum(Sentence("Subtotal"), _money(order.subtotal, settings))
    for discount in order.discounts:
        if discount.amount:
            yield Sum(discount.name, _money(-discount.amount, settings))
    if order.shipping:
        price = order.shipping.price
        yield Sum(Sentence("Delivery"), _money(price, settings) if price else _FREE)
    on_top = order.total - (order.subtotal - order.discount + (order.shipping.price if order.shipping else 0))
    if on_top:
        yield Sum(Sentence("Tax") if on_top > 0 else Sentence("Tax that is not due"), _money(on_top, settings))
    yield Sum(Sentence("Total"), _money(order.total, settings), strong=True)
    if order.tax and not order.taxes and not on_top:
        yield Sum(Sentence("of which tax"), _money(order.tax, settings))
    for part in order.spent:
        yield Sum(Sentence("Paid with {code}", code=part.label), _money(-part.amount, settings))
    if order.spent:
        yield Sum(Sentence("To pay"), _money(order.due, settings), strong=True)


def _rate(part: TaxLine, settings: Settings) -> Rate:
    name = f"{part.name} {percent_text(part.rate, settings.money.decimal)}%"
    net, tax, gross = (_money(amount, settings) for amount in (part.net, part.tax, part.net + part.tax))
    return Rate(name, net, tax, gross)


def _paid(order: Order, settings: Settings) -> Iterator[Sentence]:
    for payment in order.payments:
        if payment.amount:
            amount, day = _money(payment.amount, settings), _day(payment.at, settings)
            yield Sentence("{amount} paid on {day} through Stripe", amount=amount, day=day)
    for part in order.spent:
        yield Sentence("{amount} paid with {code}", amount=_money(part.amount, settings), code=part.label)
    if not order.total:
        yield Sentence("Nothing to pay")


def _returned(order: Order, settings: Settings) -> Iterator[Sentence]:
    for refund in order.refunds:
        if refund.counts:
            amount, day = _money(refund.amount, settings), _day(refund.at, settings)
            yield Sentence("{amount} given back on {day}", amount=amount, day=day)
    for part in order.spent:
        if part.returned:
            yield Sentence("{amount} given back on {code}", amount=_money(part.returned, settings), code=part.label)


def _money(minor: int, settings: Settings) -> str:
    return format_amount(minor, settings.money)


def _day(moment: int, settings: Settings) -> str:
    return day_text(local_time(moment, settings.time_zone)[:10], settings.days)
