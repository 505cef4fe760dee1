"""Wording: titles that search engines cut, summaries that say nothing, words that were forgotten."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.advice.advice import Advice, Route, Written

TITLE_WIDTH = 60
"""Search engines cut longer titles; the shop's name stands in them too (https://developers.google.com/search)."""
SUMMARY_LENGTH = 40
_BETWEEN = len(" · ")
_FORGOTTEN = re.compile(r"(?<![\w/.#-])(?:[Ll]orem ipsum|TODO(?! [A-Z]{2})|TBD|FIXME|XXX)(?![\w/-])")
"""Words by themselves: `XXXL`, `XXX-Large` and `/TODO` are none of them, nor is the Spanish `TODO EL MUNDO`."""
_NUMBERED = re.compile(r"(?:[A-Z]\w*|\b\w{1,3}\.) $")
"""What stands before a Roman number, such as `Opus XXX` or `vol. XXX`."""
_SHOUT = 4


def wording(source: Written, shop: str) -> Iterator[Advice]:
    """What is doubtful in title, summary and text of anything that has a page. `shop` is the shop's name."""
    title, summary = source.title, source.summary
    if len(title) + _BETWEEN + len(shop) > TITLE_WIDTH:
        yield Advice(source.path, ("title",), _too_wide(title, shop))
    if title.isupper() and len(title) > _SHOUT:
        yield Advice(source.path, ("title",), f"shouts; write it like {title.capitalize()}")
    if title.endswith("."):
        yield Advice(source.path, ("title",), "ends with a full stop, and titles do not; delete it")
    if len(summary) < SUMMARY_LENGTH:
        sentence = f"has {len(summary)} characters; say in a sentence of {SUMMARY_LENGTH} to 155 what it is"
        yield Advice(source.path, ("summary",), sentence)
    if title.casefold() == summary.rstrip(".").casefold():
        yield Advice(source.path, ("summary",), "repeats the title; say what the title does not")
    yield from _forgotten(source)


def same_words(sources: Iterable[Written]) -> Iterator[Advice]:
    """Titles and summaries that two of them share."""
    titles: dict[str, Path] = {}
    summaries: dict[str, Path] = {}
    for source in sources:
        first = titles.setdefault(source.title.casefold(), source.path)
        if first is not source.path:
            yield Advice(source.path, ("title",), f"is the title of {first.as_posix()} too; let them differ")
        first = summaries.setdefault(source.summary.casefold(), source.path)
        if first is not source.path:
            yield Advice(source.path, ("summary",), f"is the summary of {first.as_posix()} too; say what differs")


def _too_wide(title: str, shop: str) -> str:
    width = len(title) + _BETWEEN + len(shop)
    left = TITLE_WIDTH - _BETWEEN - len(shop)
    return f"has {width} characters with the shop's name, and search engines cut it; shorten it to {left}"


def _forgotten(source: Written) -> Iterator[Advice]:
    told = set[str]()
    for part, text in (("title", source.title), ("summary", source.summary), ("text", source.body)):
        for match in _FORGOTTEN.finditer(text):
            words = match[0]
            if words in told or (words == "XXX" and _NUMBERED.search(text, 0, match.start())):
                continue
            told.add(words)
            route: Route = ("text", words) if part == "text" else (part,)
            yield Advice(source.path, route, f"still says {words!r}; write what belongs there")
