"""Frozen dataclasses as plain JSON values and back, so that every store and file keeps them alike."""

import dataclasses
import types
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Dicts, lists, texts and whole numbers for a value made of dataclasses, tuples, enums and dicts."""
    if type(value) in _PLAIN:
        return value
    if names := _names(value.__class__):
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value


def from_json(kind: type[T], data: Any) -> T:
    """The dataclass that `to_json` was given. Missing fields take their defaults, unknown ones are left out."""
    return _read(kind, data)  # type: ignore[no-any-return]


def _read(kind: Any, data: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _read(hint, data[name]) for name, hint in _hints(kind) if name in data})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_read(arguments[0], item) for item in data)
    if origin is dict:
        return {key: _read(arguments[1], item) for key, item in data.items()}
    if origin in (Union, types.UnionType):
        return None if data is None else _read(arguments[0], data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data


_PLAIN = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none for anything else."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


@cache
def _hints(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple(get_type_hints(kind).items())
