"""What a product's page shows of what its owner wrote."""

import pytest

from plugins.content import Contents
from plugins.products import measure
from plugins.views import UnitPrice
from tests.plugins.sample_site import product


def test_an_offer_with_contents_has_a_unit_price() -> None:
    """24.00 for 250 g."""
    [offer] = product("tea", variant_contents={"TEA": Contents(250, "g", 1000)}).offers
    assert offer.unit_price == UnitPrice(9600, "1 kg")


def test_an_offer_without_contents_has_none() -> None:
    """Nothing is guessed from a weight."""
    [offer] = product("tea").offers
    assert offer.unit_price is None


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [(100, "g", "100 g"), (1000, "g", "1 kg"), (100, "ml", "100 ml"), (1000, "ml", "1 l"), (1000, "mm", "1 m")],
)
def test_a_measure_is_written_as_people_do(amount: int, unit: str, text: str) -> None:
    """In the larger unit where it is whole."""
    assert measure(amount, unit) == text
