"""Where a parcel goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a parcel goes, as far as it is known; empty for a cart of files.

    `country` is an ISO 3166 code, `postcode` is in capitals without blanks and hyphens, `region` is what stands after
    the country in ISO 3166-2 (`CN` for ES-CN).
    """

    country: str = ""
    postcode: str = ""
    region: str = ""
