"""Delay: the draft of what a shop writes to a customer whose order takes longer than was promised."""

from functions.shop.day import DayFormat, day_text
from functions.shop.sentence import Sentence, joined

_SORRY = Sentence("We are sorry: your order takes longer than we promised.")
_SOON = Sentence("We will write to you as soon as it is on its way.")


def delay_text(leaves_by: str, form: DayFormat) -> Sentence:
    """The draft; `leaves_by` is the day (ISO 8601) by which it will leave, or empty when nobody knows."""
    if not leaves_by:
        return joined([_SORRY, _SOON])
    return joined([_SORRY, Sentence("We will send it by {day}.", day=day_text(leaves_by, form))])
