"""Words as they can stand in an address."""

import pytest

from plugins.slug import facet_slug, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A4", "a4"),
        ("Oak frame", "oak-frame"),
        ("Größe", "grosse"),
        ("Crème brûlée", "creme-brulee"),
        ("½ l", "1-2-l"),
        ("  50 × 70 cm ", "50-70-cm"),
        ("snake_case", "snake-case"),
        ("Μπλε", "μπλε"),
        ("!?", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_facet_is_one_word() -> None:
    assert facet_slug("Frame", "Oak frame") == "frame-oak-frame"
