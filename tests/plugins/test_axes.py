"""Axes of choice, as the rest of the world calls them."""

import pytest

from plugins.axes import axis_property


@pytest.mark.parametrize(
    ("axis", "name"),
    [
        ("Size", "size"),
        ("Größe", "size"),
        ("GRÖSSE", "size"),
        ("Colour", "color"),
        ("Farbe", "color"),
        ("Matière", "material"),
        ("Pattern", "pattern"),
        ("Frame", ""),
        ("", ""),
    ],
)
def test_an_owners_word_is_understood_if_it_is_a_common_one(axis: str, name: str) -> None:
    assert axis_property(axis) == name
