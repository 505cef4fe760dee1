"""Lateness: which promises are about to break, or have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lateness:
    """Ids of orders: `due` must leave today, `overdue` should have left, `undelivered` should have arrived."""

    due: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.due or self.overdue or self.undelivered)
