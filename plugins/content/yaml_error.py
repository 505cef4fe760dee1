"""What a YAML parser complains about, in words for somebody who has never heard of YAML."""

import yaml

from plugins.content.fault import Position

_QUOTE = 'put the whole text in "quotation marks"'
# What the parser says (its beginning), and what we say.
_PROBLEMS = {
    "mapping values are not allowed": (
        f"this colon cannot be understood; if it belongs to the text, {_QUOTE}; otherwise look whether a space is missing"
        " after the colon in the line above, or whether this line is indented too far"
    ),
    "block sequence entries are not allowed": "a list must begin on a line of its own; write the dash on the next line",
    "found unknown escape character": "a backslash cannot stand here; write it twice, or leave it out",
    "found a tab character": "a tab stands here; indent with spaces instead",
    "found undefined tag handle": f"a text cannot begin with ! here; {_QUOTE}",
    "did not find expected '-' indicator": "this line does not belong to the list above; indent it as the lines around it",
    "did not find expected key": (
        "this cannot be understood; look whether the indentation is that of the lines around it,"
        " and whether a quotation mark stands within a quoted text"
    ),
    "could not find expected ':'": "a colon is missing in this line; write it like title: Storm Petrel",
    "found unexpected end of stream": "a quotation mark opens here and never closes; add the closing one",
    "did not find expected ',' or ']'": "a [ opens here and never closes; write it like [A4, A3]",
    "did not find expected ',' or '}'": "a { opens here and never closes; write it like {Size: A4, Frame: Oak}",
}
_AT_THE_OPENING = ("could not find expected ':'", "found unexpected end", "did not find expected ','")
_SIGNS = "@`%&*!|>]}"


class YamlFault(Exception):
    """The YAML cannot be understood at this place; `sentence` says why and what to write."""

    def __init__(self, at: Position, sentence: str) -> None:
        super().__init__(sentence)
        self.at = at
        self.sentence = sentence


def in_plain_words(error: yaml.MarkedYAMLError, text: str, above: int) -> YamlFault:
    """The parser's complaint as a fault; `above` is how many lines of the file come before `text`."""
    problem = error.problem or ""
    at_opening = problem.startswith(_AT_THE_OPENING) or error.context in {"while scanning an alias"}
    mark = error.context_mark if at_opening and error.context_mark else error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return YamlFault(Position(line + above + 1, column + 1), _sentence(problem, _sign(text, line, column)))


def _sentence(problem: str, sign: str) -> str:
    known = (words for start, words in _PROBLEMS.items() if problem.startswith(start))
    if sign == "\t":
        return _PROBLEMS["found a tab character"]
    if words := next(known, ""):
        return words
    if sign and sign in _SIGNS:
        return f"a text cannot begin with {sign} here; {_QUOTE}"
    return f"this cannot be understood; if it is part of a text, {_QUOTE}"


def _sign(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    return lines[line][column : column + 1] if line < len(lines) else ""
