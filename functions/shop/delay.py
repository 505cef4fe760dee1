"""Delay: the draft of what an owner adds to the mail that says, with an apology, that an order takes longer."""

from functions.shop.day import DayFormat, day_text
from functions.shop.sentence import Sentence


def delay_text(by: str, form: DayFormat, *, left: bool = False) -> Sentence:
    """The draft; `by` is the day (ISO 8601) by which it will leave, or be there if it has `left`, and empty when nobody
    knows.
    """
    if left:
        return _arriving(by, form)
    if not by:
        return Sentence("We will write to you as soon as it is on its way.")
    return Sentence("We will send it by {day}.", day=day_text(by, form))


def _arriving(by: str, form: DayFormat) -> Sentence:
    if not by:
        return Sentence("It has left us. We are asking where it is, and will write to you.")
    return Sentence("It has left us, and should be with you by {day}.", day=day_text(by, form))
