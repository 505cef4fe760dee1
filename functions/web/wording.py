"""Wording: the text of a mail as it may go out: harmless signs, lines that every mail program shows whole."""

import re
import textwrap
import unicodedata

WIDTH = 74  # columns: quoted twice, a line still fits into the 78 of RFC 5322
# Marks that turn the direction of writing around, by which a text can look like another one than it is.
_TURNS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_GAP = re.compile(r"\n{4,}")
_HANGS = re.compile(r"\d+\. | *")


def harmless(text: str) -> str:
    """The text without control characters and marks that turn the direction of writing around."""
    kept = (sign for sign in text.translate(_TURNS) if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return "".join(kept)


def wrapped(text: str) -> str:
    """The text in lines of 74 columns at most, but for an address, which stays whole; lines keep their indent."""
    lines = (part for line in text.split("\n") for part in _lines(line))
    return _GAP.sub("\n\n\n", "\n".join(lines))


def _lines(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    hung = _HANGS.match(line)
    indent = " " * len(hung[0] if hung else "")
    whole = "://" in line
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=not whole, break_on_hyphens=False)
