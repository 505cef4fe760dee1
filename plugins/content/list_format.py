"""How the shop's locale joins words to a list, taken from CLDR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from babel import Locale


class ListFormat(NamedTuple):
    """Patterns in which {0} and {1} are joined: two of two; else the first two, further ones, and the last one."""

    two: str
    first: str
    further: str
    last: str


ENGLISH = ListFormat("{0} and {1}", "{0}, {1}", "{0}, {1}", "{0} and {1}")


def list_format(locale: Locale) -> ListFormat:
    """How words are joined in `locale`."""
    patterns = locale.list_patterns["standard"]
    return ListFormat(patterns["2"], patterns["start"], patterns["middle"], patterns["end"])


def listed(words: Sequence[str], form: ListFormat) -> str:
    """One word or more, such as `Ireland, France and Spain`."""
    if len(words) < 3:  # noqa: PLR2004
        return form.two.format(*words) if words[1:] else words[0]
    found = form.first.format(*words[:2])
    for word in words[2:-1]:
        found = form.further.format(found, word)
    return form.last.format(found, words[-1])
