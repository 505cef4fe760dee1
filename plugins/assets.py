"""Assets: the theme's style sheets and scripts, minified, each under a name that changes with its content."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from functions.language import ENGLISH, Words
from plugins.looks import Tokens, tokens_of
from plugins.scripts import joined, neighbours, spoken

STYLE, TOKENS, SCRIPT = "css/shop.css", "css/tokens.css", "js/shop.js"
PROMISED, TIMETABLE = "js/promised.js", "js/timetable.js"  # scripts that the build writes for each shop
_WHOLE = (SCRIPT, "js/arrives.js", "js/answers.js")  # those that hold what they import
OF_FUNCTIONS = ("css/cart.css", "css/order.css", "css/wishlist.css")  # what pages made by functions name themselves
_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*\(?\s*)(["\'])\./([\w-]+\.js)\2')
_SHEET = re.compile(r'@import\s+"([\w./-]+\.css)"')


class Assets(NamedTuple):
    """What is published of theme/static: the address of each file by its name, what is there, and the look's tokens."""

    addresses: dict[str, str]
    contents: dict[str, bytes]
    tokens: Tokens

    def address(self, name: str) -> str:
        """Where a file is published, such as `/static/favicon.1a2b3c4d.svg`. Raises KeyError when there is none."""
        return self.addresses[name]


def make_assets(
    folder: Path,
    *,
    at: str = "/static/",
    tokens: Path | None = None,
    words: Words = ENGLISH,
    written: Mapping[str, str] | None = None,
) -> Assets:
    """Every file of a folder, ready to be published at addresses that begin with `at`.

    Sheets that another one imports are part of that one, as are modules that the script of every page imports, or one
    of what it draws in. `tokens` is the style sheet that stands in for the theme's own css/tokens.css (see
    plugins/looks.py). What scripts say is said with `words`; `written` stands in for files of these names.
    """
    press = _Press(folder, at, tokens or folder / TOKENS, words, written or {})
    within = {path for name in _WHOLE if (folder / name).exists() for path in neighbours(folder / name)}
    files = {path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}
    for path in sorted(files - within):
        press.add(path.relative_to(folder).as_posix())
    return Assets(press.addresses, press.contents, tokens_of(tokens or folder / TOKENS))


class _Press:
    def __init__(self, folder: Path, at: str, tokens: Path, words: Words, written: Mapping[str, str]) -> None:
        self.addresses: dict[str, str] = {}
        self.contents: dict[str, bytes] = {}
        self._folder, self._at, self._tokens, self._words = folder, at, tokens, words
        self._written = {folder / name: text for name, text in written.items()}
        self._imported = {name for sheet in folder.rglob("*.css") for name in _SHEET.findall(sheet.read_text())}

    def add(self, name: str) -> str:
        """Take a file up, once, and give its address."""
        path = self._folder / name
        if name not in self.addresses and not (path.suffix == ".css" and path.name in self._imported):
            content = self._content(path)
            self.addresses[name] = f"{self._at}{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
            self.contents[self.addresses[name]] = content
        return self.addresses.get(name, "")

    def _content(self, path: Path) -> bytes:
        if path.suffix == ".css":
            return self._style(path).encode()
        return self._script(path) if path.suffix == ".js" else path.read_bytes()

    def _style(self, path: Path) -> str:
        """A style sheet with all it draws in, in the look that was chosen."""
        import lightningcss  # noqa: PLC0415 (most builds find this made already)

        if self._tokens == self._folder / TOKENS:
            return str(lightningcss.bundle_css(str(path), minify=True))
        with tempfile.TemporaryDirectory() as folder:
            css = shutil.copytree(path.parent, Path(folder) / "css")
            shutil.copyfile(self._tokens, css / Path(TOKENS).name)
            return str(lightningcss.bundle_css(str(css / path.name), minify=True))

    def _script(self, path: Path) -> bytes:
        """A module, minified, that imports its neighbours under their published names, or holds them."""
        import rjsmin  # noqa: PLC0415

        def renamed(match: re.Match[str]) -> str:
            neighbour = path.with_name(match[3]).relative_to(self._folder)
            return f'{match[1]}"{self.add(neighbour.as_posix())}"'

        whole = path.relative_to(self._folder).as_posix() in _WHOLE
        text = joined(path, self._written) if whole else path.read_text(encoding="utf-8")
        return str(rjsmin.jsmin(spoken(_IMPORT.sub(renamed, text), self._words))).encode()
