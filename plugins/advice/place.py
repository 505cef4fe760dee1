"""Places: where in a file a piece of advice belongs. A file is read again only when there is something to say on it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from plugins.advice.advice import Advice, Route
from plugins.content.fault import START, Fault, Position, Report, position_of
from plugins.content.front_matter import Document, read_table, take_apart
from plugins.content.text_file import position, read_text
from plugins.content.yaml_nodes import Items, Node, Table, entries_of


def placed(advice: Iterable[Advice]) -> Iterator[tuple[Advice, Fault]]:
    """Each piece of advice with what is printed of it: path, line, column, field and sentence; file by file."""
    for path, group in groupby(sorted(advice, key=lambda piece: piece.path), key=lambda piece: piece.path):
        document = _document(path)
        for piece in group:
            line, column = _place(document, piece.route)
            yield piece, Fault(path.as_posix(), line, column, piece.field, piece.sentence)


def _document(path: Path) -> Document | None:
    """The file taken apart; None for a picture."""
    if path.suffix not in {".md", ".yaml"} or not path.is_file():
        return None
    text = read_text(path, Report(path))
    if path.suffix == ".md":
        return take_apart(text or "", Report(path))
    table = read_table(text or "", Report(path))
    return Document(table, "", 1) if table else None


def _place(document: Document | None, route: Route) -> Position:
    if document is None:
        return START
    if route[0] == "text":
        return _in_text(document, str(route[-1]) if len(route) > 1 else "")
    return _in_table(document.table, route)


def _in_text(document: Document, words: str) -> Position:
    """Where words stand in the text; its beginning when they are not found as they are."""
    at = document.body.find(words) if words else -1
    if at >= 0:
        return position(document.body, at, document.body_line)
    skipped = len(document.body) - len(document.body.lstrip())
    return position(document.body, skipped, document.body_line) if document.body.strip() else START


def _in_table(table: Table, route: Route) -> Position:
    """As far along the way as the file has it; the file's beginning when its first step is missing already."""
    node: Node = table
    at = START
    for step in route:
        if isinstance(node, Table) and isinstance(step, str) and step in (entries := entries_of(node)):
            node = entries[step][1]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            break
        at = position_of(node)
    return at
