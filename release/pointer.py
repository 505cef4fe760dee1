"""The pointer: which release is in force, who is publishing, and what may be half done. Pure; written on condition."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from functions.shop.record import from_json, to_json
from plugins.release import canonical_json

DAY = 86_400  # seconds
LEASE, GRACE = 60, 30 * DAY
LATE = 3_600  # seconds in which a request that was begun may still arrive; S3 refuses those signed long ago
FEWEST = 10  # releases that are remembered however long ago
FEW = 30  # files that are purged one by one; more are purged with all there is, which AWS counts as one
EVERYTHING = "/*"


@dataclass(frozen=True, slots=True)
class Live:
    """The release in force. `made` is when it was built or, after a roll-back, when that was done (Unix seconds)."""

    id: str
    catalogue: str
    made: int
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Who is putting which release in place, after which; by `until` they say so again, or are taken to have stopped.
    Each run of a command is a holder of its own.
    """

    id: str
    holder: str
    since: int
    until: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A release that came into force, and how: by `publish` or `rollback`."""

    id: str
    at: int
    by: str
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A release, meant to follow another, whose publisher was taken to have stopped at that moment (Unix seconds), and
    may yet have a request on its way.
    """

    id: str
    since: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """All of it. `unsure` are releases of which some pages may be in place, `unpurged` what the edge may still hold,
    `history` the newest first, and `swept` when garbage was last looked for.
    """

    live: Live | None = None
    publishing: Publishing | None = None
    unsure: tuple[Unsure, ...] = ()
    unpurged: tuple[str, ...] = ()
    history: tuple[Past, ...] = ()
    swept: int = 0

    @classmethod
    def read(cls, text: bytes) -> Self:
        """From its text. Raises ValueError, KeyError or TypeError for what is none."""
        return from_json(cls, json.loads(text))

    def text(self) -> bytes:
        """As it is kept."""
        return canonical_json(to_json(self)).encode()

    def busy(self, now: int) -> bool:
        """Whether somebody is publishing."""
        return self.publishing is not None and now < self.publishing.until

    def is_held(self, holder: str) -> bool:
        """Whether it is in these hands."""
        return self.publishing is not None and self.publishing.holder == holder

    def taken(self, release: str, holder: str, now: int) -> Self:
        """In the hands of `holder`. Whatever was being put in place before may be half there."""
        stopped, live = self.publishing, self.live.id if self.live else ""
        begun = (Unsure(stopped.id, now, stopped.after),) if stopped else ()
        publishing = Publishing(release, holder, now, now + LEASE, live)
        return replace(self, publishing=publishing, unsure=(*self.unsure, *begun))

    def held(self, now: int) -> Self:
        """Held on to for a while more."""
        assert self.publishing  # noqa: S101 (only who holds it calls this)
        return replace(self, publishing=replace(self.publishing, until=now + LEASE))

    def let_go(self, now: int) -> Self:
        """With nobody at it any more; whoever comes next need not wait, and finds it half done."""
        assert self.publishing  # noqa: S101 (only who holds it calls this)
        return replace(self, publishing=replace(self.publishing, until=now))

    def switched(self, live: Live, paths: Iterable[str], *, by: str, now: int) -> Self:
        """With another release in force, whose pages are all in place, and nobody publishing."""
        history = (Past(live.id, now, by, live.commit), *self.history)
        recent = tuple(one for at, one in enumerate(history) if at < FEWEST or history[at - 1].at >= now - GRACE)
        unpurged = few([*self.unpurged, *paths])
        unsure = tuple(one for one in self.unsure if one.since >= now - LATE)
        return replace(self, live=live, publishing=None, unsure=unsure, unpurged=unpurged, history=recent)

    def purged(self, paths: Iterable[str]) -> Self:
        """With these paths forgotten at the edge."""
        gone = set(paths)
        return replace(self, unpurged=tuple(path for path in self.unpurged if path not in gone))

    def recent(self, now: int) -> set[str]:
        """The releases that were in force at some moment of the last 30 days, or are being put in place."""
        ends = [now, *(one.at for one in self.history)]
        lasting = {one.id for one, end in zip(self.history, ends, strict=False) if end >= now - GRACE}
        return lasting | {one.id for one in self.unsure} | ({self.publishing.id} if self.publishing else set())


def few(paths: Iterable[str]) -> tuple[str, ...]:
    """These paths, or everything: functions read the pointer all the time, so it stays small."""
    found = tuple(dict.fromkeys(paths))
    return (EVERYTHING,) if EVERYTHING in found or len(found) > FEW else found
