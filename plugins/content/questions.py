"""A page of questions, taken apart: each heading of the second rank is a group, each of the third a question."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from markupsafe import Markup

from plugins.content.fault import START, Position, Report
from plugins.content.front_matter import Document
from plugins.content.written import places
from plugins.slug import slug

_HEADING = re.compile(r"<h([23])\b[^>]*>(.*?)</h\1>\n?", re.DOTALL)
_WRITTEN = re.compile(r"^ {0,3}(#{2,3})(?!#)", re.MULTILINE)
_BETWEEN = "a text stands between this heading and its first question; begin it with ### and what is asked"


class Question(NamedTuple):
    """One question with its answer; `id` is its place on the page."""

    id: str
    text: str
    answer: Markup


class Questions(NamedTuple):
    """Questions under one heading; the heading may be empty."""

    title: str
    items: tuple[Question, ...]


class _Piece(NamedTuple):
    """A heading, what follows it, and where it is written."""

    rank: str
    heading: str
    text: Markup
    at: Position


def taken_apart(body: Markup, document: Document, report: Report) -> tuple[Markup, tuple[Questions, ...]]:
    """What stands above the first heading, and the questions in their groups; reports what belongs to no question."""
    above, *rest = _HEADING.split(body)
    written = places(_WRITTEN, document)
    pieces = [_piece(*piece, written) for piece in zip(rest[::3], rest[1::3], rest[2::3], strict=True)]
    for piece in pieces:
        _report(piece, report.of("text"))
    return Markup(above), tuple(_groups(pieces))  # noqa: S704 (parts of what is HTML already)


def _piece(rank: str, heading: str, text: str, written: dict[str, list[Position]]) -> _Piece:
    spots = written.get("#" * int(rank), [])
    title = Markup(heading).striptags()  # noqa: S704 (as above)
    return _Piece(rank, title, Markup(text), spots.pop(0) if spots else START)  # noqa: S704


def _report(piece: _Piece, report: Report) -> None:
    if piece.rank == "2" and piece.text.strip():
        report.wrong(piece.at, _BETWEEN)
    elif piece.rank == "3" and not piece.text.strip():
        report.wrong(piece.at, f"the question {piece.heading!r} has no answer; write it below")


def _groups(pieces: Sequence[_Piece]) -> Iterator[Questions]:
    ids: set[str] = set()
    title, items = "", list[Question]()
    for piece in pieces:
        if piece.rank == "3":
            items.append(Question(_id(piece.heading, ids), piece.heading, piece.text))
            continue
        if items:
            yield Questions(title, tuple(items))
        title, items = piece.heading, []
    if items:
        yield Questions(title, tuple(items))


def _id(text: str, taken: set[str]) -> str:
    """The question's words as an id, which no other question has. A single word might be one of the theme's own."""
    words = slug(text)
    name = words if "-" in words else f"question-{words}".rstrip("-")
    number = next(number for number in count(1) if _numbered(name, number) not in taken)
    taken.add(_numbered(name, number))
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"
