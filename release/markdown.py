"""Texts of a shop inside GitHub's Markdown, as they were typed."""

import re

_SIGNS = re.compile(r"[\\`*_\[\]<>|#~]")
_NAMES = re.compile(r"@(?=\w)")
_BREAKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text on one line in which nothing is markup, and nobody is called by an @ (a space without width follows it)."""
    line = _BREAKS.sub(" ", text)
    return _NAMES.sub("@\u200b", _SIGNS.sub(r"\\\g<0>", line))
