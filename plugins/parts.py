"""The parts of a theme: one macro a file, and at its top in words what it is, what it takes, and examples of it.

    {#
      What is left of a variant, in words.
      stock(offer): the Offer
      Example: {{ stock(offers.plenty) }}
      Example, sold out: {{ stock(offers.out) }}
    #}

The examples are Jinja, with the values of plugins/examples.py and every other part at hand. What they give is shown on
the page of all parts (plugins/parts_page.py) and looked at by tests, so they cannot grow old. `Example as text` is for
what a browser does not show.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(r"\{#\n(.*?)\n#\}\n", re.DOTALL)
_MACRO = re.compile(r"^\{%-? macro (\w+)\((.*?)\) -?%\}$", re.MULTILINE)
_SIGNATURE = re.compile(r"^(\w+)\((.*?)\)(?::|$)")
_EXAMPLE = re.compile(r"Example( as text)?(?:, ([^:]+))?: (.+)")


class UnclearPart(Exception):
    """A part whose file does not say what it should; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a part, as Jinja; `state` is empty for the usual one."""

    state: str
    source: str
    as_text: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part as its file describes it. `signature` is how it is called, `takes` says what the parameters are."""

    name: str
    about: str
    signature: str
    takes: str
    examples: tuple[Example, ...]

    @property
    def usage(self) -> str:
        """What a template writes to use it."""
        return f'{{% from "parts/{self.name}.html" import {self.name} %}}'


def parts_of(templates: Path) -> list[Part]:
    """Every part of a theme, by name. Raises UnclearPart."""
    return [read_part(path) for path in sorted((templates / "parts").glob("*.html"))]


def read_part(path: Path) -> Part:
    """One part. Raises UnclearPart when its file is not as the top of this module has it."""
    text = path.read_text(encoding="utf-8")
    macros = _MACRO.findall(text)
    if [name for name, _ in macros] != [path.stem]:
        raise UnclearPart(f"{path.name}: holds {_listed(macros)}; let it hold one macro called {path.stem}")
    header = _HEADER.match(text)
    if header is None:
        raise UnclearPart(f"{path.name}: begins without a description; write {{# … #}} with what it is and an example")
    return _described(path, f"{path.stem}({macros[0][1]})", [line.strip() for line in header[1].splitlines()])


def _described(path: Path, signature: str, lines: list[str]) -> Part:
    at = next((place for place, line in enumerate(lines) if _SIGNATURE.match(line)), None)
    if at is None or not lines[at].startswith(signature):
        raise UnclearPart(f"{path.name}: its macro is {signature}; write that into its description, and what each is")
    examples = tuple(_example(match) for match in map(_EXAMPLE.fullmatch, lines) if match)
    if not examples:
        raise UnclearPart(f"{path.name}: has no example; write `Example: {{{{ {signature} }}}}` into its description")
    end = next(place for place, line in enumerate(lines) if line.startswith("Example"))
    takes = " ".join(lines[at:end]).removeprefix(signature).removeprefix(":").strip()
    return Part(path.stem, " ".join(lines[:at]), signature, takes, examples)


def _example(match: re.Match[str]) -> Example:
    return Example(state=match[2] or "", source=match[3], as_text=bool(match[1]))


def _listed(macros: list[tuple[str, str]]) -> str:
    return "the macros " + " and ".join(name for name, _ in macros) if macros else "no macro"
