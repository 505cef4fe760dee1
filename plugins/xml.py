"""Text as XML can hold it."""

import re
from html import escape

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped (https://www.w3.org/TR/xml/#charsets)."""


def xml(text: str) -> str:
    """The text escaped, for between tags and within quoted attributes."""
    if not text.isprintable():
        text = _UNFIT.sub("", text)
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return escape(text)
    return text
