"""Messages: the mails that an order owes to somebody. They wait inside the order until a mail server took them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

LEASE = 120  # seconds in which one process may try to send before another may


class Kind(StrEnum):
    """What a message says."""

    CONFIRMATION = "confirmation"
    APOLOGY = "apology"
    HELD = "held"
    GIFT_CARD = "gift_card"


@dataclass(frozen=True, slots=True)
class Message:
    """One mail that is due once. Times are Unix seconds; `sent_at` is 0 until a mail server accepted it."""

    kind: Kind
    to: str
    due_at: int
    attempts: int = 0
    leased_until: int = 0
    sent_at: int = 0


def is_due(message: Message, now: int) -> bool:
    """Whether it should be sent now: not sent, its time has come, and nobody is at it."""
    return not message.sent_at and message.due_at <= now and message.leased_until <= now


def next_due(messages: Iterable[Message]) -> int | None:
    """When the first message that is not sent becomes due; None when none waits."""
    return min((max(one.due_at, one.leased_until) for one in messages if not one.sent_at), default=None)


def leased(message: Message, now: int) -> Message:
    """The message while one process tries to send it."""
    return replace(message, leased_until=now + LEASE, attempts=message.attempts + 1)


def sent(message: Message, now: int) -> Message:
    """The message once a mail server accepted it."""
    return replace(message, sent_at=now, leased_until=0)


def delayed(message: Message, now: int) -> Message:
    """The message after a failed attempt: due again after 1, 2, 4 … minutes, a day at most."""
    wait = min(60 * 2 ** max(0, message.attempts - 1), 86_400)
    return replace(message, due_at=now + wait, leased_until=0)
