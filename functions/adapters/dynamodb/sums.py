"""Sums of changes of one thing, since a transaction can touch each item only once."""

from collections.abc import Iterable
from typing import NamedTuple


class Sum(NamedTuple):
    """What changes come to, and the lowest point on the way, never above 0: so much must have been there before."""

    total: int = 0
    least: int = 0

    def plus(self, change: int) -> "Sum":
        """One change more."""
        total = self.total + change
        return Sum(total, min(self.least, total))


def sums(changes: Iterable[tuple[str, int]]) -> dict[str, Sum]:
    """The sum of the changes of each thing, in the order in which things are first named."""
    found: dict[str, Sum] = {}
    for name, change in changes:
        found[name] = found.get(name, Sum()).plus(change)
    return found
