"""Deadline: by when a request must be answered, whatever hangs (R35).

A part, or a function behind a queue, begins with ANSWER seconds. Whoever calls something outside asks first how much of
that is left, waits no longer, and does not call at all when it is too little: so waits cannot add up to more, in
whichever order they come. Where nobody waits (the reconciler, the owner's commands) there is no deadline.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ANSWER = 9.5  # seconds; what is left of ten is for making a page
WRITE = 4.0  # seconds that one call of a store takes at most
_ends: ContextVar[float] = ContextVar("ends", default=math.inf)


@contextmanager
def answering() -> Iterator[None]:
    """What happens within this block has ANSWER seconds."""
    token = _ends.set(time.monotonic() + ANSWER)
    try:
        yield
    finally:
        _ends.reset(token)


def time_left() -> float:
    """Seconds until the deadline, below nothing when it is over; without one, infinity. A store may use all of it."""
    return _ends.get() - time.monotonic()


def time_for_others() -> float:
    """The same for a call to anybody but the store: what came of it has to be written down as well."""
    return time_left() - WRITE
