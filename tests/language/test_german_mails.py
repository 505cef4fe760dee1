"""A German shop's mails say nothing in English of their own, whatever they are about."""

from dataclasses import replace

import pytest

from tests.language.english import english_in
from tests.small_shop import SETTINGS
from tests.web.lettered import every_letter, letters

GERMAN = every_letter(letters(replace(SETTINGS, language="de", locale="de-DE")))


@pytest.mark.parametrize("name", GERMAN)
def test_a_mail_speaks_german(name: str) -> None:
    letter = GERMAN[name]
    assert '<html lang="de">' in letter.html
    assert english_in(letter.subject) | english_in(letter.text) | english_in(letter.html) == set()


def test_a_receipt_of_a_withdrawal_reads_well() -> None:
    text = " ".join(GERMAN["withdrawal:W1"].text.split())
    assert GERMAN["withdrawal:W1"].subject == "Ihr Widerruf ist bei Small Shop eingegangen"
    assert "Diese E-Mail ist die Eingangsbestätigung: Sie hält fest, was Sie mitgeteilt haben" in text
