"""YAML as a tree of texts, lists and tables that know where they stand.

YAML 1.2's core rules: `no`, `on` and `12:30` are texts, and so is every price; whoever wants a number reads it from the
text. Names that stand twice, anchors, aliases and tags are refused, so a small file can never grow into a large tree.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

from plugins.content.fault import Position
from plugins.content.yaml_error import NO_NAME, YamlFault, in_plain_words

MAX_DEPTH = 12
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(NamedTuple):
    """A single value. `empty` says that nothing was written, or YAML's `null`."""

    value: str
    at: Position
    empty: bool = False


class Items(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    at: Position


class Entry(NamedTuple):
    """A name in a table, and what it stands for; `at` is where the name is."""

    at: Position
    node: "Node"


class Table(NamedTuple):
    """Names with their values, in the order they were written."""

    entries: dict[str, Entry]
    at: Position


Node = Text | Items | Table


def compose(text: str, first_line: int = 1) -> Node:
    """The tree of a YAML text whose first line is line `first_line` of its file.

    Raises YamlFault at the first place that cannot be understood.
    """
    parser = _LOADER(text)
    try:
        return _Composer(parser.get_event, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise in_plain_words(error, text, first_line - 1) from error
    finally:
        parser.dispose()


class _Composer:
    """Turns the parser's events, which `next` gives one by one, into nodes."""

    def __init__(self, next_event: Callable[[], yaml.Event], first_line: int) -> None:
        self.next = next_event
        self.first_line = first_line

    def document(self) -> Node:
        """The one document there is; an empty text when there is none."""
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            return Text("", Position(self.first_line, 1), empty=True)
        tree = self.node(self.next(), 0)
        self.next()
        if not isinstance(event := self.next(), yaml.StreamEndEvent):
            raise YamlFault(self.place(event), "a second part begins here with ---; delete this line")
        return tree

    def place(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return Position(mark.line + self.first_line, mark.column + 1) if mark else Position(self.first_line, 1)

    def node(self, event: yaml.Event, depth: int) -> Node:
        at = self.place(event)
        if depth > MAX_DEPTH:
            raise YamlFault(at, f"lists lie more than {MAX_DEPTH} deep in each other; write them flatter")
        if sign := _special(event):
            raise YamlFault(at, f'a text cannot begin with {sign} here; put the whole text in "quotation marks"')
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
            return Text(value, at, not value or (not event.style and value in _NULL))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self.items(depth)), at)
        return self.table(at, depth)

    def items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def table(self, at: Position, depth: int) -> Table:
        entries: dict[str, Entry] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event, depth)
            if key.value in entries:
                first = entries[key.value].at.line
                raise YamlFault(key.at, f"{key.value!r} already stands in line {first}; delete one of the two")
            entries[key.value] = Entry(key.at, self.node(self.next(), depth + 1))
        return Table(entries, at)

    def key(self, event: yaml.Event, depth: int) -> Text:
        key = self.node(event, depth + 1)
        if not isinstance(key, Text) or key.empty:
            raise YamlFault(key.at, NO_NAME)
        return key


def _special(event: yaml.Event) -> str:
    """The sign of an alias, an anchor or a tag; empty for what is none of them."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None) is not None:
        return "&"
    return "" if getattr(event, "tag", None) is None else "!"
