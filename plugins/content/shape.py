"""Shapes: what a reader accepts, in the words of JSON Schema, so that an editor can help while somebody writes.

Said where the reader is, so that both change together. A YAML editor takes `24.00` for a number and `A4` for a string,
so a shape allows every kind of value that the reader would read as a text. What a shape cannot say, the reader still
checks: a shape never refuses what its reader accepts.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., object])
Shape = Mapping[str, Any]

TEXT: Shape = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""Any single value that is not empty."""
_SHAPES: dict[object, Shape] = {}


def accepts(shape: Shape) -> Callable[[F], F]:
    """Say of a reader what it accepts."""

    def remember(read: F) -> F:
        _SHAPES[read] = shape
        return read

    return remember


def text_like(pattern: str, *examples: str) -> dict[str, Any]:
    """A text of this pattern; what YAML takes for a number is read as it was written, and not looked at here."""
    return {"type": ["string", "number"], "pattern": f"^(?:{pattern})$", "examples": list(examples)}


def shape_of(read: object) -> Shape:
    """What a reader accepts; any text unless it says something else."""
    return _SHAPES.get(read, TEXT)
