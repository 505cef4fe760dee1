"""Addresses: the same lines wherever they stand, in the order of their country."""

import pytest

from functions.shop.address_text import address_lines, place_lines
from functions.shop.settings import Address

NAMES = {"IE": "Ireland", "DE": "Germany", "US": "United States"}


@pytest.mark.parametrize(
    ("where", "lines"),
    [
        (
            Address("Ada Byrne", "4 Quay Street", "Flat 5", "Westport", "Co. Mayo", "F28 X000", "IE"),
            ["Ada Byrne", "4 Quay Street", "Flat 5", "Westport", "Co. Mayo", "F28 X000", "Ireland"],
        ),
        (
            Address("Jan Kruse", "Fischmarkt 1", "", "Hamburg", "", "20459", "DE"),
            ["Jan Kruse", "Fischmarkt 1", "20459 Hamburg", "Germany"],
        ),
        (
            Address("Ida May", "1 Main St", "", "Portland", "ME", "04101", "US"),
            ["Ida May", "1 Main St", "Portland ME 04101", "United States"],
        ),
        (Address("", "Rua 1", "", "Funchal", "Madeira", "", "PT"), ["Rua 1", "Funchal", "Madeira", "PT"]),
        (Address(), []),
    ],
)
def test_an_address_is_written_as_its_country_does_without_empty_lines(where: Address, lines: list[str]) -> None:
    """The postcode stands below the town, before it or behind it; a country without a name stands by its code."""
    assert address_lines(where, NAMES) == lines
    assert place_lines(where, NAMES) == (lines[1:] if where.name else lines)
