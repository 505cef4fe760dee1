"""YAML as a tree of texts, lists and tables that know where they stand.

YAML 1.2's core rules: `no`, `on` and `12:30` are texts, and so is every price; whoever wants a number reads it from the
text. Names that stand twice, anchors, aliases and tags are refused, so a small file can never grow into a large tree.
"""

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from plugins.content.fault import Position
from plugins.content.yaml_error import YamlFault, in_plain_words

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
    try:
        return _document(yaml.parse(text, Loader=_LOADER), first_line - 1)
    except yaml.MarkedYAMLError as error:
        raise in_plain_words(error, text, first_line - 1) from error


def _document(events: Iterator[yaml.Event], above: int) -> Node:
    composer = _Composer(events, above)
    if composer.skip_to_content():
        tree = composer.node(composer.next(), 0)
        composer.expect_end()
        return tree
    return Text("", Position(above + 1, 1), empty=True)


class _Composer:
    """Turns the parser's events into nodes; `above` is how many lines of the file come before the YAML."""

    def __init__(self, events: Iterator[yaml.Event], above: int) -> None:
        self.events = events
        self.line_offset = above + 1

    def next(self) -> yaml.Event:
        return next(self.events)

    def place(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return Position(mark.line + self.line_offset, mark.column + 1) if mark else Position(self.line_offset, 1)

    def skip_to_content(self) -> bool:
        """Go past the start of the stream and of its first document; False when there is no document."""
        self.next()
        return isinstance(self.next(), yaml.DocumentStartEvent)

    def expect_end(self) -> None:
        self.next()
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise YamlFault(self.place(event), "a second part begins here with ---; delete this line")

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.refuse_specials(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            empty = (not event.style and event.value in _NULL) or not event.value
            return Text(event.value, self.place(event), empty)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self.items(depth)), self.place(event))
        return self.table(self.place(event), depth)

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
            raise YamlFault(key.at, "a name must stand before the colon; write it like title: Storm Petrel")
        return key

    def refuse_specials(self, event: yaml.Event, depth: int) -> None:
        at = self.place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise YamlFault(at, f'a text cannot begin with {sign} here; put it in "quotation marks"')
        if getattr(event, "tag", None):
            raise YamlFault(at, 'a text cannot begin with ! here; put it in "quotation marks"')
        if depth > MAX_DEPTH:
            raise YamlFault(at, f"lists lie more than {MAX_DEPTH} deep in each other; write them flatter")
