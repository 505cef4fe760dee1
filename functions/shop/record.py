"""Frozen dataclasses as plain JSON values and back, so that every store and file keeps them alike."""

import dataclasses
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


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
    return _reader(kind)(data)  # type: ignore[no-any-return, arg-type]  # a type can be hashed


@cache
def _reader(kind: Any) -> Reader:
    """What reads values of a type; made once, because asking types what they are takes longer than reading."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _all_of(_reader(arguments[0]))
    if origin is dict:
        return _each_of(_reader(arguments[1]))
    if origin in (Union, types.UnionType):
        return _unless_none(_reader(arguments[0]))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _record(kind: type) -> Reader:
    readers = [(name, _reader(hint)) for name, hint in get_type_hints(kind).items()]
    return lambda data: kind(
        **{name: data[name] if read is _as_it_is else read(data[name]) for name, read in readers if name in data}
    )


def _all_of(read: Reader) -> Reader:
    return lambda data: tuple([read(item) for item in data])


def _each_of(read: Reader) -> Reader:
    return lambda data: {key: read(item) for key, item in data.items()}


def _unless_none(read: Reader) -> Reader:
    return lambda data: None if data is None else read(data)


def _as_it_is(data: Any) -> Any:
    return data


_PLAIN = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none for anything else."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
