"""YAML as a tree of texts, lists and tables that know where they stand.

YAML 1.2's core rules: `no`, `on` and `12:30` are texts, and so is every price; whoever wants a number reads it from the
text. Names that stand twice, anchors, aliases and tags are refused, so a small file can never grow into a large tree.
"""

import operator
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from plugins.content.fault import position_of
from plugins.content.yaml_error import NO_NAME, YamlFault, in_plain_words

MAX_DEPTH = 12
NULL = frozenset({"", "~", "null", "Null", "NULL"})
"""How nothing is written; in quotation marks, most of it is a word."""
_PARSER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]

# The nodes are the parser's own: its `value` is a string, a list of nodes, or a list of entries. To make others of them
# takes half as long as to parse the text, and a catalogue has millions. Tags have no meaning here.
Text = yaml.ScalarNode
Items = yaml.SequenceNode
Table = yaml.MappingNode
Node = Text | Items | Table
Entry = tuple[Text, Node]
"""A name in a table, and what it stands for."""


def is_empty(text: Text) -> bool:
    """Whether nothing was written, or YAML's `null`."""
    value = text.value
    return value in NULL and not (value and text.style)


def entries_of(table: Node) -> dict[str, Entry]:
    """What stands in a table, by name."""
    return {entry[0].value: entry for entry in table.value}


def compose(text: str, first_line: int = 1) -> Node:
    """The tree of a YAML text whose first line is line `first_line` of its file.

    Raises YamlFault at the first place that cannot be understood.
    """
    text = "\n" * (first_line - 1) + text  # so that the parser's marks are those of the file
    return _usual(text) or _any(text, first_line)


def _usual(text: str) -> Node | None:
    """The tree of a text like nearly all are, in half the time; None when a closer look must be taken."""
    if len(text) > _SHORT or _may_have_signs(text):
        return None
    try:
        tree: Node | None = _Builder(text).get_single_node()
    except (yaml.YAMLError, RecursionError):
        return None
    return tree if tree is not None and _is_usual(tree, 0) else None


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


def _may_have_signs(text: str) -> bool:
    return ("&" in text or "*" in text or "!" in text) and _SIGN.search(text) is not None


class _Builder(_PARSER):  # type: ignore[misc]
    """The parser that builds nodes, and asks three questions about each. The answers do not matter, so they come from
    functions of the interpreter's own: in Python they would take as long as the rest.
    """

    resolve, descend_resolver, ascend_resolver = slice, operator.is_, tuple


def _is_usual(node: Node, depth: int) -> bool:
    """Whether a closer look at a tree would find nothing wrong."""
    if type(node) is Text or depth >= MAX_DEPTH:
        return type(node) is Text
    if type(node) is Table:
        return _is_usual_table(node.value, depth + 1)
    for item in node.value:  # noqa: SIM110 (a generator takes twice as long)
        if type(item) is not Text and not _is_usual(item, depth + 1):
            return False
    return True


def _is_usual_table(entries: list[Entry], depth: int) -> bool:
    """Whether all names are texts, each is another, and what they stand for is usual."""
    names = set()
    for name, item in entries:
        if type(name) is not Text or (type(item) is not Text and not _is_usual(item, depth)):
            return False
        names.add(name.value)
    return len(names) == len(entries) and NULL.isdisjoint(names)


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
            return Text("", "", _Start(first_line - 1, 0))  # type: ignore[arg-type]
        tree = self.node(self.next(), 0)
        self.next()
        if not isinstance(event := self.next(), yaml.StreamEndEvent):
            raise YamlFault(position_of(event), "a second part begins here with ---; delete this line")
        return tree

    def node(self, event: Any, depth: int) -> Node:
        """What begins with an event. Nearly all are plain texts, so these come first and call nothing."""
        if type(event) is ScalarEvent and event.anchor is None and event.tag is None and depth <= MAX_DEPTH:
            return Text("", event.value, event.start_mark, None, event.style)  # type: ignore[arg-type]
        return self.group(event, depth)

    def group(self, event: Any, depth: int) -> Items | Table:
        """A list or a table; raises the fault of what is neither, nor a plain text."""
        if depth > MAX_DEPTH:
            sentence = f"lists lie more than {MAX_DEPTH} deep in each other; write them flatter"
            raise YamlFault(position_of(event), sentence)
        if type(event) is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            sentence = f'a text cannot begin with {_sign(event)} here; put the whole text in "quotation marks"'
            raise YamlFault(position_of(event), sentence)
        kind = self.items if type(event) is SequenceStartEvent else self.table
        return kind(event.start_mark, depth + 1)

    def items(self, mark: Any, depth: int) -> Items:
        following, node, found = self.next, self.node, list[Node]()
        while type(event := following()) is not SequenceEndEvent:
            found.append(node(event, depth))
        return Items("", found, mark)

    def table(self, mark: Any, depth: int) -> Table:
        following, node, entries = self.next, self.node, dict[str, Entry]()
        while type(event := following()) is not MappingEndEvent:
            name = self.name(event, entries, depth)
            entries[name.value] = name, node(following(), depth)
        return Table("", [*entries.values()], mark)

    def name(self, event: Any, entries: dict[str, Entry], depth: int) -> Text:
        """A name of a table; raises the fault of what can be none."""
        name = self.node(event, depth)
        if not isinstance(name, Text) or is_empty(name):
            raise YamlFault(position_of(name), NO_NAME)
        if name.value in entries:
            first = position_of(entries[name.value][0]).line
            raise YamlFault(position_of(name), f"{name.value!r} already stands in line {first}; delete one of the two")
        return name


class _Start(NamedTuple):
    """The mark of a text in which nothing stands."""

    line: int
    column: int


def _sign(event: Any) -> str:
    """The sign of an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    return "&" if event.anchor is not None else "!"
