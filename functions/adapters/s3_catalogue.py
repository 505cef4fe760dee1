"""Releases in a private bucket of S3: the pointer `<site>/release.json`, `<site>/catalogue/` with files named by their
SHA-256, and `<site>/files/` with the files that are sold. Publishing writes them (see release/).
"""

import io
import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import quote

from functions.adapters.aws.answers import AwsFailed, Refused
from functions.adapters.aws.channel import READ
from functions.adapters.aws.s3 import Bucket
from functions.adapters.kept_release import REFRESH_SECONDS, KeptCatalogue, Shelf
from functions.ports import Clock, Elsewhere
from functions.shop.errors import NoRelease

ADVICE = "Publish the shop: make publish"
LOOK = 1.0  # seconds that an answer may take which only says whether there is something new (R35)
HANDED_THROUGH = 4 * 2**20  # bytes: Lambda answers with 6 MB at most, in which a file takes a third more than it has
LASTS = 300  # seconds in which the reading of a larger one has to begin
_KEPT = re.compile(r"[0-9a-f]{64}")
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN})  # the latter where files may be read and not listed


class S3Catalogue(KeptCatalogue):
    """A Catalogue over a bucket, for the site that its pointer is of."""

    def __init__(self, bucket: Bucket, site: str, clock: Clock, refresh_seconds: int = REFRESH_SECONDS) -> None:
        shelf = Shelf(Keys(bucket, f"{site}/catalogue"))
        super().__init__(shelf, Pointer(bucket, f"{site}/release.json", shelf).listed, clock, refresh_seconds)


class Keys:
    """Files in a bucket under a prefix and their SHA-256."""

    advice = ADVICE

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        self._bucket, self._prefix = bucket, prefix

    def read(self, name: str) -> bytes:
        """A file's content. Raises NoRelease when it is missing, or S3 does not answer."""
        key = f"{self._prefix}/{name}"
        try:
            found = self._bucket.get(key)
        except AwsFailed as error:
            raise _unreadable(key, error) from error
        return found.content if found else b""

    def require(self, names: Sequence[str]) -> None:
        """Nothing: a pointer is written after all that it leads to, and to ask for thousands of files takes seconds."""


class Pointer:
    """What says which release is in force. The list that it leads to is read only when it changed."""

    def __init__(self, bucket: Bucket, key: str, shelf: Shelf) -> None:
        self._bucket, self._key, self._shelf = bucket, key, shelf
        self._tag, self._listed = "", b""

    def listed(self) -> bytes:
        """The list of the release in force. Raises NoRelease when there is none, or it cannot be read."""
        try:
            found = self._bucket.get(self._key, unless=self._tag, wait=LOOK if self._tag else READ)
        except AwsFailed as error:
            raise _unreadable(self._key, error) from error
        if found:
            self._listed = self._shelf.content(_live(found.content))
            self._tag = found.tag  # only now, so that a list that cannot be read is asked for again
        return self._listed


class S3Downloads:
    """The files that are sold, each under its SHA-256."""

    def __init__(self, bucket: Bucket, site: str) -> None:
        self._bucket, self._site = bucket, site

    @property
    def origin(self) -> str:
        """Where the bucket is."""
        return self._bucket.origin

    def open(self, name: str, called: str) -> BinaryIO | Elsewhere | None:
        """The file kept under this name; a large one is had from S3 itself. None when it is gone.

        Raises NoRelease when S3 does not answer.
        """
        key = f"{self._site}/files/{name}"
        try:
            return self._opened(key, called) if _KEPT.fullmatch(name) else None
        except AwsFailed as error:
            if isinstance(error, Refused) and error.status in _GONE:
                return None
            raise _unreadable(key, error) from error

    def _opened(self, key: str, called: str) -> BinaryIO | Elsewhere | None:
        if self._bucket.size(key) > HANDED_THROUGH:
            return Elsewhere(self._bucket.address(key, _as_file(called), lasts=LASTS))
        found = self._bucket.get(key)
        return io.BytesIO(found.content) if found else None


def _as_file(called: str) -> dict[str, str]:
    """What makes a browser save what it gets under this name, and keep it nowhere else."""
    return {
        "cache-control": "no-store",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(called, safe='')}",
        "content-type": "application/octet-stream",
    }


def _live(pointer: bytes) -> str:
    """The name of the list that a pointer leads to."""
    try:
        live = json.loads(pointer)["live"]
        name = live and live["catalogue"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoRelease(f"release.json cannot be read ({error!r}). {ADVICE}") from error
    if not name:
        raise NoRelease(f"Nothing is published yet. {ADVICE}")
    return str(name)


def _unreadable(key: str, error: AwsFailed) -> NoRelease:
    if isinstance(error, Refused) and error.status in _GONE:
        return NoRelease(f"{key} is not there. {ADVICE}")
    return NoRelease(f"S3 does not answer for {key}: {error.code}")
