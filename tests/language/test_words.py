"""Words in a language: sentences, plurals, and what is not there."""

from babel import Locale

from functions.language import ENGLISH, Words, words_in
from functions.shop.errors import InvalidCart, ShopError
from functions.shop.promise import Promise
from functions.shop.promise_text import arrival_text
from functions.shop.sentence import Sentence, joined, listed
from plugins.content.day_format import day_format
from plugins.promise_data import promise_data
from tests.plugins.test_promise_data import RULE, TODAY

GERMAN = words_in("de")


def test_a_sentence_is_its_english_text() -> None:
    sentence = Sentence("Only {left} of {name} left. Please order {left} or fewer.", left=2, name="Tern")
    assert sentence == "Only 2 of Tern left. Please order 2 or fewer."
    assert ENGLISH.tell(sentence) == sentence


def test_a_sentence_is_said_in_another_language() -> None:
    sentence = Sentence("{name} is sold out. Please remove it.", name="Tern {A4}")
    assert GERMAN.tell(sentence) == "Tern {A4} ist ausverkauft. Bitte entfernen Sie den Artikel."


def test_sentences_within_a_sentence_are_said_in_it_too() -> None:
    names = listed(["Tern", "Mug", "Card"])
    assert names == "Tern, Mug and Card"
    assert GERMAN.tell(names) == "Tern, Mug und Card"
    both = joined([Sentence("Pre-order: sent from {day}", day="1.5."), Sentence("A file, sent by e-mail")], ". ")
    assert both == "Pre-order: sent from 1.5.. A file, sent by e-mail"
    assert GERMAN.tell(both) == "Vorbestellung: Versand ab 1.5.. Eine Datei, kommt per E-Mail"
    assert GERMAN.tell(joined([])) == ""


def test_a_promise_is_said_in_german() -> None:
    promise = Promise("2026-11-25", "2026-11-26", "2026-11-28", 7800)
    form = day_format(Locale("de", "DE"))
    said = GERMAN.tell(arrival_text(promise, 0, form))
    assert said == "Bestellen Sie innerhalb von 2\xa0Std. 10\xa0Min.: bei Ihnen Do., 26. – Sa., 28. Nov."
    carried = promise_data(RULE, form, TODAY, GERMAN)["words"].split("|")
    assert carried[:2] == ["Bei Ihnen {days}", "Bestellen Sie innerhalb von {time}: bei Ihnen {days}"]


def test_one_name_is_no_list() -> None:
    assert listed(["Tern"]) == "Tern"


def test_what_is_no_sentence_stays_as_it_is() -> None:
    assert [GERMAN.tell(each) for each in ("Cart", 3, None)] == ["Cart", 3, None]


def test_an_error_keeps_its_sentence() -> None:
    error = InvalidCart(Sentence("Your cart is empty."))
    assert (str(error), GERMAN.tell(error.sentence)) == ("Your cart is empty.", "Ihr Warenkorb ist leer.")
    assert (ShopError("plain").sentence, ShopError().sentence) == ("plain", "")


def test_a_text_that_means_two_things_has_a_context() -> None:
    assert (GERMAN.text("Pre-order"), GERMAN.text("Pre-order", "button")) == ("Vorbestellung", "Vorbestellen")
    assert ENGLISH.text("Pre-order", "button") == "Pre-order"


def test_plural_forms_follow_the_language() -> None:
    assert GERMAN.forms("%(count)s product", "%(count)s products") == {0: "%(count)s Produkt", 1: "%(count)s Produkte"}
    assert [GERMAN.form(number) for number in (0, 1, 2)] == [1, 0, 1]
    assert [ENGLISH.form(number) for number in (0, 1, 2)] == [1, 0, 1]


def test_nouns_keep_their_capitals_in_german() -> None:
    assert (ENGLISH.within("Size and Frame"), GERMAN.within("Größe und Rahmen")) == (
        "size and frame",
        "Größe und Rahmen",
    )


def test_a_language_without_words_has_english_ones() -> None:
    assert words_in("ga") is ENGLISH
    assert words_in("en-IE") is ENGLISH
    assert words_in("de-AT") is not ENGLISH


def test_the_state_changes_with_language_and_words() -> None:
    assert Words("de").state != Words("en").state
    assert Words("de").state != GERMAN.state
