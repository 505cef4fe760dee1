"""Cases in a text file: what is changed in which files, and the lines that are said about it.

## a price with a comma
@ products/print.md
-     price: 24.00
+     price: 24,00
products/print.md:13:12: price: '24,00' is no amount in EUR; write it like 24.00
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.plugins.content.sample import write


class Change(NamedTuple):
    """Lines of one file that are replaced by others."""

    file: str
    good: str
    bad: str


class Case(NamedTuple):
    """What somebody may write, and what is said about it."""

    name: str
    changes: tuple[Change, ...]
    said: list[str]


def read_cases(path: Path) -> list[Case]:
    """All cases of a file."""
    return [_case(text) for text in path.read_text(encoding="utf-8").split("\n## ")[1:]]


def change(root: Path, files: Mapping[str, str], case: Case) -> None:
    """Write the files of a shop below `root` that a case changes."""
    changed = dict(files)
    for file, good, bad in case.changes:
        text = f"\n{changed[file]}"
        assert text.count(f"\n{good}") == 1, good
        changed[file] = text.replace(f"\n{good}", f"\n{bad}")[1:]
        write(root / file, changed[file])


def _case(text: str) -> Case:
    head, *changes = text.rstrip("\n").split("\n@ ")
    parts = [part.split("\n") for part in changes]
    said = [f"content/{line}" for line in parts[-1][1:] if line[:2] not in {"- ", "+ ", "  "}]
    return Case(head, tuple(_changes(parts)), said)


def _changes(parts: list[list[str]]) -> Iterator[Change]:
    for file, *lines in parts:
        yield Change(file, _lines(lines, "- "), _lines(lines, "+ "))


def _lines(lines: list[str], sign: str) -> str:
    return "".join(line[2:] + "\n" for line in lines if line[:2] in {sign, "  "})
