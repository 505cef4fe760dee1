"""Why a cart costs what it costs and comes when it does: a quote explained to the shop's owner, in lines of text."""

from collections.abc import Iterator, Mapping

from functions.shop.area import Area
from functions.shop.catalogue import Variant
from functions.shop.day import local_time
from functions.shop.destination import Destination
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat, format_amount
from functions.shop.occasion import occasion_of
from functions.shop.parcel import Measure, Parcel, length_text, measure_text, parcel_of, weight_text
from functions.shop.quote import Quote
from functions.shop.rate import Refusal, ShippingRate, banded, limit_ends, price_of, refusal, refused_by
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone
from functions.shop.shopper import ANYBODY, Shopper
from functions.shop.undelivered import place_text
from functions.shop.why_promise import promise_explained
from functions.shop.why_promotions import promotions_explained
from functions.shop.why_tax import tax_explained


def why(
    quote: Quote,
    settings: Settings,
    *,
    variants: Mapping[str, Variant],
    available: Mapping[str, int],
    shopper: Shopper = ANYBODY,
    now: int = 0,
) -> tuple[str, ...]:
    """An explanation of a quote, line by line, from what `make_quote` was told."""
    parcel = parcel_of(quote.lines, variants, settings.shipping.packing, quote.discount)
    bought = [line for line in quote.lines if not line.gift]
    clock = local_time(now, settings.time_zone)
    occasion = occasion_of(bought, quote.destination, shopper, settings, variants=variants, stock=available, now=clock)
    return (
        *(_line(line, variants[line.sku], settings.money) for line in quote.lines),
        *promotions_explained(quote, settings.promotions, occasion),
        *_sent(quote, parcel, settings),
        *promise_explained(quote, settings, now),
        *tax_explained(quote, settings),
        f"Total: {format_amount(quote.total, settings.money)}",
        *(f"But: {problem.message}" for problem in quote.problems),
    )


def _line(line: LineItem, variant: Variant, money: MoneyFormat) -> str:
    each, total = format_amount(line.unit_price, money), format_amount(line.total, money)
    packed = "a file" if line.digital else f"{weight_text(variant.weight, money.decimal)} each"
    return f"{line.quantity} × {line.name} ({line.sku}): {each} each, {total}; {packed}"


def _sent(quote: Quote, parcel: Parcel, settings: Settings) -> Iterator[str]:
    if not quote.country:
        yield "Nothing to send: all of it is files"
        return
    yield _packed(parcel, settings)
    yield f"To: {place_text(quote.destination, settings)}"
    zone = settings.shipping.zone_at(quote.destination)
    if zone is None:
        yield "Zone: none"
        return
    yield f"Zone: {zone.name}, because {_claim(zone, quote.destination, settings)}"
    for rate in zone.rates:
        chosen = " (chosen)" if quote.shipping and quote.shipping.id == rate.id else ""
        yield f"{rate.id}{chosen}: {_offer(rate, zone, quote.destination, parcel, settings.money)}"


def _packed(parcel: Parcel, settings: Settings) -> str:
    decimal, wrapped = settings.money.decimal, settings.shipping.packing
    packing = f", {weight_text(wrapped, decimal)} of it packing" if wrapped else ""
    length, girth = length_text(parcel.length, decimal), length_text(parcel.girth, decimal)
    size = f"; {length} long, {girth} around" if parcel.length else ""
    pieces = "1 piece" if parcel.count == 1 else f"{parcel.count} pieces"
    return f"Parcel: {pieces}, {weight_text(parcel.weight, decimal)}{packing}{size}"


def _claim(zone: ShippingZone, destination: Destination, settings: Settings) -> str:
    """What in a zone's rules a destination lies in."""
    area = next(area for area in zone.areas if area.covers(destination))
    country = settings.countries[area.country]
    if not area.whole:
        return f"it names {_named(area, destination)} of {country}"
    rest = " that no other zone names" if settings.shipping.missing(Destination(area.country)) else ""
    return f"it has all of {country}{rest}"


def _named(area: Area, destination: Destination) -> str:
    """The part of an area's rule that a destination fits."""
    if destination.region in area.regions:
        return destination.region
    return next(span for span in area.postcodes if Area(area.country, postcodes=(span,)).covers(destination))


def _offer(rate: ShippingRate, zone: ShippingZone, destination: Destination, parcel: Parcel, money: MoneyFormat) -> str:
    """What a rate costs and how that comes about, or why it is not offered."""
    if rate.within and not rate.is_offered_at(destination):
        return f"not offered, because it goes to {', '.join(rate.within.postcodes)} only"
    if beyond := refused_by(limit_ends(zone.limits), parcel):
        return f"not offered, because {_beyond(beyond, money)} in this zone"
    if beyond := refusal(rate, parcel):
        return f"not offered, because {_beyond(beyond, money)}"
    return f"{format_amount(price_of(rate, parcel), money)} = {' + '.join(_parts(rate, parcel, money))}"


def _beyond(refused: Refusal, money: MoneyFormat) -> str:
    has, most = (measure_text(amount, refused.measure, money) for amount in (refused.has, refused.most))
    return f"the {refused.measure.value} of {has} is more than {most}"


def _parts(rate: ShippingRate, parcel: Parcel, money: MoneyFormat) -> Iterator[str]:
    """What a price is made of."""
    goods, counts = parcel.goods(rate.free_over_counts), rate.free_over_counts.value.replace("_", " ")
    if rate.free_over is not None and goods >= rate.free_over:
        yield f"nothing from {format_amount(rate.free_over, money)} of goods {counts} on"
    else:
        yield from _priced(rate, parcel, money)
    if parcel.surcharge and not rate.pickup:
        yield f"{format_amount(parcel.surcharge, money)} surcharge"


def _priced(rate: ShippingRate, parcel: Parcel, money: MoneyFormat) -> Iterator[str]:
    price = format_amount(banded(rate, parcel).price, money)
    if rate.by:
        yield f"{price} {_band(rate.by, banded(rate, parcel).up_to, money)}"
    elif rate.price or not rate.per_item:
        yield price
    if rate.per_item:
        yield f"{parcel.count} × {format_amount(rate.per_item, money)}"


def _band(by: Measure, up_to: int | None, money: MoneyFormat) -> str:
    end = "above all bands" if up_to is None else f"up to {measure_text(up_to, by, money)}"
    return f"({by.value} {end})"
