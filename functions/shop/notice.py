"""Notices: mails that belong to no order, such as the receipt of a withdrawal that fits none, or news of stock."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.shop.message import Kind, Message


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail and the facts that it tells. The same `id` is the same notice, so it is written and sent once.

    `version` rises by one with every write.
    """

    id: str
    version: int
    message: Message
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_statement(self) -> bool:
        """Whether it holds somebody's withdrawal, which is kept for as long as they may refer to it."""
        return self.message.kind is Kind.WITHDRAWAL or self.message.about.startswith(f"{Kind.WITHDRAWAL}:")


def as_days(days: Mapping[str, str]) -> str:
    """Numbers of orders, each with a day, as one of a notice's facts."""
    return " ".join(f"{number}={day}" for number, day in days.items())


def of_days(fact: str) -> dict[str, str]:
    """The same read back; the day is empty where none was noted."""
    return {number: day for number, _, day in (one.partition("=") for one in fact.split())}


def alarm(notice: Notice, topic: str, now: int) -> Notice:
    """What tells the owner that a notice to somebody could not be sent (`unsent`) or came back (`bounced`)."""
    facts = {"name": notice.message.kind.value, "to": notice.message.to}
    return Notice(f"{topic}:{notice.id}", 1, Message(Kind.OWNER, "", now, key=f"owner:{topic}"), facts)
