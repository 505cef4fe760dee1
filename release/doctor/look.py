"""Looks: each asks somebody something once, in a thread of its own, and several checks judge the answer."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from release.doctor.finding import Finding, Severity, Verdict
from release.doctor.unreached import Unseen, reason

PATIENCE = 8.0  # seconds for everything that is looked at, all at the same time
F = TypeVar("F")


# No slots: Python 3.11 cannot make generic ones that are written with their type.
@dataclass(frozen=True)
class Check(Generic[F]):
    """One question. `about` says what is not known when nobody answers: `Whether mail may be sent`.

    `judge` gives None where the question makes no sense.
    """

    id: str
    about: str
    judge: Callable[[F], Verdict | None]


@dataclass(frozen=True)
class Look(Generic[F]):
    """What is asked for some checks of a subject. `ask` may raise whatever it likes."""

    subject: str
    ask: Callable[[], F]
    checks: tuple[Check[F], ...]


class Once(Generic[F]):
    """The answer to a question that several looks have, asked by whoever comes first."""

    def __init__(self, ask: Callable[[], F]) -> None:
        self._ask, self._lock = ask, threading.Lock()
        self._answer: F | None = None
        self._error: Exception | None = None
        self._asked = False

    def __call__(self) -> F:
        """The answer, or the error that there was."""
        with self._lock:
            if not self._asked:
                self._answer, self._error = _tried(self._ask)
                self._asked = True
        if self._error:
            raise self._error
        return self._answer  # type: ignore[return-value]  # there was no error


def look_at(looks: Sequence[Look[Any]], patience: float = PATIENCE) -> list[Finding]:
    """What all checks find, in their order. Whoever has not answered within `patience` seconds is not waited for.

    The threads of those end with the process.
    """
    started = [_begun(look) for look in looks]
    ends = time.monotonic() + patience
    for thread, _ in started:
        thread.join(max(0.0, ends - time.monotonic()))
    slow = Unseen(f"no answer came within {patience:g} seconds", "Try again; if it stays so, look at your connection.")
    answers = [answer[0] if answer else (None, slow) for _, answer in started]
    return [_finding(look, check, *answer) for look, answer in zip(looks, answers, strict=True) for check in look.checks
            if _applies(check, *answer)]  # fmt: skip


def _begun(look: Look[Any]) -> tuple[threading.Thread, list[tuple[Any, Exception | None]]]:
    answer: list[tuple[Any, Exception | None]] = []
    thread = threading.Thread(target=lambda: answer.append(_tried(look.ask)), daemon=True)
    thread.start()
    return thread, answer


def _tried(ask: Callable[[], F]) -> tuple[F | None, Exception | None]:
    try:
        return ask(), None
    except Exception as error:  # (whatever it is, it is said instead of an answer)
        return None, error


def _applies(check: Check[Any], answer: Any, error: Exception | None) -> bool:
    return error is not None or check.judge(answer) is not None


def _finding(look: Look[Any], check: Check[Any], answer: Any, error: Exception | None) -> Finding:
    verdict = unknown(check.about, error) if error else check.judge(answer)
    assert verdict  # noqa: S101 (those that do not apply are left out)
    return Finding(check.id, look.subject, verdict.severity, verdict.text, verdict.fix)


def unknown(about: str, error: Exception) -> Verdict:
    """What is said when nobody answered."""
    why = reason(error)
    return Verdict(Severity.UNKNOWN, f"{about} is not known: {why.text}.", why.fix)
