"""What a page costs a phone before it looks right: its HTML, the style sheets it names, and the scripts it loads.

What counts is what a browser asks for on its own. tests/browser/test_first_load.py opens pages in one and compares.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import brotli

LIMIT, OTHERS_LIMIT = 14_000, 16_000
"""Bytes of a product page, as many as a server sends before it waits for the phone; and of all others."""

_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
_IMPORTED = re.compile(r'(?:from|import)[\s(]*["\']([^"\']+\.js)["\']')
_WAITING = {"sending", "suggest", "zoom"}
"""Scripts that wait for an act of the shopper: touching a form, typing, pressing a picture. All others count."""


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
    return Weight(
        _compressed(html.encode()),
        sum(_compressed(_file(output, address)) for address in styles(html)),
        sum(_compressed(_file(output, address)) for address in scripts(html, output)),
    )


def styles(html: str) -> set[str]:
    """The style sheets of a page."""
    return set(_STYLE.findall(html))


def scripts(html: str, output: Path) -> set[str]:
    """The scripts of a page, and all that they import before the shopper does anything, `import()` or not."""
    found: set[str] = set()
    waiting = _SCRIPT.findall(html)
    while waiting:
        address = waiting.pop()
        if address not in found and _comes(address, html):
            found.add(address)
            waiting += _IMPORTED.findall(_file(output, address).decode())
    return found


def _comes(address: str, html: str) -> bool:
    """Whether a browser asks for a script at once.

    The foot of a product's page is far below the screen of a phone, and so is what says whether somebody answers; the
    foot of another page may be near.
    """
    name = Path(address).name.partition(".")[0]
    if name == "arrives":
        return "data-arrives" in html
    return name not in _WAITING and (name != "answers" or ("data-now" in html and 'id="buy"' not in html))


def _file(output: Path, address: str) -> bytes:
    return (output / address.lstrip("/")).read_bytes()


def _compressed(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))
