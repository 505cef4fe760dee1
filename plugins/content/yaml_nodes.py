"""YAML as a tree of texts, lists and tables that know where they stand.

YAML 1.2's core rules: `no`, `on` and `12:30` are texts, and so is every price; whoever wants a number reads it from the
text. Names that stand twice, anchors, aliases and tags are refused, so a small file can never grow into a large tree.
"""

import operator
import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, Protocol

import yaml
from yaml import MappingEndEvent, MappingNode, ScalarEvent, ScalarNode, SequenceEndEvent, SequenceStartEvent

from plugins.content.fault import Position
from plugins.content.yaml_error import NO_NAME, YamlFault, in_plain_words

MAX_DEPTH = 12
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_PARSER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]


class Mark(Protocol):
    """A place as the parser counts it, from 0. A file has hundreds, and few are ever looked at."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Text(NamedTuple):
    """A single value. `empty` says that nothing was written, or YAML's `null`."""

    value: str
    mark: Mark
    empty: bool = False

    @property
    def at(self) -> Position:
        return position_of(self.mark)


class Items(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    mark: Mark

    @property
    def at(self) -> Position:
        return position_of(self.mark)


class Entry(NamedTuple):
    """A name in a table, and what it stands for; `at` is where the name is."""

    mark: Mark
    node: "Node"

    @property
    def at(self) -> Position:
        return position_of(self.mark)


class Table(NamedTuple):
    """Names with their values, in the order they were written."""

    entries: dict[str, Entry]
    mark: Mark

    @property
    def at(self) -> Position:
        return position_of(self.mark)


Node = Text | Items | Table

# A named tuple's own __new__ is Python; these make the same ones at a third of the cost, and a catalogue has millions.
_text: Callable[[tuple[str, Any, bool]], Text] = partial(tuple.__new__, Text)
_entry: Callable[[tuple[Any, Node]], Entry] = partial(tuple.__new__, Entry)
_items: Callable[[tuple[tuple[Node, ...], Any]], Items] = partial(tuple.__new__, Items)
_table: Callable[[tuple[dict[str, Entry], Any]], Table] = partial(tuple.__new__, Table)


def position_of(mark: Mark) -> Position:
    """The place as editors count it, from 1."""
    return Position(mark.line + 1, mark.column + 1)


def compose(text: str, first_line: int = 1) -> Node:
    """The tree of a YAML text whose first line is line `first_line` of its file.

    Raises YamlFault at the first place that cannot be understood.
    """
    text = "\n" * (first_line - 1) + text  # so that the parser's marks are those of the file
    return _usual(text) or _any(text, first_line)


def _usual(text: str) -> Node | None:
    """The tree of a text like nearly all are, in two thirds of the time; None when a closer look must be taken."""
    if len(text) > _SHORT or _SIGN.search(text):
        return None
    try:
        return _usual_node(_Builder(text).get_single_node(), 0)
    except (yaml.YAMLError, RecursionError, _Unusual):
        return None


def _any(text: str, first_line: int) -> Node:
    parser = _PARSER(text)
    try:
        return _Composer(parser.get_event).document(first_line)
    except yaml.MarkedYAMLError as error:
        raise in_plain_words(error, text) from error
    finally:
        parser.dispose()


_SHORT = 8_000
"""Characters. The parser builds its nodes by recursion in C, which a text must not be able to drive without end."""
_SIGN = re.compile(r"(?:[&*](?=\S)|!)(?<![^\s\ufeff\[{,:].)")
"""Where an anchor, an alias or a tag may begin; the nodes that the parser builds do not tell of them."""


class _Unusual(Exception):
    """A tree that must be looked at more closely."""


class _Builder(_PARSER):  # type: ignore[misc]
    """The parser that builds nodes, and asks three questions about each. The answers do not matter, so they come from
    functions of the interpreter's own: in Python they would take as long as the rest.
    """

    resolve, descend_resolver, ascend_resolver = slice, operator.is_, tuple


def _usual_node(node: Any, depth: int) -> Node:
    kind = type(node)
    if kind is ScalarNode:
        value = node.value
        return _text((value, node.start_mark, value in _NULL and not (value and node.style)))
    if node is None or depth >= MAX_DEPTH:
        raise _Unusual
    if kind is MappingNode:
        return _table((_usual_entries(node.value, depth + 1), node.start_mark))
    return _items((tuple([_usual_node(item, depth + 1) for item in node.value]), node.start_mark))


def _usual_entries(pairs: list[tuple[Any, Any]], depth: int) -> dict[str, Entry]:
    entries = {
        name.value: _entry((name.start_mark, _usual_node(node, depth)))
        for name, node in pairs
        if type(name) is ScalarNode
    }
    if len(entries) < len(pairs) or not _NULL.isdisjoint(entries):
        raise _Unusual
    return entries


class _Composer:
    """Turns the parser's events, which `next` gives one by one, into nodes."""

    __slots__ = ("next",)

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self.next = next_event

    def document(self, first_line: int) -> Node:
        """The one document there is; an empty text when there is none."""
        self.next()
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return Text("", _Start(first_line - 1, 0), empty=True)
        tree = self.node(self.next(), 0)
        self.next()
        if not isinstance(event := self.next(), yaml.StreamEndEvent):
            raise YamlFault(position_of(event.start_mark), "a second part begins here with ---; delete this line")
        return tree

    def node(self, event: Any, depth: int) -> Node:
        """What begins with an event. Nearly all are plain texts, so these come first and call nothing."""
        if type(event) is ScalarEvent and event.anchor is None and event.tag is None and depth <= MAX_DEPTH:
            value = event.value
            return _text((value, event.start_mark, not value or (value in _NULL and not event.style)))
        return self.group(event, depth)

    def group(self, event: Any, depth: int) -> Items | Table:
        """A list or a table; raises the fault of what is neither, nor a plain text."""
        if depth > MAX_DEPTH:
            sentence = f"lists lie more than {MAX_DEPTH} deep in each other; write them flatter"
            raise YamlFault(position_of(event.start_mark), sentence)
        if type(event) is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            sentence = f'a text cannot begin with {_sign(event)} here; put the whole text in "quotation marks"'
            raise YamlFault(position_of(event.start_mark), sentence)
        kind = self.items if type(event) is SequenceStartEvent else self.table
        return kind(event.start_mark, depth + 1)

    def items(self, mark: Mark, depth: int) -> Items:
        following, node, found = self.next, self.node, list[Node]()
        while type(event := following()) is not SequenceEndEvent:
            found.append(node(event, depth))
        return Items(tuple(found), mark)

    def table(self, mark: Mark, depth: int) -> Table:
        following, node, entries = self.next, self.node, dict[str, Entry]()
        while type(event := following()) is not MappingEndEvent:
            name = event.value if type(event) is ScalarEvent else ""
            if name in entries or name in _NULL or event.anchor is not None or event.tag is not None:
                name = self.name(event, entries, depth)
            entries[name] = _entry((event.start_mark, node(following(), depth)))
        return Table(entries, mark)

    def name(self, event: Any, entries: dict[str, Entry], depth: int) -> str:
        """A name of a table that looks odd; raises its fault if it is."""
        key = self.node(event, depth)
        if not isinstance(key, Text) or key.empty:
            raise YamlFault(key.at, NO_NAME)
        if key.value in entries:
            first = entries[key.value].at.line
            raise YamlFault(key.at, f"{key.value!r} already stands in line {first}; delete one of the two")
        return key.value


class _Start(NamedTuple):
    """The mark of a text in which nothing stands."""

    line: int
    column: int


def _sign(event: Any) -> str:
    """The sign of an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    return "&" if event.anchor is not None else "!"
