"""Days as people of a place write them."""

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from functions.shop.day import ENGLISH, DayFormat, day_text, days_text
from functions.shop.record import from_json, to_json
from plugins.content.day_format import day_format


@pytest.mark.parametrize(
    ("locale", "one", "within", "across", "whole"),
    [
        ("en_IE", "Tue 8 Sept", "Thu 26 – Sat 28 Nov", "Thu 31 Dec – Sat 2 Jan", "12 May 2027"),
        ("en_US", "Tue, Sep 8", "Thu, Nov 26 – Sat, Nov 28", "Thu, Dec 31 – Sat, Jan 2", "May 12, 2027"),
        ("de_DE", "Di., 8. Sept.", "Do., 26. – Sa., 28. Nov.", "Do., 31. Dez. – Sa., 2. Jan.", "12. Mai 2027"),
        ("fr_FR", "mar. 8 sept.", "jeu. 26 – sam. 28 nov.", "jeu. 31 déc. – sam. 2 janv.", "12 mai 2027"),
        ("it_IT", "mar 08 set", "gio 26 – sab 28 nov", "gio 31 dic – sab 02 gen", "12 maggio 2027"),
        ("cs_CZ", "út 8. 9.", "čt 26. 11. – so 28. 11.", "čt 31. 12. – so 2. 1.", "12. května 2027"),
        ("hu_HU", "szept. 8., K", "nov. 26., Cs – 28., Szo", "dec. 31., Cs – jan. 2., Szo", "2027. május 12."),
        ("ja_JP", "9月8日(火)", "11月26日(木)～28日(土)", "12月31日(木)～1月2日(土)", "2027年5月12日"),
        (
            "pt_PT",
            "terça, 08/09",
            "quinta, 26/11 – sábado, 28/11",
            "quinta, 31/12 – sábado, 02/01",
            "12 de maio de 2027",
        ),
        (
            "ar",
            "الثلاثاء، 8 سبتمبر",
            "الخميس، 26 – السبت، 28 نوفمبر",
            "الخميس، 31 ديسمبر – السبت، 2 يناير",
            "12 مايو 2027",
        ),
    ],
)
def test_days_are_written_as_people_there_do(locale: str, one: str, within: str, across: str, whole: str) -> None:
    form = day_format(Locale.parse(locale))
    assert days_text("2026-09-08", "2026-09-08", form) == one
    assert days_text("2026-11-26", "2026-11-28", form) == within
    assert days_text("2026-12-31", "2027-01-02", form) == across
    assert day_text("2027-05-12", form) == whole


def test_until_a_shop_says_otherwise_days_are_those_of_ireland() -> None:
    assert day_format(Locale("en", "IE")) == ENGLISH


@pytest.mark.slow
def test_days_can_be_written_in_every_language_that_is_known() -> None:
    for name in locale_identifiers():
        form = day_format(Locale.parse(name))
        written = days_text("2026-11-26", "2026-12-28", form) + day_text("2027-05-12", form)
        assert "26" in written
        assert "2027" in written


def test_a_format_is_stored_as_it_is() -> None:
    form = day_format(Locale("de"))
    assert from_json(DayFormat, to_json(form)) == form
