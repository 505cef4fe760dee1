"""The handbook's words for each field, so that an editor shows the same ones while somebody writes."""

import re
from pathlib import Path
from typing import NamedTuple

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook.md"
_ROW = re.compile(r"^\| (`.+?) \| (.+?) \| (.+?) \|$")
_NAME = re.compile(r"`([a-z_]+)`")


class Words(NamedTuple):
    """What a field is, and what to write there."""

    what: str
    write: str

    @property
    def text(self) -> str:
        """Both as one hint."""
        return f"{self.what[:1].upper()}{self.what[1:]}. Write: {self.write}"


def words(section: str, handbook: str) -> dict[str, Words]:
    """The rows of every table below a heading, by the field's name; a row may name several."""
    found: dict[str, Words] = {}
    for line in _section(section, handbook).split("\n"):
        row = _ROW.match(line)
        if row:
            for name in _NAME.findall(row[1]):
                found.setdefault(name, Words(row[2], row[3]))
    return found


def _section(heading: str, handbook: str) -> str:
    after = f"\n{handbook}".split(f"\n## {heading}\n", 1)
    return after[1].split("\n## ", 1)[0] if len(after) > 1 else ""
