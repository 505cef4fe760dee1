"""Notes that a shopper adds to an order: words for whoever gets it as a gift, and a hint for the carrier."""

import re
import unicodedata
from dataclasses import dataclass

from functions.shop.errors import InvalidNote
from functions.shop.sentence import Sentence, msgid

GIFT_LENGTH = 300  # characters that a packing slip has room for
DELIVERY_LENGTH = 200  # characters; carriers' labels have room for few
_GIFT_LONG = msgid("The gift note has {length} characters; there is room for {room}. Please shorten it.")
_HINT_LONG = msgid("The note for the carrier has {length} characters; there is room for {room}. Please shorten it.")


@dataclass(frozen=True, slots=True)
class Notes:
    """Texts without control characters; empty where nothing was said. Only a gift note has several lines."""

    gift: str = ""
    delivery: str = ""

    def fitting(self, *, sent: bool, fetched: bool) -> "Notes":
        """What of them an order can use: files are sent to nobody, and what is fetched meets no carrier."""
        if not sent:
            return NO_NOTES
        return Notes(self.gift) if fetched else self


NO_NOTES = Notes()
"""What somebody has to say who has nothing to say."""


def clean_notes(*, gift: str, delivery: str) -> Notes:
    """Notes as they were typed, without control characters and needless white space; of any length."""
    lines = [_clean(line) for line in gift.splitlines()]
    return Notes(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), _clean(delivery))


def check_notes(notes: Notes) -> Notes:
    """The same notes. Raises InvalidNote when one is longer than there is room for."""
    for text, room, message in ((notes.gift, GIFT_LENGTH, _GIFT_LONG), (notes.delivery, DELIVERY_LENGTH, _HINT_LONG)):
        if len(text) > room:
            raise InvalidNote(Sentence(message, length=len(text), room=room))
    return notes


def _clean(text: str) -> str:
    """One line, its white space folded. What turns the direction of writing round would garble a label."""
    return "".join(letter for letter in " ".join(text.split()) if not _is_control(letter))


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} or unicodedata.bidirectional(letter) in _TURNING


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
