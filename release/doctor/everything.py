"""Everything that the doctor looks at, subject by subject."""

from collections.abc import Callable
from typing import Any

from release.doctor import (
    alarms,
    buckets,
    clocks,
    content,
    domain,
    mail,
    pages,
    payments,
    published,
    schedules,
    settings,
    table,
)
from release.doctor.finding import note
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

_SUBJECTS: tuple[Callable[[SetUp], list[Look[Any]]], ...] = (
    settings.looks,
    payments.looks,
    mail.looks,
    domain.looks,
    pages.looks,
    published.looks,
    content.looks,
    buckets.looks,
    table.looks,
    schedules.looks,
    alarms.looks,
    clocks.looks,
)


def every_look(setup: SetUp) -> list[Look[Any]]:
    """All looks that make sense for a set-up. Without a key of the owner's, a shop on a laptop asks the stand-in."""
    standin = not setup.stack and not setup.environ.get("STRIPE_SECRET_KEY")
    subjects = [_standin if standin and each is payments.looks else each for each in _SUBJECTS]
    return [look for looks in subjects for look in looks(setup)]


def _standin(_: SetUp) -> list[Look[Any]]:
    said = note(
        "Payments go to the stand-in of make serve, and no money moves.",
        "For test payments at Stripe, set STRIPE_SECRET_KEY: docs/settings.md.",
    )
    return [Look(payments.SUBJECT, lambda: None, (Check("payments.key", "", lambda _: said),))]
