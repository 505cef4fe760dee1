"""The lease: the pointer where it is kept, read and written on condition, and held by one publisher at a time."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from functions.ports import Clock
from functions.shop.errors import ShopError
from release.pointer import LEASE, Pointer
from release.ports import Bucket, BucketFailed, Changed, Label

TRIES = 8


class TakenOver(ShopError):
    """Somebody else publishes now, so this one stopped."""


@dataclass
class Lease:
    """The pointer at `key`. `holder` names one run of one command and no other."""

    private: Bucket
    key: str
    clock: Clock
    holder: str
    pointer: Pointer = field(default_factory=Pointer)
    _tag: str = ""
    _moving: threading.RLock = field(default_factory=threading.RLock)

    def read(self) -> Pointer:
        """What is there now. Raises BucketFailed."""
        with self._moving:
            found = self.private.get(self.key)
            self._tag, self.pointer = (found.tag, Pointer.read(found.content)) if found else ("", Pointer())
            return self.pointer

    def write(self, wanted: Pointer) -> bool:
        """Write over exactly what was read last. Gives whether that is what is there now."""
        with self._moving:
            try:
                self._tag = self.private.put(self.key, wanted.text(), Label(), self._tag)
            except Changed:
                return self.read() == wanted  # as it is when only the answer to our own writing was lost
            self.pointer = wanted
            return True

    def take(self, release: str) -> bool:
        """Hold it for a release. Gives whether nobody was faster."""
        return self.write(self.pointer.taken(release, self.holder, self.clock()))

    def move(self, change: Callable[[Pointer], Pointer]) -> None:
        """Change it, as long as it is ours. Raises TakenOver."""
        with self._moving:
            for _ in range(TRIES):
                if self.write(change(self.pointer)):
                    return
                self._require()
        raise BucketFailed("The pointer changes all the time. Publish again.")

    def keep(self) -> None:
        """Say in time that we are still at it. Raises TakenOver."""
        if self._is_ending():
            with self._moving:
                if self._is_ending():  # of many threads the first has done it
                    self.move(lambda now: now.held(self.clock()))

    def require(self) -> None:
        """Look whether it is ours still. Raises TakenOver."""
        with self._moving:
            self.read()
            self._require()

    def let_go(self) -> None:
        """Let others go on at once, if it is ours and the bucket answers; else it ends by itself."""
        with suppress(BucketFailed), self._moving:
            if self.pointer.is_held(self.holder):
                self.write(self.pointer.let_go(self.clock()))

    def _is_ending(self) -> bool:
        held = self.pointer.publishing
        return held is not None and self.clock() > held.until - LEASE // 2

    def _require(self) -> None:
        if not self.pointer.is_held(self.holder):
            raise TakenOver("Somebody else publishes now, so this stopped. What they publish is what holds.")
