"""Public holidays of where parcels leave and arrive."""

from datetime import date
from typing import Any

from holidays import country_holidays

from plugins.content.country import country_names
from plugins.content.holiday import holidays, library_class

TODAY = date(2026, 11, 24)


def test_holidays_are_known_from_the_first_of_january_for_three_years() -> None:
    found = holidays("IE", ["IE"], TODAY)
    assert (found.home, found.until) == ("IE", "2028-12-31")
    assert found.days == {
        "IE": {
            "2026": "0101 0202 0317 0406 0504 0601 0803 1026 1225 1226",
            "2027": "0101 0201 0317 0329 0503 0607 0802 1025 1225 1226",
            "2028": "0101 0207 0317 0417 0501 0605 0807 1030 1225 1226",
        }
    }


def test_they_are_the_same_all_year() -> None:
    assert holidays("IE", ["DE"], date(2026, 1, 1)) == holidays("IE", ["DE"], date(2026, 12, 31))


def test_a_part_of_a_country_has_its_own() -> None:
    found = holidays("GB-SCT", ["GB"], TODAY)
    assert "2026-11-30" in found.of("GB-SCT")
    assert "2026-11-30" not in found.of("GB")


def test_they_can_be_looked_up_for_every_country_that_a_shop_can_deliver_to() -> None:
    assert holidays("IE", country_names(), TODAY).days.keys() == country_names().keys()


def test_a_country_read_by_itself_says_what_the_library_says_of_it() -> None:
    """With its parts and languages; the names of holidays come from the library's files of words."""
    for country in country_names():
        theirs = country_holidays(country)
        ours = library_class(country)
        assert (ours.subdivisions, ours.supported_languages) == (theirs.subdivisions, theirs.supported_languages)
        for part in (None, *theirs.subdivisions[:2]):
            for language in (None, *theirs.supported_languages[:2]):
                asked: dict[str, Any] = {"subdiv": part, "years": range(2026, 2029), "language": language}
                assert dict(ours(**asked)) == dict(country_holidays(country, **asked))
