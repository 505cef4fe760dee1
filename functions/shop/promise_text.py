"""What shoppers read of a promise: when to order, and when it arrives. All of its words are here, for pages as well."""

from functions.shop.day import DayFormat, days_text
from functions.shop.promise import Promise
from functions.shop.sentence import Sentence, joined, msgid

ARRIVES, ARRIVES_IF = msgid("Arrives {days}"), msgid("Order in {time}: arrives {days}")
READY, READY_IF = msgid("Ready from {days}"), msgid("Order in {time}: ready from {days}")
HOURS, MINUTES = msgid("{count} h"), msgid("{count} min")
SOON = 24 * 60
"""Minutes: with more time left than that, nobody needs to be told how much."""


def arrival_text(promise: Promise, now: int, form: DayFormat) -> Sentence:
    """`Order in 2 h 10 min: arrives Thu 26 – Sat 28 Nov`, for whoever reads it now (Unix seconds)."""
    days = days_text(promise.arrives_from, promise.arrives_to, form)
    return _sentence(ARRIVES, ARRIVES_IF, days, promise.order_by - now)


def pickup_text(promise: Promise, now: int, form: DayFormat) -> Sentence:
    """`Order in 2 h 10 min: ready from Thu 26 Nov`: the day on which it is ready even if packing takes longest."""
    days = days_text(promise.arrives_to, promise.arrives_to, form)
    return _sentence(READY, READY_IF, days, promise.order_by - now)


def arrived_text(arrives_from: str, arrives_to: str, form: DayFormat) -> Sentence:
    """`Arrives Thu 26 – Sat 28 Nov`, of what is ordered already."""
    return Sentence(ARRIVES, days=days_text(arrives_from, arrives_to, form))


def ready_text(arrives_to: str, form: DayFormat) -> Sentence:
    """`Ready from Sat 28 Nov`, of what is ordered already and will be collected."""
    return Sentence(READY, days=days_text(arrives_to, arrives_to, form))


def _sentence(always: str, soon: str, days: str, seconds: int) -> Sentence:
    minutes = seconds // 60
    if minutes >= SOON:
        return Sentence(always, days=days)
    return Sentence(soon, time=_time_text(minutes), days=days)


def _time_text(minutes: int) -> Sentence:
    """`2 h 10 min`, rounded down, so that nobody comes too late; the last minute is one still."""
    hours, rest = divmod(max(1, minutes), 60)
    return joined(Sentence(text, count=count) for text, count in ((HOURS, hours), (MINUTES, rest)) if count)
