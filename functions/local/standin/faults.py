"""Faults of the API, asked for by a test or on the control page: the next calls go wrong."""

import time
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from . import errors


class FaultKind(StrEnum):
    """`…_after` and `close_after` come when the effect has happened; the others before it."""

    ERROR = "error"
    ERROR_AFTER = "error_after"
    RATE_LIMIT = "rate_limit"
    HANG = "hang"
    CLOSE_BEFORE = "close_before"
    CLOSE_AFTER = "close_after"


@dataclass
class Fault:
    """`times` calls whose `POST /v1/…` contains `match`; `seconds` is how long a hang lasts."""

    kind: FaultKind
    times: int = 1
    seconds: float = 0.0
    match: str = ""


class Faults:
    """The faults still to come, first in first out."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = Lock()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[Fault]:
        with self._lock:
            return list(self._waiting)

    def take(self, call: str) -> Fault | None:
        """The fault for a call such as `POST /v1/refunds`, used up by one."""
        with self._lock:
            fault = next((fault for fault in self._waiting if fault.match in call), None)
            if fault is None:
                return None
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault


def before_all(fault: Fault | None) -> None:
    """What happens before a call is even looked at, and is therefore not kept for its key."""
    if fault is None:
        return
    if fault.kind is FaultKind.RATE_LIMIT:
        raise errors.too_many()
    if fault.kind is FaultKind.CLOSE_BEFORE:
        raise ConnectionAbortedError("told to close the connection")
    if fault.kind is FaultKind.HANG:
        time.sleep(fault.seconds)


def before_effect(fault: Fault | None) -> None:
    if fault is not None and fault.kind is FaultKind.ERROR:
        raise errors.broken()


def after_effect(fault: Fault | None) -> None:
    if fault is not None and fault.kind is FaultKind.CLOSE_AFTER:
        raise ConnectionAbortedError("told to close the connection")
