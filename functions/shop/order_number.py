"""Order numbers as people type them: in small letters, without hyphens, an O for a zero, or only how they begin."""

import re

LEAST = 4  # signs of a beginning that may stand for a whole number
_MISTAKEN = str.maketrans("OIL", "011")
"""Letters that no number has, and the digits that they are mistaken for (Crockford's base 32)."""


def spellings(text: str) -> tuple[str, ...]:
    """The numbers that a text may mean when it is whole, the likeliest first."""
    bare = compact(text)
    return tuple(dict.fromkeys((text.strip().upper(), _grouped(bare), _grouped(bare.translate(_MISTAKEN)))))


def begins(order_id: str, text: str) -> bool:
    """Whether an order's number begins like this."""
    whole, bare = compact(order_id), compact(text)
    return len(bare) >= LEAST and whole.startswith((bare, bare.translate(_MISTAKEN)))


def compact(text: str) -> str:
    """Signs alone, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def _grouped(bare: str) -> str:
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))
