"""The words of HTML and of loose text."""

import re
from html import unescape

from markupsafe import Markup

_TAG = re.compile(r"<(?:!--.*?-->|(?!!--)[^>]*>)", re.DOTALL)
_ODD_ASCII = "\t\v\f\r\x1c\x1d\x1e\x1f"
_ODD = f"{_ODD_ASCII}\x85\xa0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u2028\u2029\u202f\u205f\u3000"
"""What parts words beside the blank and the end of a line."""


def words_of(html: Markup) -> str:
    """The text of well-formed HTML on one line, as `html.striptags()` gives it in a third of the time."""
    return unescape(on_one_line(_TAG.sub("", html)))


def on_one_line(text: str) -> str:
    """The words with one blank between each two: `" ".join(text.split())`, without taking most texts apart."""
    if "  " in text or any(map(text.__contains__, _ODD_ASCII if text.isascii() else _ODD)):
        return " ".join(text.split())
    return " ".join([words for line in text.split("\n") if (words := line.strip(" "))])
