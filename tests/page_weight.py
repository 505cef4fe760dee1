"""What a page costs a phone before it looks right: its HTML, the style sheets it names, and the scripts it loads."""

import re
from dataclasses import dataclass
from pathlib import Path

import brotli

LIMIT, OTHERS_LIMIT = 14_000, 16_000
"""Bytes of a product page, as many as a server sends before it waits for the phone; and of all others."""

_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
_IMPORTED = re.compile(r'(?:from|import)\s*["\']([^"\']+\.js)["\']')


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they travel, compressed with brotli."""

    html: int
    css: int
    js: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.html + self.css + self.js


def weight(html: str, output: Path) -> Weight:
    """The weight of a page whose style sheets and scripts are in a folder."""
    styles = set(_STYLE.findall(html))
    return Weight(
        _compressed(html.encode()),
        sum(_compressed(_file(output, address)) for address in styles),
        sum(_compressed(_file(output, address)) for address in scripts(html, output)),
    )


def scripts(html: str, output: Path) -> set[str]:
    """The scripts of a page, and all that they import at once; `import()` waits until somebody wants it."""
    found: set[str] = set()
    waiting = _SCRIPT.findall(html)
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += _IMPORTED.findall(_file(output, address).decode())
    return found


def _file(output: Path, address: str) -> bytes:
    return (output / address.lstrip("/")).read_bytes()


def _compressed(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))
