"""Finds English words of the shop's own in what a German shop shows."""

import re
from collections.abc import Iterator
from html import unescape

from plugins.translation import read

_PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%|[#%“”„]|</?\w+[^>]*>")
_PIECE = re.compile(r'>([^<>]+)<|\b(?:aria-label|alt|placeholder|data-\w+)="([^"<>]+)"', re.DOTALL)
_GERMAN_AS_WELL = {"in"}
_SEVERAL = re.compile(r"\w{2,}\W+\w{2,}")


def _pieces() -> Iterator[tuple[str, str]]:
    """What stands between the places of each English text, and the German text in its place."""
    for message in read("de"):
        if message.id:
            english = (message.id,) if isinstance(message.id, str) else message.id
            said = (message.string,) if isinstance(message.string, str) else message.string
            for one, other in zip(english, said or (), strict=True):
                yield from ((piece.strip(" .,:;"), other) for piece in _PLACE.split(one))


_OTHERS = {
    english: said
    for english, said in _pieces()
    if re.search(r"[A-Za-z]{2}", english) and english not in said and english not in _GERMAN_AS_WELL
}
_SENTENCES = tuple(english for english in _OTHERS if _SEVERAL.search(english))


def english_in(text: str) -> set[str]:
    """Sentences and parts of some that stand anywhere in a text, and words that are all of an element or attribute."""
    plain = " ".join(unescape(text).split())
    whole = {" ".join((piece or other).split()).strip(" .,:;") for piece, other in _PIECE.findall(text)}
    return {sentence for sentence in _SENTENCES if sentence in plain} | (whole & _OTHERS.keys())
