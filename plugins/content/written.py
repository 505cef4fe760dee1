"""Where something stands in a Markdown text as its owner wrote it."""

import re
from collections import defaultdict

from plugins.content.fault import Position
from plugins.content.front_matter import Document
from plugins.content.text_file import position

_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(`+)(?!`).*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)
_WITHIN_A_LINE = re.compile(r"[^\n]")


def places(pattern: re.Pattern[str], document: Document) -> dict[str, list[Position]]:
    """Where a pattern is found outside of code, by the text of its first group, in the order of the text."""
    found = defaultdict(list)
    for match in pattern.finditer(without_code(document.body)):
        found[match[1]].append(position(document.body, match.start(), document.body_line))
    return found


def without_code(text: str) -> str:
    """The text with spaces where code stands, so that everything else keeps its place."""
    return _CODE.sub(lambda match: _WITHIN_A_LINE.sub(" ", match[0]), text) if "`" in text or "~~~" in text else text
