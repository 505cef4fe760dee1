"""A template that is compiled in a language says what Jinja's own extension would say when it is rendered."""

from gettext import GNUTranslations
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError
from jinja2.compiler import CodeGenerator

from functions.language import ENGLISH, Words, words_in
from functions.language.templates import speak
from functions.language.words import FOLDER
from plugins.template_code import CompiledTemplates, QuickCode

COUNTED = "{% trans count=n %}{{ count }} product{% pluralize %}{{ count }} products{% endtrans %}"
TEXTS = [
    '<p>{{ _("Cart") }}</p>',
    '{{ _("Tell me when it’s back") | upper }}{{ "a" if n else _("Cart") }}{{ [_("Home"), _("Cart")] | join(", ") }}',
    "{% trans %}Skip to content{% endtrans %}",
    "{% trans title=text %}Go to {{ title }}{% endtrans %}",
    "{% trans title=text | upper %}Back to {{ title }}{% endtrans %}",
    "{% trans amount=n %}Only {{ amount }} never translated, 10%{% endtrans %}|{% trans %}5% of nothing{% endtrans %}",
    "{% trans tax=text, percent=n %}of which {{ tax }} {{ percent }}%{% endtrans %}",
    "{% trans email=text %}The confirmation is on its way to <strong>{{ email }}</strong>.{% endtrans %}",
    "{% for n in [0, 1, 2] %}" + COUNTED + "{% endfor %}",
    "{% trans count=many() %}{{ count }} product{% pluralize %}{{ count }} products{% endtrans %}",
    '{% trans "button" %}Pre-order{% endtrans %}{% trans %}Pre-order{% endtrans %}',
    '{% set said = {"in": _("In stock")} %}{{ said.in }}',
    "{% macro m(number) %}{% trans %}Page {{ number }}{% endtrans %}{% endmacro %}{{ m(text) }}",
    "{% autoescape false %}{% trans title=text %}Go to {{ title }}{% endtrans %}{% endautoescape %}",
]
GIVEN = {"text": "Tern & <b>gull</b>", "n": 3, "many": lambda: 2}


def environment(*extensions: str) -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, extensions=extensions)


@pytest.mark.parametrize("generator", [CodeGenerator, QuickCode])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("text", TEXTS)
def test_it_says_what_jinjas_own_extension_says(text: str, language: str, generator: type[CodeGenerator]) -> None:
    theirs, ours = environment("jinja2.ext.i18n"), environment()
    if language == "en":
        theirs.install_null_translations()  # type: ignore[attr-defined]
    else:
        with (FOLDER / "de.mo").open("rb") as file:
            theirs.install_gettext_translations(GNUTranslations(file))  # type: ignore[attr-defined]
    ours.code_generator_class = generator
    speak(ours, words_in(language))
    assert ours.from_string(text).render(GIVEN) == theirs.from_string(text).render(GIVEN)


def test_constant_words_are_part_of_the_code() -> None:
    """So that rendering takes no longer than without."""
    german = environment()
    speak(german, words_in("de"))
    code = german.compile('<p>{{ _("Cart") }}</p>', raw=True)
    assert "yield '<p>Warenkorb</p>'" in code


def test_what_is_not_constant_is_refused() -> None:
    """`_(name)` could not be found by who translates."""
    german = environment()
    speak(german, words_in("de"))
    with pytest.raises(TemplateSyntaxError):
        german.from_string("{{ _(text) }}")


def test_compiled_templates_are_kept_for_each_language_and_its_words(tmp_path: Path) -> None:
    german, other, english = (
        CompiledTemplates(str(tmp_path), words) for words in (words_in("de"), Words("de"), ENGLISH)
    )
    assert german.get_source_checksum("{{ a }}") != other.get_source_checksum("{{ a }}")
    assert german.pattern == other.pattern != english.pattern
