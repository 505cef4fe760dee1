"""Checks and converts parameters by the types that the locked `stripe` library was generated with.

A name, at any depth, that those types do not know is refused as Stripe does; so is a number that is none, a missing
required name, and a value outside a list of choices. The library types choices as "one of these, or any text" so
that old code reads new answers; for what is sent, only the listed ones are accepted here.
"""

import re
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions

from .errors import invalid, missing

_HIDDEN_NAMES = {"StripeContext": object, "Mapping": Mapping}
_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)


def accept(params: Any, sent: dict[str, Any]) -> dict[str, Any]:
    """`sent` (as `form.nested` gives it) converted by the TypedDict `params`. Raises ApiError."""
    return _record(params, sent, "")


@cache
def _fields(params: Any) -> dict[str, Any]:
    hints = get_type_hints(params, localns=_HIDDEN_NAMES, include_extras=True)
    options = RequestOptions.__annotations__
    return {name: _bare(hint) for name, hint in hints.items() if name not in options}


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) in (NotRequired, Required) else hint


def _record(params: Any, sent: dict[str, Any], path: str) -> dict[str, Any]:
    fields = _fields(params)
    unknown = [_join(path, name) for name in sent if name not in fields]
    if unknown:
        message = f"Received unknown parameter: {', '.join(unknown)}"
        raise invalid(message, param=unknown[0], code="parameter_unknown")
    accepted = {name: _value(fields[name], value, _join(path, name)) for name, value in sent.items()}
    for name in fields:
        if name in params.__required_keys__ and name not in sent:
            raise missing(_join(path, name))
    return accepted


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _value(kind: Any, value: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), value, path)
    if origin is Literal:
        return _choice(get_args(kind), value, path)
    if isinstance(value, dict):
        return _group(kind, value, path)
    return _scalar(kind, value, path)


def _group(kind: Any, value: dict[str, Any], path: str) -> Any:
    if get_origin(kind) is list:
        return _list(get_args(kind)[0], value, path)
    if get_origin(kind) is dict:
        return {name: _entry(get_args(kind)[1], item, _join(path, name)) for name, item in value.items()}
    if typing.is_typeddict(kind) or hasattr(kind, "__required_keys__"):
        return _record(kind, value, path)
    raise invalid(f"{path} takes one value, not a group of values.", param=path)


def _entry(kind: Any, value: Any, path: str) -> Any:
    """Of a map with free names, such as metadata: there an empty text takes the name away."""
    return value if value == "" else _value(kind, value, path)


def _list(kind: Any, value: dict[str, Any], path: str) -> list[Any]:
    if not all(name.isascii() and name.isdigit() for name in value):
        raise invalid(f"Invalid array: {path} takes entries numbered from 0.", param=path)
    ordered = sorted(value.items(), key=lambda entry: int(entry[0]))
    return [_value(kind, item, _join(path, name)) for name, item in ordered]


def _one_of(kinds: tuple[Any, ...], value: Any, path: str) -> Any:
    if isinstance(value, dict):
        groups = [kind for kind in kinds if _is_group(kind)]
        return _group(groups[0] if groups else str, value, path)
    choices = [choice for kind in kinds if get_origin(kind) is Literal for choice in get_args(kind)]
    if value in choices:
        return value
    if any(choices) and str in kinds:
        return _choice(tuple(choices), value, path)
    scalars = [kind for kind in kinds if kind in (int, str, float, Decimal, bool)]
    return _scalar(scalars[0] if scalars else dict, value, path)


def _is_group(kind: Any) -> bool:
    return get_origin(kind) in (list, dict) or hasattr(kind, "__required_keys__")


def _choice(choices: tuple[Any, ...], value: Any, path: str) -> Any:
    if value not in choices:
        listed = ", ".join(str(choice) for choice in choices if choice)
        raise invalid(f"Invalid {path}: must be one of {listed}", param=path)
    return value


def _scalar(kind: Any, value: str, path: str) -> Any:
    if value == "":
        message = f"{path} is empty; leave it out or give it a value."
        raise invalid(message, param=path, code="parameter_invalid_empty")
    convert = {int: _integer, bool: _boolean, float: _decimal, Decimal: _decimal, str: _text}.get(kind)
    if convert is None:
        raise invalid(f"{path} takes a group of values, not {value!r}.", param=path)
    return convert(value, path)


def _text(value: str, _path: str) -> str:
    return value


def _integer(value: str, path: str) -> int:
    if not _INTEGER.fullmatch(value):
        raise invalid(f"Invalid integer: {value}", param=path, code="parameter_invalid_integer")
    return int(value)


def _boolean(value: str, path: str) -> bool:
    if value not in ("true", "false"):
        raise invalid(f"Invalid boolean: {value}", param=path)
    return value == "true"


def _decimal(value: str, path: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise invalid(f"Invalid decimal: {value}", param=path) from None
    if not number.is_finite():
        raise invalid(f"Invalid decimal: {value}", param=path)
    return number
