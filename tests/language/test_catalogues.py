"""The shop's own words are all there, in every language, and the catalogues are those of this code."""

import re
from collections.abc import Iterator

import pytest
from babel.messages import Message

from functions.language.words import FOLDER, LANGUAGES, SOURCE
from plugins.translation import compiled, everything_said, read, template, untranslated

pytestmark = pytest.mark.slow


OTHERS = sorted(LANGUAGES - {SOURCE})
SHORTER = {"de": {"Order and pay %(amount)s"}}
"""What says less on purpose: German law (§ 312j BGB) wants nothing on the button beside the words that say it costs."""
_PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%|#|</?\w+[^>]*>")


def messages(language: str) -> Iterator[Message]:
    return (message for message in read(language) if message.id)


def texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def test_german_is_there() -> None:
    assert {"de", "en"} == LANGUAGES


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_guessed(language: str) -> None:
    assert untranslated(read(language)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_what_the_shop_says_and_nothing_else(language: str) -> None:
    """Otherwise: make words."""
    wanted = {(message.context, message.id) for message in template() if message.id}
    found = {(message.context, message.id) for message in messages(language)}
    assert (wanted - found, found - wanted) == (set(), set())
    assert list(read(language).obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_places_and_tags_are_those_of_the_english_text(language: str) -> None:
    odd = [
        (english[0], said)
        for message in messages(language)
        for english, said in [(texts(message.id), texts(message.string))]
        for each in said
        if sorted(_PLACE.findall(each)) not in [sorted(_PLACE.findall(one)) for one in english]
    ]
    assert {english for english, _ in odd} == SHORTER[language]


@pytest.mark.parametrize("language", OTHERS)
def test_blanks_at_the_ends_are_those_of_the_english_text(language: str) -> None:
    for message in messages(language):
        for english, said in zip(texts(message.id), texts(message.string), strict=True):
            assert (said, said != said.strip()) == (said, english != english.strip())


@pytest.mark.parametrize("language", OTHERS)
def test_a_compiled_catalogue_is_that_of_its_text(language: str) -> None:
    """Otherwise: make words."""
    assert (FOLDER / f"{language}.mo").read_bytes() == compiled(read(language))


def test_german_has_its_own_signs() -> None:
    """Quotation marks „so“, no straight ones; and a percent sign or a unit keeps to its number."""
    for message in messages("de"):
        for said in texts(message.string):
            outside = re.sub(r"<[^>]*>", "", said)
            assert "'" not in outside
            assert '"' not in outside
            assert "“" not in re.sub("„[^“]*“", "", outside)
            assert not re.search(r"\d (?:Tage|Werktage|%)|\)s %%", outside)


def test_the_button_that_orders_says_what_german_law_wants_and_nothing_else() -> None:
    """§ 312j (3) BGB: https://www.gesetze-im-internet.de/bgb/__312j.html"""
    [said] = [message.string for message in messages("de") if message.id == "Order and pay %(amount)s"]
    assert said == "Zahlungspflichtig bestellen"


def test_what_is_said_is_found_in_templates_scripts_and_code() -> None:
    found = {(said.text, said.file.rsplit(".", 1)[1]) for said in everything_said()}
    assert {("Your cart is empty.", "py"), ("Remove", "html"), ("See it here", "txt"), ("Show more", "js")} <= found
