"""Clocks: signatures and links have a time in them, so this machine's clock has to be right."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

from release.doctor.finding import Verdict, fault, ok
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Clock"
MOST = 30  # seconds


def looks(setup: SetUp) -> list[Look[Any]]:
    """This machine's clock against those of AWS and Stripe."""
    stack = setup.stack
    amazon = [_look(setup, "AWS", "clock.aws", lambda: stack().date)] if stack else []
    return (
        [*amazon, _look(setup, "Stripe", "clock.stripe", lambda: setup.account().date)] if _has_key(setup) else amazon
    )


def _has_key(setup: SetUp) -> bool:
    return bool(setup.stack or setup.environ.get("STRIPE_SECRET_KEY"))


def _look(setup: SetUp, whose: str, name: str, date: Callable[[], str]) -> Look[Any]:
    started = setup.clock()
    return Look(SUBJECT, lambda: ahead(date(), started), (
        Check(name, f"Whether this machine's clock agrees with {whose}'s", lambda seconds: agrees(seconds, whose)),
    ))  # fmt: skip


def ahead(date: str, now: float) -> int | None:
    """By how many seconds `now` is ahead of a Date header; None without one."""
    try:
        return round(now - parsedate_to_datetime(date).timestamp())
    except ValueError:
        return None


def agrees(seconds: int | None, whose: str) -> Verdict | None:
    """Whether clocks are near enough. Signatures that are minutes away are refused."""
    if seconds is None:
        return None
    if abs(seconds) <= MOST:
        return ok(f"This machine's clock agrees with {whose}'s.")
    way = "ahead of" if seconds > 0 else "behind"
    return fault(
        f"This machine's clock is {abs(seconds)} seconds {way} {whose}'s.",
        "Switch on that it is set by the network (date and time settings).",
    )
