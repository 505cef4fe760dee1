"""What a customer is told of a delay, in the shop's language."""

from functions.language import words_in
from functions.shop.day import ENGLISH
from functions.shop.delay import delay_text


def test_the_draft_names_the_new_day_or_promises_a_mail() -> None:
    assert delay_text("2026-12-24", ENGLISH) == "We will send it by 24 December 2026."
    assert delay_text("", ENGLISH) == "We will write to you as soon as it is on its way."


def test_the_draft_is_in_the_language_of_the_shop() -> None:
    assert words_in("de").tell(delay_text("", ENGLISH)) == "Wir schreiben Ihnen, sobald sie unterwegs ist."
