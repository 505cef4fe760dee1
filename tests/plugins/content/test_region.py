"""Time zones and locales as owners write them."""

from zoneinfo import available_timezones

import pytest

from plugins.content import region


def test_every_time_zone_of_the_system_is_at_hand() -> None:
    """So that a shop whose time zone is right never waits for a list of all."""
    assert {zone for zone in available_timezones() if not region._is_at_hand(zone)} == set()


@pytest.mark.parametrize(
    "written",
    ["europe/Dublin", "Europe/dublin", "Europe", "Europe/Dubln", "zone.tab", "posix/UTC", "right/UTC", "/Europe/Dublin",
     "../zoneinfo/UTC", "Europe/../UTC", ".", "Europe/Dublin/x"],
)  # fmt: skip
def test_what_is_no_time_zone_is_not_at_hand(written: str) -> None:
    """Paths that lead to one by another way, other files of the folder, and other spellings."""
    assert not region._is_at_hand(written)


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [("en", "IE", "en_IE"), ("de", "AT", "de_AT"), ("en", "JP", "en_US"), ("de", "", "de_DE")],
)
def test_a_locale_is_that_of_the_language_in_the_country_or_where_most_speak_it(
    language: str, country: str, locale: str
) -> None:
    assert region.locale_for(language, country) == locale
