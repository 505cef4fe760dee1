"""Reads Stripe's form encoding, in which brackets nest: `line_items[0][price_data][currency]=eur`."""

import re
from collections.abc import Iterable
from typing import Any

from .errors import ApiError, invalid

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Dicts of dicts of texts; lists are dicts with the keys "0", "1", … until a type says that they are lists.

    Raises ApiError for a name that cannot be read, or that is a value in one place and a group in another.
    """
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _plant(tree, _path(name), name, value)
    return tree


def _path(name: str) -> list[str]:
    match = _KEY.fullmatch(name)
    if match is None:
        raise invalid(f"The parameter name {name!r} cannot be read.", param=name)
    return [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]


def _plant(tree: dict[str, Any], path: list[str], name: str, value: str) -> None:
    *groups, last = path
    for group in groups:
        branch = tree.setdefault(group or str(len(tree)), {})
        if not isinstance(branch, dict):
            raise _both(name)
        tree = branch
    if isinstance(tree.get(last), dict):
        raise _both(name)
    tree[last or str(len(tree))] = value


def _both(name: str) -> ApiError:
    return invalid(f"{name} is given once as a value and once as a group of values.", param=name)
