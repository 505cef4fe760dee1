"""Why a cart's tax is what it is: whose tax is due, at which rates, and whether prices contain it."""

from collections.abc import Iterator

from functions.shop.bill import place_of_supply
from functions.shop.money import format_amount, percent_text
from functions.shop.quote import Quote
from functions.shop.settings import Settings
from functions.shop.tax import Relief, Service, TaxLine, TaxZone
from functions.shop.undelivered import place_text


def tax_explained(quote: Quote, settings: Settings) -> Iterator[str]:
    """Where the tax is due and why, then every rate with what it is due on."""
    tax = settings.tax
    if tax.service is Service.STRIPE:
        yield "Tax: Stripe works it out on the payment page"
        return
    zone = tax.zone(place_of_supply(quote.shipping, quote.destination, settings))
    where = f"zone {zone.name}, because {_place(quote, settings)}" if tax.zones else "one rate everywhere"
    yield f"Tax: {where}; {'prices contain it' if tax.inclusive else 'it comes on top of prices'}"
    for line in quote.taxes:
        yield _line(line, quote, zone, settings)


def _place(quote: Quote, settings: Settings) -> str:
    if not quote.country:
        return "files are taxed where the shop is"
    if quote.shipping and quote.shipping.pickup:
        return "what is collected is taxed where the shop is"
    return f"it goes to {place_text(quote.destination, settings)}"


def _line(line: TaxLine, quote: Quote, zone: TaxZone, settings: Settings) -> str:
    net, tax = (format_amount(amount, settings.money) for amount in (line.net, line.tax))
    if line.relief is Relief.EXPORT:
        falls = "stay the same" if settings.tax.exports_keep_price else f"fall by the tax of {settings.tax.home}"
        return f"Export: nothing is due on {net}, and prices that contain tax {falls}"
    if line.relief is Relief.REVERSE_CHARGE:
        return (
            f"Reverse charge: nothing is due on {net}, because {quote.vat_id} declares it in another country of the EU"
        )
    delivery = ", with their part of delivery" if quote.shipping and quote.shipping.price else ""
    rate = f"{line.name} {percent_text(line.rate, settings.money.decimal)}%"
    return f"{rate}: {tax} on {net} of {', '.join(_goods(line, quote, zone))}{delivery}"


def _goods(line: TaxLine, quote: Quote, zone: TaxZone) -> Iterator[str]:
    """The lines of a quote that bear a rate, with their categories."""
    for one in quote.lines:
        if not one.gift_card and zone.rate(one.tax) == line.rate:
            yield f"{one.sku} ({one.tax if one.tax in zone.rates else f'{one.tax}, which has no rate there'})"
