"""Messages: the mails that an order owes to somebody. They wait inside the order until a mail server took them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

LEASE = 120  # seconds in which one process may try to send before another may


class Kind(StrEnum):
    """What a message says. `owner` is news for the shop itself; its key says of what."""

    CONFIRMATION = "confirmation"
    AWAITING_PAYMENT = "awaiting_payment"
    PAYMENT_FAILED = "payment_failed"
    APOLOGY = "apology"
    HELD = "held"
    GIFT_CARD = "gift_card"
    DOWNLOAD = "download"
    SHIPPED = "shipped"
    TRACKING = "tracking"
    DELIVERED = "delivered"
    LATE = "late"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    RETURN_ASKED = "return_asked"
    RETURN_APPROVED = "return_approved"
    RETURN_REJECTED = "return_rejected"
    RETURN_RECEIVED = "return_received"
    WITHDRAWAL = "withdrawal"
    LINK = "link"
    REVIEW = "review"
    COUPON = "coupon"
    BACK_IN_STOCK = "back_in_stock"
    OWNER = "owner"


STUCK_AFTER = 14
"""Attempts in vain that take more than three days."""
MARKETING = frozenset({Kind.REVIEW, Kind.COUPON})
"""What nobody must get who does not want to: it goes on a stream of its own, with a way out in one click."""
TO_OWNER = frozenset({Kind.HELD, Kind.OWNER})
HANDS_OVER = frozenset({Kind.GIFT_CARD, Kind.DOWNLOAD})
"""What was bought is in the mail itself: the code of a gift card, the way to a file."""


class Alarm(StrEnum):
    """What a mail to the owner is about that must arrive whoever is forgotten meanwhile: money that does not go back,
    or that somebody else wants back.
    """

    REFUND_REFUSED = "refund_refused"
    REFUND_FAILED = "refund_failed"
    DISPUTE = "dispute"
    FRAUD_WARNING = "fraud_warning"


class Fate(StrEnum):
    """What became of a mail after a mail server accepted it."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class Message:
    """One mail that is due once. Times are Unix seconds; `sent_at` is 0 until a mail server accepted it.

    `key` tells it from others of its kind in the same order: which parcel, refund or return it is about (`shipped:1`).
    """

    kind: Kind
    to: str
    due_at: int
    attempts: int = 0
    leased_until: int = 0
    sent_at: int = 0
    key: str = ""
    fate: Fate | None = None
    fate_at: int = 0

    @property
    def name(self) -> str:
        """The one name it has in its order."""
        return self.key or self.kind.value

    @property
    def about(self) -> str:
        """What of the order it is about: what follows the kind in its key."""
        return self.key.partition(":")[2]


def is_alarm(message: Message) -> bool:
    """Whether it tells the owner of such a thing."""
    return message.about.partition(":")[0] in set(Alarm)


def is_due(message: Message, now: int) -> bool:
    """Whether it should be sent now: not sent, its time has come, and nobody is at it."""
    return not message.sent_at and message.due_at <= now and message.leased_until <= now


def is_on_its_way(message: Message, now: int) -> bool:
    """Whether somebody is sending it just now."""
    return not message.sent_at and message.leased_until > now


def next_due(messages: Iterable[Message]) -> int | None:
    """When the first message that is not sent becomes due; None when none waits."""
    return min((max(one.due_at, one.leased_until) for one in messages if not one.sent_at), default=None)


def leased(message: Message, now: int) -> Message:
    """The message while one process tries to send it."""
    return replace(message, leased_until=now + LEASE, attempts=message.attempts + 1)


def sent(message: Message, now: int) -> Message:
    """The message once a mail server accepted it."""
    return replace(message, sent_at=now, leased_until=0)


def is_stuck(message: Message) -> bool:
    """Whether nobody has taken it for more than three days."""
    return not message.sent_at and message.attempts >= STUCK_AFTER


def delayed(message: Message, now: int) -> Message:
    """The message after a failed attempt: due again after 1, 2, 4 … minutes, a day at most."""
    return replace(message, due_at=now + _wait(message.attempts), leased_until=0)


def tried_for(message: Message) -> int:
    """For how many seconds, at least, it has been tried in vain; nothing once it is sent."""
    return 0 if message.sent_at else sum(_wait(attempt) for attempt in range(1, message.attempts))


def _wait(attempts: int) -> int:
    """Seconds between this attempt and the next."""
    return min(60 << max(0, attempts - 1), 86_400)
