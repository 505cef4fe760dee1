"""Scripts: a module and every neighbour it imports as one file, so that a page asks once and no file waits for another.

Each neighbour keeps its names to itself but for those it exports, as far as another one has a word like them. Only what
this theme's modules write is understood: `import { one, other } from "./neighbour.js";` on a line of its own, `export`
before what is declared, and one name in each declaration that begins a line.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from functions.language import Words

_IMPORT = re.compile(r'^import \{[^}]+\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
WORDS = re.compile(r'\b_\("([^"\\]+)"\)')
_WORD = re.compile(r"[\w$]+")
_DECLARED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)


def joined(entry: Path, written: Mapping[Path, str]) -> str:
    """The module with its neighbours before it, each once; `written` are texts that stand in for what is in a file."""
    paths = [*neighbours(entry), entry]
    texts = [_IMPORT.sub("", written.get(path) or path.read_text(encoding="utf-8")) for path in paths]
    words = [set(_WORD.findall(text)) for text in texts]
    others = (set[str]().union(*words[:at], *words[at + 1 :]) for at in range(len(texts) - 1))
    return "".join(map(_apart, texts, others)) + texts[-1]


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


def _apart(text: str, others: set[str]) -> str:
    """A module for a file whose other modules have these words; in a function if one is a name of its own."""
    exported = [name for _, name in _EXPORT.findall(text)]
    own = _EXPORT.sub(r"\1", text)
    if not (set(_DECLARED.findall(own)) - set(exported)) & others:
        return own
    names = ", ".join(name for name in exported if name in others)
    return f"const {{ {names} }} = (() => {{\n{own}\nreturn {{ {names} }};\n}})();\n"
