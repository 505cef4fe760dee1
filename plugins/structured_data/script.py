"""The script that holds a page's structured data."""

import json
from typing import Any

from markupsafe import Markup

Json = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def script(*nodes: Json) -> Markup:
    """The content of a `<script type="application/ld+json">` that no text in it can end or break out of."""
    whole = {"@context": "https://schema.org", **(nodes[0] if len(nodes) == 1 else {"@graph": nodes})}
    text = _ENCODER.encode(whole)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704
