"""Words in a list as people of a place join them."""

import pytest
from babel import Locale, localedata
from babel.lists import format_list

from plugins.content.list_format import ENGLISH, list_format, listed

ISLANDS = ("Inis Mór", "Inis Meáin", "Inis Oírr", "Toraigh")


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Inis Mór"),
        (2, "Inis Mór and Inis Meáin"),
        (3, "Inis Mór, Inis Meáin and Inis Oírr"),
        (4, "Inis Mór, Inis Meáin, Inis Oírr and Toraigh"),
    ],
)
def test_words_are_joined_as_in_ireland(count: int, expected: str) -> None:
    assert listed(ISLANDS[:count], list_format(Locale.parse("en_IE"))) == expected
    assert listed(ISLANDS[:count], ENGLISH) == expected


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "ja_JP", "ar_EG", "es_ES", "cy_GB"])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_words_are_joined_as_babel_joins_them(locale: str, count: int) -> None:
    form = list_format(Locale.parse(locale))
    assert listed(ISLANDS[:count], form) == format_list(ISLANDS[:count], locale=locale)


def test_every_locale_says_how_words_are_joined() -> None:
    for name in localedata.locale_identifiers():
        assert listed(ISLANDS, list_format(Locale.parse(name)))
