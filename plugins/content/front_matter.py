"""The head of a Markdown file between two lines of `---`, and the text below."""

import re
from typing import NamedTuple

from plugins.content.fault import START, Position, Report, position_of
from plugins.content.text_file import code_of, invisible
from plugins.content.yaml_error import YamlFault
from plugins.content.yaml_nodes import Node, Table, Text, compose

_OPENING = re.compile(r"---[ \t]*$", re.MULTILINE)
_CLOSING = re.compile(r"\n---[ \t]*$", re.MULTILINE)  # with a line's end before it, which is found faster than a start


class Document(NamedTuple):
    """A file taken apart: its table of fields, and its body, which begins in line `body_line`."""

    table: Table
    body: str
    body_line: int


def take_apart(text: str, report: Report) -> Document | None:
    """Front matter and body; None when they cannot be told apart or understood, and then the report says why."""
    opening = _OPENING.match(text)
    if opening is None:
        return report.wrong(START, "the first line must be ---; write --- above the fields and --- below them")
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return report.wrong(START, "the line --- below the fields is missing; write it between the fields and the text")
    table = read_table(text[opening.end() + 1 : closing.start() + 1], report, first_line=2)
    body_line = text.count("\n", 0, closing.end()) + 2
    return Document(table, text[closing.end() + 1 :], body_line) if table else None


def read_table(text: str, report: Report, first_line: int = 1) -> Table | None:
    """The fields in a YAML text; None when there are none or they cannot be understood."""
    try:
        tree = compose(text, first_line)
    except YamlFault as fault:
        return report.wrong(fault.at, fault.sentence)
    if "\\" in text:
        _report_escapes(tree, report)
    if isinstance(tree, Table):
        return tree
    at = position_of(tree)
    if at.line < first_line:
        at = Position(max(1, first_line - 1), 1)
    return report.wrong(at, "no fields stand here; write one a line, like title: Storm Petrel")


def _report_escapes(node: Node, report: Report) -> None:
    """Report what YAML's escapes, such as `"\\0"`, make of a text that is refused when it is typed."""
    if isinstance(node, Text):
        found = invisible(node.value)
        if found:
            report.wrong(node, f"an invisible character ({code_of(found)}) is in this text; delete its \\ sign")
    else:
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                _report_escapes(part, report)
