"""Texts that somebody types into a form."""

import re

from functions.shop.sentence import Sentence

MISSING = Sentence("Please fill this in.")
TOO_LONG = Sentence("Please write less here.")
LONGEST = 2000  # characters of what may have several lines
_UNSEEN = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """A text without line breaks and control signs, spaces folded."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def some_lines(text: str) -> str:
    """A text with its line breaks, without control signs, and without space around it."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
