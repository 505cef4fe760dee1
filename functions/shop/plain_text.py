"""Plain text: what customers wrote, without signs that a terminal or a spreadsheet takes for commands."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf"})  # controls and formats: https://www.unicode.org/reports/tr44/#General_Category_Values


def in_one_line(text: str) -> str:
    """A text in one line, without controls and without signs that turn the direction of what follows."""
    return " ".join("".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text).split())
