"""Assets: the theme's style sheet and scripts, minified, each under a name that changes with its content."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

import lightningcss
import rjsmin

from plugins.looks import Tokens, tokens_of
from plugins.output import Output

STYLE, TOKENS, SCRIPT = "css/shop.css", "css/tokens.css", "js/shop.js"
OF_FUNCTIONS = ("css/wishlist.css",)  # what pages made by functions name themselves
_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*\(?\s*)(["\'])\./([\w-]+\.js)\2')


class Assets:
    """The files of `folder` as published by one build at addresses that begin with `at`.

    `tokens` is the style sheet that stands in for the theme's own css/tokens.css (see plugins/looks.py).
    """

    def __init__(self, folder: Path, output: Output, *, at: str = "/static/", tokens: Path | None = None) -> None:
        self._folder, self._output, self._at = folder, output, at
        self._tokens = tokens or folder / TOKENS
        self._addresses: dict[str, str] = {}

    def address(self, name: str) -> str:
        """Where a file of theme/static is published, such as `/static/favicon.1a2b3c4d.svg`."""
        if name not in self._addresses:
            self._addresses[name] = self._published(name, self._content(name))
        return self._addresses[name]

    def tokens(self) -> Tokens:
        """The design tokens of the look that was chosen."""
        return tokens_of(self._tokens)

    def _content(self, name: str) -> bytes:
        path = self._folder / name
        if path.suffix == ".css":
            return self._style(path).encode()
        if path.suffix == ".js":
            return self._script(path)
        return path.read_bytes()

    def _style(self, path: Path) -> str:
        """A style sheet with all it draws in, in the look that was chosen."""
        if self._tokens == self._folder / TOKENS:
            return str(lightningcss.bundle_css(str(path), minify=True))
        with tempfile.TemporaryDirectory() as folder:
            css = shutil.copytree(path.parent, Path(folder) / "css")
            shutil.copyfile(self._tokens, css / Path(TOKENS).name)
            return str(lightningcss.bundle_css(str(css / path.name), minify=True))

    def _script(self, path: Path) -> bytes:
        """A module, minified, that imports its neighbours under their published names."""

        def renamed(match: re.Match[str]) -> str:
            neighbour = path.with_name(match[3]).relative_to(self._folder)
            return f'{match[1]}"{self.address(neighbour.as_posix())}"'

        return str(rjsmin.jsmin(_IMPORT.sub(renamed, path.read_text(encoding="utf-8")))).encode()

    def _published(self, name: str, content: bytes) -> str:
        path = Path(name)
        address = f"{self._at}{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
        self._output.write(address, content)
        return address
