"""Delay: the draft of what an owner adds to the mail that says, with an apology, that an order takes longer."""

from functions.shop.day import DayFormat, day_text
from functions.shop.sentence import Sentence


def delay_text(leaves_by: str, form: DayFormat) -> Sentence:
    """The draft; `leaves_by` is the day (ISO 8601) by which it will leave, or empty when nobody knows."""
    if not leaves_by:
        return Sentence("We will write to you as soon as it is on its way.")
    return Sentence("We will send it by {day}.", day=day_text(leaves_by, form))
