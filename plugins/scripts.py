"""Scripts: a module and every neighbour it imports as one file, so that a page asks once and no file waits for another.

Each neighbour keeps its names to itself but for those it exports. Only what this theme's modules write is understood:
`import { one, other } from "./neighbour.js";` on a line of its own, and `export` before what is declared.
"""

import json
import re
from pathlib import Path

from functions.language import Words

_IMPORT = re.compile(r'^import \{[^}]+\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
WORDS = re.compile(r'\b_\("([^"\\]+)"\)')
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)


def joined(entry: Path) -> str:
    """The module with its neighbours before it, each once."""
    found = neighbours(entry)
    apart = "".join(_apart(_IMPORT.sub("", path.read_text(encoding="utf-8"))) for path in found)
    return apart + _IMPORT.sub("", entry.read_text(encoding="utf-8"))


def neighbours(entry: Path) -> list[Path]:
    """What a module imports, and what that imports, each after what it needs itself."""
    found: dict[Path, None] = {}

    def follow(path: Path) -> None:
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            neighbour = path.with_name(name)
            if neighbour not in found:
                follow(neighbour)
                found[neighbour] = None

    follow(entry)
    return list(found)


def spoken(text: str, words: Words) -> str:
    """A script with the words of a language where it has `_("English ones")`."""
    return WORDS.sub(lambda match: json.dumps(words.text(match[1]), ensure_ascii=False), text)


def _apart(text: str) -> str:
    names = ", ".join(name for _, name in _EXPORT.findall(text))
    own = _EXPORT.sub(r"\1", text)
    return f"const {{ {names} }} = (() => {{\n{own}\nreturn {{ {names} }};\n}})();\n"
