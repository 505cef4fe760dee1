"""Cursors: where a page of a list ended, as a text that fits into an address and is for nobody to read."""

import json
from base64 import b64decode, urlsafe_b64encode

from functions.shop.errors import InvalidCursor

_LONGEST = 4096


def to_cursor(*place: str) -> str:
    """The cursor for a place in a list."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def from_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The place that a cursor was made for, which has so many parts. Raises InvalidCursor for any other text."""
    try:
        place = json.loads(b64decode(cursor[:_LONGEST] + "=" * (-len(cursor) % 4), b"-_", validate=True))
        if len(place) == parts and all(isinstance(part, str) and part.encode() for part in place):
            return tuple(place)
    except (ValueError, TypeError, RecursionError):
        pass
    raise InvalidCursor("That is not where a page of a list ended. Please begin with the first page.")
