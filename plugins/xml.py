"""Text as XML can hold it."""

import re
from html import escape

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document may hold, not even escaped (https://www.w3.org/TR/xml/#charsets)."""


def xml(text: str) -> str:
    """The text escaped, for between tags and within quoted attributes."""
    if not text.isprintable():
        text = _UNFIT.sub("", text)
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return escape(text)
    return text
