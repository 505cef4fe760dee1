"""Ways: how a parcel gets to a destination, once enough is known of it."""

from functions.shop.area import Ask
from functions.shop.destination import Destination
from functions.shop.parcel import Parcel
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, choices


def ways(parcel: Parcel, destination: Destination, settings: Settings) -> tuple[ShippingChoice, ...]:
    """The ways to get a parcel there, the cheapest first; none while something must still be said of the place."""
    if settings.missing(destination) is not Ask.NOTHING:
        return ()
    return choices(settings.shipping, destination, parcel)
