"""An area: a country, or a part of it."""

from dataclasses import dataclass

from functions.shop.destination import Destination


@dataclass(frozen=True, slots=True)
class Area:
    """A country (ISO 3166), or its regions (the second half of ISO 3166-2), or what its postcodes begin with."""

    country: str
    regions: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    def covers(self, destination: Destination) -> bool:
        """Whether the destination lies in it."""
        if destination.country != self.country:
            return False
        whole = not self.regions and not self.postcodes
        return whole or destination.region in self.regions or destination.postcode.startswith(self.postcodes or ("?",))
