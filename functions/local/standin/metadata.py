"""Metadata: at most 50 names of 40 characters with values of 500, as on every Stripe object."""

from . import errors

_MOST_NAMES = 50
_LONGEST_NAME = 40
_LONGEST_VALUE = 500


def cleaned(sent: dict[str, str] | str | None, param: str = "metadata") -> dict[str, str]:
    """What a new object keeps: empty values are left out. Raises ApiError above a limit."""
    return merged({}, sent, param)


def merged(kept: dict[str, str] | None, sent: dict[str, str] | str | None, param: str = "metadata") -> dict[str, str]:
    """What an object keeps after an update: an empty value takes its name away, an empty `sent` takes all."""
    if isinstance(sent, str):
        return {}
    for name, value in (sent or {}).items():
        _check(name, value, param)
    both = {name: value for name, value in ((kept or {}) | (sent or {})).items() if value != ""}
    if len(both) > _MOST_NAMES:
        raise errors.invalid(f"Metadata has {len(both)} names; at most {_MOST_NAMES} fit.", param=param)
    return both


def _check(name: str, value: str, param: str) -> None:
    if len(name) > _LONGEST_NAME:
        message = f"The metadata name {name!r} is longer than {_LONGEST_NAME} characters."
        raise errors.invalid(message, param=param)
    if len(value) > _LONGEST_VALUE:
        message = f"The metadata value of {name!r} is longer than {_LONGEST_VALUE} characters."
        raise errors.invalid(message, param=f"{param}[{name}]")
