"""Idempotency keys: one key, one effect, one answer, for 24 hours."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from . import errors
from .account import Account
from .store import Answer

LIFE = 24 * 60 * 60
_LONGEST_KEY = 255


class Keys:
    """Which keys are in use at this moment. What they were answered is in the store."""

    def __init__(self) -> None:
        self._in_use: set[str] = set()
        self._lock = Lock()

    @contextmanager
    def claim(self, key: str) -> Iterator[None]:
        """Raises ApiError, 409, while another request with the key runs."""
        if len(key) > _LONGEST_KEY:
            raise errors.invalid(f"An idempotency key has at most {_LONGEST_KEY} characters.")
        with self._lock:
            if key in self._in_use:
                raise errors.key_in_use(key)
            self._in_use.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._in_use.discard(key)


def fingerprint(method: str, path: str, pairs: list[tuple[str, str]]) -> str:
    """Two requests with the same fingerprint ask for the same thing."""
    return hashlib.sha256(json.dumps([method, path, sorted(pairs)]).encode()).hexdigest()


def earlier(account: Account, key: str, asked: str) -> Answer | None:
    """The stored answer to the key, if it is younger than a day. Raises ApiError when other things were asked."""
    account.store.forget_answers(account.clock.now() - LIFE)
    answer = account.store.answer(key)
    if answer is not None and answer.fingerprint != asked:
        raise errors.key_reused(key)
    return answer
