"""Sending: the ways in which the goods of a quote can reach their destination, and the one that is chosen."""

from dataclasses import dataclass

from functions.shop.area import Area
from functions.shop.arrival import promised
from functions.shop.destination import Destination
from functions.shop.goods import Goods, freed
from functions.shop.occasion import Occasion
from functions.shop.parcel import Parcel, parcel_of
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, missing_for_free
from functions.shop.ways import ways


@dataclass(frozen=True, slots=True)
class Sending:
    """The ways to send a parcel; `chosen` is None where there is none.

    `missing_for_free` is how much more would ship free, in minor units. The address must lie in an area of `reach`.
    """

    choices: tuple[ShippingChoice, ...]
    chosen: ShippingChoice | None
    missing_for_free: int
    reach: tuple[Area, ...]

    @property
    def price(self) -> int:
        """What it costs to send, before any tax that comes on top."""
        return self.chosen.price if self.chosen else 0


def sending_of(
    goods: Goods, occasion: Occasion, destination: Destination, settings: Settings, *, shipping_id: str, now: int
) -> Sending:
    """How goods are sent: by the rate `shipping_id`, or the cheapest one; `now` is in Unix seconds."""
    shipping = settings.shipping
    parcel = parcel_of(goods.lines, occasion.variants, shipping.packing, goods.discount)
    offered = _offered(goods, parcel, destination, settings, now)
    chosen = next((choice for choice in offered if choice.id == shipping_id), next(iter(offered), None))
    missing = missing_for_free(shipping, destination, parcel) if chosen and chosen.price else 0
    reach = settings.reach(destination, chosen.id) if chosen and not chosen.pickup else ()
    return Sending(offered, chosen, missing, reach)


def _offered(
    goods: Goods, parcel: Parcel, destination: Destination, settings: Settings, now: int
) -> tuple[ShippingChoice, ...]:
    """The ways to send the goods, with what promotions do for them and what each promises."""
    if not goods.lines:
        return ()
    offered = freed(ways(parcel, destination, settings), goods.discounts)
    return promised(offered, goods.lines, destination, settings, now) if now else offered
