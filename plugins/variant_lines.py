"""What can be bought of a product, as the lines from which a release makes its catalogue."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from functions.shop.catalogue import Variant
from functions.shop.record import to_json
from plugins.json_text import quoted
from plugins.release import canonical_json


def variants_json(variants: Iterable[Variant]) -> str:
    """One line for each variant: its SKU, a tab, and its JSON without the fields that say nothing."""
    return "\n".join([f"{variant.sku}\t{variant_json(variant)}" for variant in variants])


def variant_json(variant: Variant) -> str:
    """A variant as the catalogue keeps it: without the fields that say nothing, for readers take their defaults.

    It is what `canonical_json` makes of those fields, written one by one, because there are so many variants.
    """
    told = [
        key + _WRITERS.get(type(value), _written)(value)
        for key, value, blank in zip(_KEYS, _values(variant), _BLANKS, strict=True)
        if value != blank
    ]
    return "{" + ",".join(told) + "}"


def _written(value: Any) -> str:
    return canonical_json(to_json(value))


def _list(values: tuple[Any, ...]) -> str:
    return "[" + ",".join([_WRITERS.get(type(value), _written)(value) for value in values]) + "]"


_WRITERS: dict[type, Callable[[Any], str]] = {str: quoted, int: str, tuple: _list}
_DEFAULTS = {field.name: field.default for field in fields(Variant)}
"""A field without a default has MISSING here, which no value equals, so that it is always told."""
_NAMES = sorted(_DEFAULTS)
_KEYS = [f'"{name}":' for name in _NAMES]
_BLANKS = [_DEFAULTS[name] for name in _NAMES]
_values = attrgetter(*_NAMES)
