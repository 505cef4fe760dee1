"""Releases as the build leaves them in a folder: `release.json`, and `catalogue/` with files named by their SHA-256."""

import hashlib
import json
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from functions.log import Event, note
from functions.ports import Clock
from functions.shop.catalogue import Variant, shard_of
from functions.shop.errors import NoRelease
from functions.shop.record import from_json
from functions.shop.settings import Settings

REFRESH_SECONDS = 2
SHARDS_IN_MEMORY = 64
_KEPT = re.compile(r"[0-9a-f]{64}")

Shard = Mapping[str, Any]  # JSON by SKU; the few variants of a cart are made from it when they are asked for


class FileCatalogue:
    """A Catalogue over the build's folder. A release that cannot be read leaves the one before it in force."""

    def __init__(self, folder: Path, clock: Clock, refresh_seconds: int = REFRESH_SECONDS) -> None:
        self._folder, self._clock, self._refresh = folder, clock, refresh_seconds
        self._shelf = Shelf(folder / "catalogue")
        self._release: FileRelease | None = None
        self._pointer = b""
        self._looked_at = 0
        self._lock = threading.Lock()

    def current(self) -> "FileRelease":
        """The release in force, looked up at most every few seconds. Raises NoRelease when there is none."""
        with self._lock:
            now = self._clock()
            if self._release is None or not 0 <= now - self._looked_at < self._refresh:
                self._release = self._newest(self._release)
                self._looked_at = now
            return self._release

    def _newest(self, kept: "FileRelease | None") -> "FileRelease":
        """What the pointer names now; the release that is kept when that cannot be read."""
        try:
            pointer = _pointer(self._folder)
            if kept is None or pointer != self._pointer:
                kept, self._pointer = read_release(pointer, self._shelf), pointer
        except NoRelease as error:
            if kept is None:
                raise
            note(Event.RELEASE_KEPT, error=error, release=kept.id)
        return kept


@dataclass(frozen=True, slots=True)
class FileRelease:
    """One release. Its shards are read when a SKU in them is first asked for."""

    id: str
    settings: Settings
    chrome: str
    assets: Mapping[str, str]
    shards: tuple[str, ...]
    shelf: "Shelf"
    files: Mapping[str, str] = field(default_factory=dict)

    def variants(self, skus: Collection[str]) -> Mapping[str, Variant]:
        """The variants of these SKUs that are on sale; the others are left out."""
        found = ((sku, self._shard(sku).get(sku)) for sku in skus)
        return {sku: _variant(data) for sku, data in found if data is not None}

    def _shard(self, sku: str) -> Shard:
        return self.shelf.shard(self.shards[shard_of(sku, len(self.shards))]) if self.shards else {}


class Shelf:
    """The folder of content-addressed files, and the shards last used, in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shards: OrderedDict[str, Shard] = OrderedDict()
        self._lock = threading.Lock()

    def shard(self, name: str) -> Shard:
        """What a shard says of each SKU. Raises NoRelease when its file is missing or is not what its name says."""
        with self._lock:
            if name not in self._shards:
                self._shards[name] = _shard(name, self.text(name))
            self._shards.move_to_end(name)
            while len(self._shards) > SHARDS_IN_MEMORY:
                self._shards.popitem(last=False)
            return self._shards[name]

    def text(self, name: str) -> str:
        """A file's text, checked against its name."""
        content = _bytes(self._folder / name)
        if hashlib.sha256(content).hexdigest() != name:
            raise NoRelease(f"catalogue/{name} is damaged: its content does not match its name. Build the shop again.")
        return content.decode()

    def require(self, names: Sequence[str]) -> None:
        """Raise NoRelease unless all of these files are there."""
        # One look at the folder: a look at each of thousands of files takes longer than all the rest of a first quote.
        kept = set(os.listdir(self._folder)) if self._folder.is_dir() else set()  # noqa: PTH208 (names alone)
        for name in names:
            if name not in kept:
                raise _missing(self._folder / name)


class FileDownloads:
    """The files that are sold, in a folder beside the release, each under its SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> BinaryIO | None:
        """The file kept under this name; None when it is gone."""
        try:
            return (self._folder / name).open("rb") if _KEPT.fullmatch(name) else None
        except OSError:
            return None


def every_variant(folder: Path) -> Iterator[Variant]:
    """Everything on sale in the release that the folder's pointer names now. Raises NoRelease."""
    shelf = Shelf(folder / "catalogue")
    release = read_release(_pointer(folder), shelf)
    return (_variant(data) for name in release.shards for data in shelf.shard(name).values())


def read_release(pointer: bytes, shelf: Shelf) -> FileRelease:
    """The release that a pointer's text describes. Raises NoRelease when it or a file that it names cannot be used."""
    try:
        named = json.loads(pointer)
        shards = tuple(named["shards"])
        settings = from_json(Settings, json.loads(shelf.text(named["settings"])))
        shelf.require(shards)
        assets = named.get("assets", {})  # releases from before there were any are still good
        files = named.get("files", {})
        return FileRelease(named["id"], settings, shelf.text(named["chrome"]), assets, shards, shelf, files)
    except (ValueError, KeyError, TypeError) as error:
        raise NoRelease(f"release.json or its settings cannot be read ({error!r}). Build the shop again.") from error


def _pointer(folder: Path) -> bytes:
    return _bytes(folder / "release.json")


def _shard(name: str, text: str) -> Shard:
    try:
        shard = json.loads(text)
    except ValueError:
        shard = None
    if not isinstance(shard, dict):
        raise NoRelease(f"catalogue/{name} holds no variants. Build the shop again.")
    return shard


def _variant(data: Any) -> Variant:
    try:
        return from_json(Variant, data)
    except TypeError as error:
        raise NoRelease(f"A variant in the catalogue cannot be read ({error}). Build the shop again.") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _missing(path) from error


def _missing(path: Path) -> NoRelease:
    return NoRelease(f"{path.parent.name}/{path.name} is not there. Build the shop first: make html")
