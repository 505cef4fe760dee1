"""Texts without their marks."""

import re
from html import unescape

from markupsafe import Markup

_TAG = re.compile(r"<[^>]*>")
_MARKS_PER_LETTER = 4


def letters(body: Markup, enough: int) -> int:
    """How many characters of a text can be read; no more than needed is counted when it is long beyond doubt."""
    return len(body) if len(body) > enough * _MARKS_PER_LETTER else len(_TAG.sub("", body).strip())


def without_tags(html: str) -> str:
    """The readable part of a piece of HTML, on one line."""
    return " ".join(unescape(_TAG.sub("", html)).split())
