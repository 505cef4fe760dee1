"""YAML as a tree of texts, lists and tables that know where they stand.

YAML 1.2's core rules: `no`, `on` and `12:30` are texts, and so is every price; whoever wants a number reads it from the
text. Names that stand twice, anchors, aliases and tags are refused, so a small file can never grow into a large tree.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from plugins.content.fault import Position
from plugins.content.yaml_error import NO_NAME, YamlFault, in_plain_words

MAX_DEPTH = 12
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_PARSER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]


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


# A named tuple's own __new__ is Python; these make the same ones at a third of the cost, and a catalogue has millions.
_position: Callable[[tuple[int, int]], Position] = partial(tuple.__new__, Position)
_text: Callable[[tuple[str, Position, bool]], Text] = partial(tuple.__new__, Text)
_entry: Callable[[tuple[Position, Node]], Entry] = partial(tuple.__new__, Entry)


def compose(text: str, first_line: int = 1) -> Node:
    """The tree of a YAML text whose first line is line `first_line` of its file.

    Raises YamlFault at the first place that cannot be understood.
    """
    parser = _PARSER(text)
    try:
        return _Composer(parser.get_event, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise in_plain_words(error, text, first_line - 1) from error
    finally:
        parser.dispose()


class _Composer:
    """Turns the parser's events, which `next` gives one by one, into nodes."""

    __slots__ = ("first_line", "next")

    def __init__(self, next_event: Callable[[], Any], first_line: int) -> None:
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

    def place(self, event: Any) -> Position:
        mark = event.start_mark
        return _position((mark.line + self.first_line, mark.column + 1))

    def node(self, event: Any, depth: int) -> Node:
        at, kind = self.place(event), type(event)
        if depth > MAX_DEPTH:
            raise YamlFault(at, f"lists lie more than {MAX_DEPTH} deep in each other; write them flatter")
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            raise YamlFault(
                at, f'a text cannot begin with {_sign(event)} here; put the whole text in "quotation marks"'
            )
        if kind is ScalarEvent:
            value = event.value
            return _text((value, at, not value or (value in _NULL and not event.style)))
        return self.items(at, depth) if kind is SequenceStartEvent else self.table(at, depth)

    def items(self, at: Position, depth: int) -> Items:
        found: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            found.append(self.node(event, depth + 1))
        return Items(tuple(found), at)

    def table(self, at: Position, depth: int) -> Table:
        entries: dict[str, Entry] = {}
        while type(event := self.next()) is not MappingEndEvent:
            key = self.node(event, depth + 1)
            if type(key) is not Text or key.empty:
                raise YamlFault(key.at, NO_NAME)
            if key.value in entries:
                first = entries[key.value].at.line
                raise YamlFault(key.at, f"{key.value!r} already stands in line {first}; delete one of the two")
            entries[key.value] = _entry((key.at, self.node(self.next(), depth + 1)))
        return Table(entries, at)


def _sign(event: Any) -> str:
    """The sign of an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    return "&" if event.anchor is not None else "!"
