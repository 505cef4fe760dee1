"""An address as it is written on a parcel: line by line, in the order of its country."""

from collections.abc import Mapping

from functions.shop.settings import Address

_LAST = frozenset({"GB", "IE", "GG", "IM", "JE", "MT", "IN", "SG"})
"""Where the postcode stands in a line of its own, below the town."""
_BEHIND = frozenset({"US", "CA", "AU", "NZ"})
"""Where town, region and postcode stand in one line. Elsewhere the postcode stands before the town."""


def address_lines(where: Address, countries: Mapping[str, str]) -> list[str]:
    """Name, place and country, without lines that are empty; `countries` are their names by ISO 3166 code."""
    return [*filter(None, [where.name]), *place_lines(where, countries)]


def place_lines(where: Address, countries: Mapping[str, str]) -> list[str]:
    """The same without the name."""
    lines = (where.line1, where.line2, *_town(where), countries.get(where.country, where.country))
    return [line for line in lines if line]


def _town(where: Address) -> list[str]:
    if where.country in _LAST:
        return [where.city, where.region, where.postcode]
    if where.country in _BEHIND:
        return [_joined(where.city, where.region, where.postcode)]
    return [_joined(where.postcode, where.city), where.region]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
