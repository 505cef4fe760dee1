"""Words: what says the shop's own sentences in one language, by GNU gettext."""

import hashlib
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from functions.shop.sentence import Sentence

FOLDER = Path(__file__).parent
SOURCE = "en"
"""The language in which the words stand in templates and code."""
LANGUAGES = frozenset({SOURCE, *(path.stem for path in FOLDER.glob("*.mo"))})
CAPITAL_NOUNS = frozenset({"de"})
_MANY = range(200)  # numbers among which every plural form of a language occurs


class Words:
    """Says things in one language. `state` changes with its code and with every word of its catalogue."""

    def __init__(self, language: str, catalogue: bytes = b"") -> None:
        self.language = language
        self.state = hashlib.sha256(language.encode() + catalogue).hexdigest()
        self._found = GNUTranslations(BytesIO(catalogue)) if catalogue else NullTranslations()

    def text(self, msgid: str, context: str | None = None) -> str:
        """The text that stands for an English one, in a context that tells it from others; else the English one."""
        if not msgid:
            return ""  # in a catalogue this names its own headers
        return self._found.pgettext(context, msgid) if context else self._found.gettext(msgid)

    def forms(self, singular: str, plural: str) -> dict[int, str]:
        """The texts that stand for an English one and its plural, by the numbers that `form` gives."""
        numbers = {self.form(number): number for number in _MANY}
        return {form: self._found.ngettext(singular, plural, number) for form, number in sorted(numbers.items())}

    def form(self, number: int) -> int:
        """Which of a language's plural forms stands beside a number."""
        choose: Callable[[int], int] = getattr(self._found, "plural", _english_form)
        return choose(number)

    def say(self, msgid: str, /, **values: object) -> str:
        """An English text in this language, with values for its places in braces."""
        return self.text(msgid).format_map({name: self.tell(value) for name, value in values.items()})

    def within(self, text: str) -> str:
        """A name as it stands within a sentence: in small letters, but for languages whose nouns have capitals."""
        return text if self.language in CAPITAL_NOUNS else text.lower()

    def tell(self, value: object) -> object:
        """A sentence in this language; anything else as it is."""
        return self.say(value.msgid, **value.values) if isinstance(value, Sentence) else value


@cache
def words_in(language: str) -> Words:
    """The words of a shop whose `language` is a BCP 47 tag; English ones where there are no others."""
    tongue = language.partition("-")[0]
    path = FOLDER / f"{tongue}.mo"
    return Words(tongue, path.read_bytes()) if tongue in LANGUAGES - {SOURCE} else ENGLISH


def _english_form(number: int) -> int:
    return int(number != 1)


ENGLISH = Words(SOURCE)
