"""Why a cart cannot be sent where it shall go: what is not said, or which of its things is too much; and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from functions.shop.area import Ask
from functions.shop.catalogue import Variant
from functions.shop.destination import ELSEWHERE, Destination
from functions.shop.line import LineItem
from functions.shop.money import MoneyFormat
from functions.shop.parcel import Measure, measure_text, parcel_of
from functions.shop.problem import Problem, Trouble
from functions.shop.rate import Refusal
from functions.shop.sentence import Sentence, msgid
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone, obstacle

_OF_ONE = {
    Measure.WEIGHT: msgid("packed it weighs {has}, and we send up to {most} there"),
    Measure.LENGTH: msgid("packed it is {has} long, and we send up to {most} there"),
    Measure.GIRTH: msgid("packed it measures {has} around, and we send up to {most} there"),
    Measure.SUBTOTAL: msgid("it costs {has}, and we send goods of up to {most} there"),
    Measure.COUNT: msgid("we send up to {most} pieces there"),
}
_OF_ALL = {
    Measure.WEIGHT: msgid("Packed, your cart weighs {has}, and we send up to {most} to {place} at a time."),
    Measure.LENGTH: msgid("Packed, your cart is {has} long, and we send up to {most} to {place} at a time."),
    Measure.GIRTH: msgid("Packed, your cart measures {has} around, and we send up to {most} to {place} at a time."),
    Measure.SUBTOTAL: msgid("Your cart is worth {has}, and we send goods of up to {most} to {place} at a time."),
    Measure.COUNT: msgid("Your cart holds {has} pieces, and we send up to {most} to {place} at a time."),
}


def undelivered(
    lines: Sequence[LineItem], variants: Mapping[str, Variant], destination: Destination, settings: Settings
) -> tuple[Problem, ...]:
    """Why nothing of what a shop has on offer gets these lines to a destination. It names single lines where it can."""
    shipping = settings.shipping
    if ask := settings.missing(destination):
        return (Problem(Trouble.ASKS, _question(ask, destination, settings)),)
    zone = shipping.zone_at(destination)
    if zone is None:
        return (Problem(Trouble.NO_DELIVERY, _nowhere(destination, settings)),)
    if single := tuple(_too_large(lines, variants, zone, destination, settings)):
        return single
    refusal = obstacle(zone, destination, parcel_of(lines, variants, shipping.packing))
    if refusal is None:
        return (Problem(Trouble.NO_DELIVERY, _nowhere(destination, settings)),)
    why = _said(_OF_ALL, refusal, place_text(destination, settings), settings.money)
    message = Sentence("{why} Please take something out, or make two orders of it.", why=why)
    return (Problem(Trouble.TOO_LARGE, message),)


def place_text(destination: Destination, settings: Settings) -> str:
    """A destination in words, such as `Spain` or `35001 in Spain`."""
    country = settings.countries[destination.country]
    region = settings.regions_of(destination.country).get(destination.region, "")
    part = destination.postcode or region
    return Sentence("{part} in {country}", part=part, country=country) if part else country


def _question(ask: Ask, destination: Destination, settings: Settings) -> Sentence:
    country, postcode = settings.countries[destination.country], destination.postcode
    is_for_tax = not settings.shipping.missing(destination)
    if ask is Ask.REGION and is_for_tax:
        return Sentence("Please tell us where in {country} it shall go: the tax depends on it.", country=country)
    if ask is Ask.REGION:
        return Sentence("Please tell us where in {country} it shall go: how we deliver depends on it.", country=country)
    if postcode:
        return Sentence(
            "{postcode} is no whole postcode in {country}. Please write all of it.", postcode=postcode, country=country
        )
    if is_for_tax:
        return Sentence("Please tell us the postcode: the tax in {country} depends on it.", country=country)
    return Sentence("Please tell us the postcode: how we deliver to {country} depends on it.", country=country)


def _nowhere(destination: Destination, settings: Settings) -> Sentence:
    if not destination.postcode and destination.region in {"", ELSEWHERE}:
        return Sentence("We do not deliver there. Please choose another destination.")
    place = place_text(destination, settings)
    return Sentence("We do not deliver to {place}. Please choose another destination.", place=place)


def _too_large(
    lines: Sequence[LineItem],
    variants: Mapping[str, Variant],
    zone: ShippingZone,
    destination: Destination,
    settings: Settings,
) -> Iterator[Problem]:
    """The lines of which not even one piece can be sent there by itself."""
    place = place_text(destination, settings)
    for line in lines:
        one = replace(line, quantity=1, total=line.unit_price)
        alone = parcel_of([one], variants, settings.shipping.packing)
        if not line.digital and (refusal := obstacle(zone, destination, alone)):
            why = _said(_OF_ONE, refusal, place, settings.money)
            message = Sentence(
                "{name} cannot be sent to {place}: {why}. Please remove it or choose another destination.",
                name=line.name,
                place=place,
                why=why,
            )
            yield Problem(Trouble.TOO_LARGE, message, line.sku)


def _said(sentences: Mapping[Measure, str], refusal: Refusal, place: str, money: MoneyFormat) -> Sentence:
    has, most = (measure_text(amount, refusal.measure, money) for amount in (refusal.has, refusal.most))
    return Sentence(sentences[refusal.measure], has=has, most=most, place=place)
