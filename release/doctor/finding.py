"""What the doctor says: verdicts on what was found, and findings, which are verdicts with a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DONE, FAULTY, UNREACHED = 0, 1, 3


class Severity(StrEnum):
    """How bad it is. `unknown` is what could not be looked at."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, in a sentence, and what to type or click; nothing is to be done when `fix` is empty."""

    severity: Severity
    text: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict of a check. Its `id` stays the same from one version of the shop to the next."""

    id: str
    subject: str
    severity: Severity
    text: str
    fix: str = ""


def ok(text: str) -> Verdict:
    """All is well."""
    return Verdict(Severity.OK, text)


def note(text: str, fix: str = "") -> Verdict:
    """Worth knowing."""
    return Verdict(Severity.NOTE, text, fix)


def warning(text: str, fix: str) -> Verdict:
    """The shop sells, but not as it should."""
    return Verdict(Severity.WARNING, text, fix)


def fault(text: str, fix: str) -> Verdict:
    """Something does not work, or is not safe."""
    return Verdict(Severity.FAULT, text, fix)


def exit_code(findings: Iterable[Finding]) -> int:
    """1 with a fault, else 3 when something could not be looked at, else 0."""
    found = {one.severity for one in findings}
    if Severity.FAULT in found:
        return FAULTY
    return UNREACHED if Severity.UNKNOWN in found else DONE
