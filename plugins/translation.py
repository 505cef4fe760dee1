"""`python -m plugins.translation`: bring the catalogues of the shop's own words up to date.

What templates, scripts and code say to shoppers is gathered, as gettext's `xgettext` would do it. Each language has a
`.po` beside functions/language/words.py for who translates, and a `.mo` made from it, which build and functions read.
Both are kept in git, so that a fresh clone can be built and served at once.
"""

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from functions.language.words import FOLDER
from plugins.scripts import WORDS

ROOT = Path(__file__).parent.parent
CODE = ("functions/shop", "functions/service", "functions/web", "functions/adapters", "plugins")
TEMPLATES, SCRIPTS = "theme/templates", "theme/static/js"
CALLS = frozenset({"Sentence", "msgid", "say"})
"""What is called in code with a text that is said to shoppers."""
WIDTH = 100


class Said(NamedTuple):
    """Something that is said to shoppers, and the file in which it is. `plural` is for another number than one."""

    text: str
    file: str
    plural: str = ""
    context: str | None = None


def everything_said() -> Iterator[Said]:
    """All that the shop says in words of its own, in the order of files."""
    for path in _files("py", *CODE):
        yield from (Said(text, _name(path)) for text in texts_in(path))
    for path in _files("html", TEMPLATES) + _files("txt", TEMPLATES):
        yield from _in_template(path)
    for path in _files("js", SCRIPTS):
        yield from (Said(text, _name(path)) for text in WORDS.findall(path.read_text(encoding="utf-8")))


def texts_in(path: Path) -> Iterator[str]:
    """What a Python module says. Babel would read modules too, but not what stands within an f-string."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node.func) in CALLS and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def template() -> Catalog:
    """A catalogue of all that is said, without any translation."""
    found = Catalog(fuzzy=False)
    for said in everything_said():
        found.add(
            (said.text, said.plural) if said.plural else said.text, locations=[(said.file, 0)], context=said.context
        )
    return found


def read(language: str) -> Catalog:
    """A language's catalogue as it was translated."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Iterable[Message]) -> list[Message]:
    """What has not been said in a language yet."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(_forms(message)))]


def update(language: str) -> list[Message]:
    """Write both files of a language anew; gives what is not translated yet."""
    catalogue = read(language)
    created = catalogue.creation_date
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.creation_date = created  # when something changed is known to git
    catalogue.obsolete.clear()
    with (FOLDER / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False)
    (FOLDER / f"{language}.mo").write_bytes(compiled(catalogue))
    return untranslated(catalogue)


def _files(suffix: str, *folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob(f"*.{suffix}"))]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _in_template(path: Path) -> Iterator[Said]:
    """What a template says, found by Jinja's own reader."""
    with path.open("rb") as file:
        for _, function, texts, _ in babel_extract(file, ("_", "gettext", "ngettext", "pgettext"), (), _JINJA):
            said = [texts] if isinstance(texts, str) else [text for text in texts or () if text]
            context = said.pop(0) if function == "pgettext" else None
            yield Said(said[0], _name(path), said[1] if function == "ngettext" else "", context)


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


_JINJA = {"encoding": "utf-8", "silent": "false"}


def main() -> None:
    """Update every language, and say what is left to translate."""
    for path in sorted(FOLDER.glob("*.po")):
        left = update(path.stem)
        print(f"{path.name}: {len(left)} to translate", *(repr(message.id) for message in left), sep="\n  ")  # noqa: T201


if __name__ == "__main__":
    main()
