"""The script that holds a page's structured data."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

Json = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def script(*nodes: Json) -> Markup:
    """The content of a `<script type="application/ld+json">` that no text in it can end or break out of."""
    return script_of([json_text(node) for node in nodes])


def script_of(nodes: Sequence[str]) -> Markup:
    """The same from nodes that are JSON already."""
    whole = nodes[0][1:-1] if len(nodes) == 1 else f'"@graph":[{",".join(nodes)}]'
    text = f'{{"@context":"https://schema.org",{whole}}}'
    for sign, written in _ESCAPES:
        if sign in text:
            text = text.replace(sign, written)
    return Markup(text)  # noqa: S704


def json_text(node: Json) -> str:
    """A node as JSON."""
    return _ENCODER.encode(node)


def members(node: Json) -> str:
    """What stands in a node, as JSON that other members can stand beside; a comma before each one."""
    return f",{json_text(node)[1:-1]}" if node else ""
