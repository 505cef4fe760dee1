"""Releases as they are kept, wherever that is: a list of hashes, and the files that these name."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from functions.log import Event, note
from functions.ports import Clock
from functions.shop.catalogue import Variant, shard_of
from functions.shop.errors import NoRelease
from functions.shop.record import from_json
from functions.shop.settings import Settings

REFRESH_SECONDS = 2
SHARDS_IN_MEMORY = 64

Shard = Mapping[str, Any]  # JSON by SKU; the few variants of a cart are made from it when they are asked for


class Drawer(Protocol):
    """Where the files of releases lie, each under its SHA-256."""

    advice: str
    """What to do when one is missing or damaged."""

    def read(self, name: str) -> bytes:
        """A file's content, not checked yet. Raises NoRelease."""
        ...

    def require(self, names: Sequence[str]) -> None:
        """Raise NoRelease unless all of these files are there, as far as that can be told without reading them."""
        ...


class KeptCatalogue:
    """A Catalogue over a shelf. `listed` gives the list of the release in force. A release that cannot be read leaves
    the one before it in force.
    """

    def __init__(
        self, shelf: "Shelf", listed: Callable[[], bytes], clock: Clock, refresh_seconds: int = REFRESH_SECONDS
    ) -> None:
        self._shelf, self._listed, self._clock, self._refresh = shelf, listed, clock, refresh_seconds
        self._release: KeptRelease | None = None
        self._list = b""
        self._looked_at = 0
        self._lock = threading.Lock()

    def current(self) -> "KeptRelease":
        """The release in force, looked up at most every few seconds. Raises NoRelease when there is none."""
        with self._lock:
            now = self._clock()
            if self._release is None or not 0 <= now - self._looked_at < self._refresh:
                self._release = self._newest(self._release)
                self._looked_at = now
            return self._release

    def _newest(self, kept: "KeptRelease | None") -> "KeptRelease":
        """What is listed now; the release that is kept when that cannot be read."""
        try:
            listed = self._listed()
            if kept is None or listed != self._list:
                kept, self._list = read_release(listed, self._shelf), listed
        except NoRelease as error:
            if kept is None:
                raise
            note(Event.RELEASE_KEPT, error=error, release=kept.id)
        return kept


@dataclass(frozen=True, slots=True)
class KeptRelease:
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
        return {sku: self.shelf.variant(data) for sku, data in found if data is not None}

    def every_variant(self) -> Iterator[Variant]:
        """Everything that is on sale."""
        return (self.shelf.variant(data) for name in self.shards for data in self.shelf.shard(name).values())

    def _shard(self, sku: str) -> Shard:
        return self.shelf.shard(self.shards[shard_of(sku, len(self.shards))]) if self.shards else {}


class Shelf:
    """The files of a drawer, checked against their names, and the shards last used, in memory."""

    def __init__(self, drawer: Drawer) -> None:
        self.drawer = drawer
        self._shards: OrderedDict[str, Shard] = OrderedDict()
        self._lock = threading.Lock()

    def shard(self, name: str) -> Shard:
        """What a shard says of each SKU. Raises NoRelease when its file is missing or is not what its name says."""
        with self._lock:
            if name not in self._shards:
                self._shards[name] = self._read_shard(name)
            self._shards.move_to_end(name)
            while len(self._shards) > SHARDS_IN_MEMORY:
                self._shards.popitem(last=False)
            return self._shards[name]

    def text(self, name: str) -> str:
        """A file's text, checked against its name."""
        return self.content(name).decode()

    def content(self, name: str) -> bytes:
        """What is in a file, checked against its name."""
        content = self.drawer.read(name)
        if hashlib.sha256(content).hexdigest() != name:
            raise self.unusable(f"catalogue/{name} is damaged: its content does not match its name.")
        return content

    def variant(self, data: Any) -> Variant:
        """What a shard says of one SKU."""
        try:
            return from_json(Variant, data)
        except TypeError as error:
            raise self.unusable(f"A variant in the catalogue cannot be read ({error}).") from error

    def unusable(self, what: str) -> NoRelease:
        """The error that says so and what to do."""
        return NoRelease(f"{what} {self.drawer.advice}")

    def _read_shard(self, name: str) -> Shard:
        try:
            shard = json.loads(self.text(name))
        except ValueError:
            shard = None
        if not isinstance(shard, dict):
            raise self.unusable(f"catalogue/{name} holds no variants.")
        return shard


def read_release(listed: bytes, shelf: Shelf) -> KeptRelease:
    """The release that a list describes. Raises NoRelease when it or a file that it names cannot be used."""
    try:
        named = json.loads(listed)
        shards = tuple(named["shards"])
        settings = from_json(Settings, json.loads(shelf.text(named["settings"])))
        shelf.drawer.require(shards)
        assets = named.get("assets", {})  # releases from before there were any are still good
        files = named.get("files", {})
        return KeptRelease(named["id"], settings, shelf.text(named["chrome"]), assets, shards, shelf, files)
    except (ValueError, KeyError, TypeError) as error:
        raise shelf.unusable(f"release.json or its settings cannot be read ({error!r}).") from error
