"""What a YAML parser complains about, in words for somebody who has never heard of YAML."""

import re

import yaml

from plugins.content.fault import Position

_QUOTE = 'put the whole text in "quotation marks"'
_COLON = "mapping values are not allowed"
NO_NAME = "a name must stand before the colon; write it like title: Storm Petrel"
_END = "did not find expected key"
# What the parser says (its beginning), and what we say.
_PROBLEMS = {
    _COLON: "this line is indented further than the one above; let both begin in the same column",
    _END: "this does not fit the lines above; let the fields of one thing begin in the same column",
    "block sequence entries are not allowed": "a list must begin on a line of its own; write the dash on the next line",
    "found unknown escape character": "a backslash cannot stand here; write two of them, or none",
    "found a tab character": "a tab stands here; indent with spaces instead",
    "found undefined tag handle": f"a text cannot begin with ! here; {_QUOTE}",
    "did not find expected '-' indicator": "this line does not belong to the list above; indent it like its neighbours",
    "could not find expected ':'": "a colon is missing in this line; write it like title: Storm Petrel",
    "found unexpected end of stream": "a quotation mark opens here and never closes; add the closing one",
    "did not find expected ',' or ']'": "a [ opens here and never closes; write it like [A4, A3]",
    "did not find expected ',' or '}'": "a { opens here and never closes; write it like {Size: A4, Frame: Oak}",
}
_AT_THE_OPENING = ("could not find expected ':'", "found unexpected end", "did not find expected ','")
_SIGNS = "@`%&*!|>]}"
_NO_SPACE = re.compile(r"\s*(?:- )?[\w-]+:(?=\S)")


class YamlFault(Exception):
    """The YAML cannot be understood at this place; `sentence` says why and what to write."""

    def __init__(self, at: Position, sentence: str) -> None:
        super().__init__(sentence)
        self.at = at
        self.sentence = sentence


def in_plain_words(error: yaml.MarkedYAMLError, text: str) -> YamlFault:
    """The parser's complaint as a fault."""
    problem, lines = error.problem or "", [*text.split("\n"), ""]
    line, column = _place(error)
    if problem.startswith(_COLON) and (tight := _NO_SPACE.match(lines[line - 1] if line else "")):
        return YamlFault(Position(line, tight.end()), "a space is missing after this colon; write one")
    sentence = _sentence(problem, lines[line][:column], lines[line][column : column + 1])
    return YamlFault(Position(line + 1, column + 1), sentence)


def _place(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column from 0: where something opened that never ended, or else where the parser stopped."""
    opening = (error.problem or "").startswith(_AT_THE_OPENING) or error.context == "while scanning an alias"
    mark = error.context_mark if opening and error.context_mark else error.problem_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _sentence(problem: str, before: str, sign: str) -> str:
    """What we say, given the text before the place on its line, and the sign that stands there."""
    known = (words for start, words in _PROBLEMS.items() if problem.startswith(start))
    if sign == "\t":
        return _PROBLEMS["found a tab character"]
    if words := _in_its_line(problem, before, sign) or next(known, ""):
        return words
    if sign and sign in _SIGNS:
        return f"a text cannot begin with {sign} here; {_QUOTE}"
    return f"this cannot be understood; if it is part of a text, {_QUOTE}"


def _in_its_line(problem: str, before: str, sign: str) -> str:
    """What the line itself shows to be the reason; empty when it shows none."""
    if problem.startswith(_COLON) and ": " in before:
        return f"a text with a colon in it cannot stand alone; {_QUOTE}"
    if problem.startswith(_END) and sign == ":":
        return NO_NAME
    if problem.startswith(_END) and before.count('"') + before.count("'") > 1:
        return "the text goes on after its closing quotation mark; put other quotation marks around the whole"
    return ""
