"""The stand-in's time, which a test or the control page can move forward."""

import time
from collections.abc import Callable
from threading import Lock


class Clock:
    """Seconds since 1970 from `base`, plus what was advanced.

    `base` is also what signatures are dated with: a receiver compares them with its own clock, which does not
    move when only the stand-in's is advanced.
    """

    def __init__(self, base: Callable[[], float] = time.time) -> None:
        self._base = base
        self._ahead = 0.0
        self._lock = Lock()

    def now(self) -> int:
        with self._lock:
            return int(self._base() + self._ahead)

    def signing_time(self) -> int:
        return int(self._base())

    def advance(self, seconds: float) -> None:
        """Moves the clock forward. Raises ValueError for a negative number: sessions cannot un-expire."""
        if seconds < 0:
            raise ValueError(f"the clock only moves forward, not by {seconds:g} seconds")
        with self._lock:
            self._ahead += seconds
