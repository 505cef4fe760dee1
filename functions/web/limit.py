"""Limits: how often somebody may try something."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from functions.ports import Store
from functions.shop.sentence import Sentence

HOUR = 3600
TOO_OFTEN = Sentence("That was tried often within the last hour. Please wait a while, or call or write to us.")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so many seconds, from the first one on. `name` tells it from other limits."""

    name: str
    most: int
    seconds: int = HOUR

    def allows(self, who: str, store: Store, now: int) -> bool:
        """Count one more try of somebody, and say whether it is still within the limit.

        Who it is, an address or a number, is kept as a hash (R26).
        """
        hidden = hashlib.sha256(who.encode()).hexdigest()[:32]
        return store.hit(f"{self.name}:{hidden}", now + self.seconds, now) <= self.most


def within(tries: Iterable[tuple[Limit, str]], store: Store, now: int) -> bool:
    """Whether each of these limits allows one more try. Once one does not, those after it are not counted."""
    return all(limit.allows(who, store, now) for limit, who in tries)
