"""What is sold, as far as Stripe and shoppers take it: amounts that are too small, and too many ways of delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from functions.shop.catalogue import Variant
from functions.shop.money import format_amount, minimum_charge
from functions.shop.parcel import Parcel
from functions.shop.rate import ShippingRate, price_of, refusal
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone
from release.doctor.finding import Verdict, note, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Content"
MOST_CHOICES = 5  # that Stripe's payment page would take, and that people still compare


@dataclass(frozen=True, slots=True)
class Goods:
    """What a release sells."""

    settings: Settings
    variants: tuple[Variant, ...]


def looks(setup: SetUp) -> list[Look[Any]]:
    """The release in force."""
    return [
        Look(SUBJECT, partial(_goods, setup), (
            Check("content.minimum", "Whether Stripe takes every price", minimum),
            Check("content.choices", "How many ways of delivery shoppers choose from", choices),
        )),
    ]  # fmt: skip


def _goods(setup: SetUp) -> Goods:
    release = setup.release()
    return Goods(release.settings, tuple(release.every_variant()))


def minimum(found: Goods) -> Verdict:
    """Whether one piece of everything, sent the cheapest way, comes to what Stripe takes; nothing at all is fine."""
    settings = found.settings
    least = minimum_charge(settings.currency)
    small = sorted(one.sku for one in found.variants if any(0 < total < least for total in _totals(one, settings)))
    if not small:
        return ok("Whatever is sold, and however it is sent, comes to an amount that Stripe takes.")
    what = small[0] if len(small) == 1 else f"{small[0]} and {len(small) - 1} more"
    return warning(f"A cart with {what} alone can come to less than {format_amount(least, settings.money)}, which "
                   "Stripe does not take.",
                   "Raise the price, sell it in sets, or raise the cheapest way of delivery in "
                   "content/shop/shipping.yaml.")  # fmt: skip


def _totals(variant: Variant, settings: Settings) -> Iterable[int]:
    """What one piece costs with the cheapest delivery, zone by zone."""
    if variant.digital:
        return [variant.price]
    parcel = _alone(variant, settings)
    offers = ([rate for rate in zone.rates if refusal(rate, parcel) is None] for zone in settings.shipping.zones)
    return [variant.price + min(price_of(rate, parcel) for rate in rates) for rates in offers if rates]


def _alone(variant: Variant, settings: Settings) -> Parcel:
    length, middle, narrow = variant.size or (0, 0, 0)
    return Parcel(
        settings.shipping.packing + variant.weight, 1, variant.price, variant.price, length, 2 * (middle + narrow),
        variant.surcharge,
    )  # fmt: skip


def choices(found: Goods) -> Verdict:
    """Whether a destination has more ways than people compare."""
    sent = [_alone(one, found.settings) for one in found.variants if not one.digital]
    counted = [(_most(zone, sent), zone.name) for zone in found.settings.shipping.zones]
    number, name = max(counted, default=(0, ""))
    if number <= MOST_CHOICES:
        return ok("Shoppers choose from five ways of delivery at most.")
    return note(f"In {name}, a shopper may have to choose from {number} ways of delivery; with more than five "
                "people stop comparing.",
                "In content/shop/shipping.yaml, leave out those that hardly anybody takes.")  # fmt: skip


def _most(zone: ShippingZone, parcels: Sequence[Parcel]) -> int:
    """The most rates that take one of these parcels to one place; of those for some postcodes, all that share them."""
    offers = [[rate for rate in zone.rates if refusal(rate, parcel) is None] for parcel in {*parcels}]
    return max((_together(rates) for rates in offers), default=0)


def _together(rates: Sequence[ShippingRate]) -> int:
    everywhere = [rate for rate in rates if not rate.within]
    local = [rate.within for rate in rates if rate.within]
    return len(everywhere) + max((local.count(area) for area in local), default=0)
