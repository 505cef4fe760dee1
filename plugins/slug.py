"""Slugs: words as they can stand in an address and in a list of words."""

import re
import unicodedata
from functools import cache

_BETWEEN = re.compile(r"[\W_]+")


@cache
def slug(text: str) -> str:
    """Small letters and digits with hyphens between: `Oak frame` is `oak-frame`, `Größe` is `grosse`, `½ l` is `1-2-l`.

    Letters of other alphabets stay what they are; an accent goes. A text of nothing but signs has an empty slug.
    """
    if text.isascii():
        return _BETWEEN.sub("-", text.lower()).strip("-")
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BETWEEN.sub("-", kept).strip("-")


def facet_slug(axis: str, value: str) -> str:
    """What a shopper can narrow a collection by, in one word: (`Frame`, `Oak frame`) is `frame-oak-frame`."""
    return f"{slug(axis)}-{slug(value)}"
