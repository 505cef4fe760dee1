"""What publishing needs from outside: a bucket that keeps old versions and writes on condition, and the edge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from functions.shop.errors import ShopError


class Changed(ShopError):
    """A file is not what it was expected to be, so it was not written."""


class BucketFailed(ShopError):
    """The bucket did not do what it was asked; as text, what to do about it."""


class PurgeFailed(ShopError):
    """The edge was not told; what it holds ends by itself within a day."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it is now. The tag is the MD5 of its content, in hexadecimal."""

    content: bytes
    tag: str


@dataclass(frozen=True, slots=True)
class Present:
    """That a file is there: its tag, and when it was written (Unix seconds)."""

    tag: str
    at: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file; `at` is when it was written (Unix seconds)."""

    key: str
    id: str
    tag: str
    at: int


@dataclass(frozen=True, slots=True)
class Label:
    """What a file is served with; `notes` are for the edge (release/edge/)."""

    type: str = "application/json"
    cache: str = "no-store"
    notes: Mapping[str, str] = field(default_factory=dict)


class Bucket(Protocol):
    """Files by key. Every call may raise BucketFailed; then it may have been done or not."""

    def files(self, prefix: str) -> Mapping[str, Present]:
        """Every file whose key begins so."""
        ...

    def get(self, key: str) -> Found | None:
        """The file; None when there is none."""
        ...

    def put(self, key: str, content: bytes, label: Label, expected: str | None = None) -> str:
        """Write a file and give its tag. With a tag that is `expected` only over that, with "" only where none is.

        Raises Changed.
        """
        ...

    def versions(self, prefix: str) -> Iterable[Version]:
        """Every version of every file whose key begins so, those of a file together and the newest first."""
        ...

    def version(self, version: Version) -> bytes:
        """What a version holds."""
        ...

    def delete(self, version: Version) -> None:
        """Delete a version for ever. One that is gone is no error."""
        ...


class Edge(Protocol):
    """What keeps copies of pages near shoppers."""

    def purge(self, paths: Sequence[str]) -> None:
        """Forget what is kept of these paths, each of which may end in `*`. Raises PurgeFailed."""
        ...
