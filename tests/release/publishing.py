"""A world to publish in: two buckets, an edge and a time, all of whose calls go through a hook, and a crawler who comes
after every one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from release.manifest import Manifest
from release.pointer import Pointer
from release.ports import Bucket, Edge, Found, Label, Present, Version
from release.publish import Outcome, Publisher
from tests.release.memory_bucket import MemoryBucket, MemoryEdge
from tests.release.small_releases import Release, broken_links, shop

OLD = shop({"tern": 24, "gannet": 30, "puffin": 18}, made=100)
NEW = shop({"tern": 22, "gannet": 30, "skua": 40}, style="blue", made=200)
NEWEST = shop({"tern": 21, "gannet": 31, "skua": 40, "puffin": 18}, style="blue", made=300)
UNDONE = shop({"tern": 24, "gannet": 30, "puffin": 18}, made=300)
"""What is live at first, built again after the change that another publisher is about to make was taken back."""

Hook = Callable[[Callable[[], Any]], Any]
"""Does a call, or something else in its place."""


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Hooked(Bucket, Edge):
    """A port of which every call goes through a hook."""

    real: Any
    hook: Hook

    def files(self, prefix: str) -> Mapping[str, Present]:
        found: Mapping[str, Present] = self.hook(lambda: self.real.files(prefix))
        return found

    def get(self, key: str) -> Found | None:
        found: Found | None = self.hook(lambda: self.real.get(key))
        return found

    def put(self, key: str, content: bytes, label: Label, expected: str | None = None) -> str:
        return str(self.hook(lambda: self.real.put(key, content, label, expected)))

    def versions(self, prefix: str) -> Iterator[Version]:
        return iter(self.hook(lambda: list(self.real.versions(prefix))))

    def version(self, version: Version) -> bytes:
        return bytes(self.hook(lambda: self.real.version(version)))

    def delete(self, version: Version) -> None:
        self.hook(lambda: self.real.delete(version))

    def purge(self, paths: Sequence[str]) -> None:
        self.hook(lambda: self.real.purge(paths))


@dataclass
class World:
    """Both buckets, the edge, the time, and all that is looked at after every call."""

    now: int = 1_000
    pages: MemoryBucket = field(default_factory=MemoryBucket)
    private: MemoryBucket = field(default_factory=MemoryBucket)
    edge: MemoryEdge = field(default_factory=MemoryEdge)
    calls: int = 0
    runs: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.pages.clock = self.private.clock = lambda: self.now

    def publisher(self, hook: Hook | None = None) -> Publisher:
        """Somebody who publishes here."""
        passed = hook or self.counted
        return Publisher(
            Hooked(self.pages, passed),
            Hooked(self.private, passed),
            Hooked(self.edge, passed),
            lambda: self.now,
            f"run {next(self.runs)}",
            self.wait,
            at_once=1,
        )

    def counted(self, call: Callable[[], Any]) -> Any:
        """A call, after which a crawler comes."""
        self.calls += 1
        done = call()
        assert broken_links(self.pages) == []
        return done

    def wait(self, seconds: float) -> None:
        self.now += int(seconds)

    def publish(self, release: Release, hook: Hook | None = None) -> Outcome:
        return self.publisher(hook).publish(release.manifest, release)

    @property
    def pointer(self) -> Pointer:
        found = self.private.get("main/release.json")
        assert found
        return Pointer.read(found.content)

    @property
    def live(self) -> Manifest:
        """The release in force."""
        assert self.pointer.live
        return self.manifest(self.pointer.live.id)

    def manifest(self, name: str) -> Manifest:
        """A release that was published."""
        found = self.private.get(f"main/releases/{name}.json")
        assert found
        return Manifest.read(found.content)

    def text(self, path: str) -> str:
        """A page as it is in place, but for line breaks at its end."""
        found = self.pages.get(f"main{path}")
        return found.content.decode().rstrip("\n") if found else ""

    def settle(self) -> None:
        """All is as the release in force says, and functions can read it."""
        live = self.live
        there = {key.removeprefix("main"): present.tag for key, present in self.pages.files("main/").items()}
        assert {path: there.get(path) for path in live.files} == {path: file.md5 for path, file in live.files.items()}
        assert all(self.private.get(f"main/catalogue/{name}") for name in live.kept)
        assert (self.pointer.publishing, self.pointer.unpurged) == (None, ())
        assert broken_links(self.pages) == []

    def shows(self, release: Release) -> bool:
        """Whether all of a release is in place as it was built, with its catalogue in force."""
        in_place = all(self.text(path) == content.decode() for path, content in release.pages.items())
        return in_place and self.live.catalogue == release.manifest.catalogue


def dying(world: World, fatal: int, *, after: bool) -> Hook:
    """A hook by which the process dies at a call: before it, or after it took effect and before its answer."""

    def hook(call: Callable[[], Any]) -> Any:
        if world.calls + 1 == fatal and not after:
            raise Killed
        done = world.counted(call)
        if world.calls == fatal:
            raise Killed
        return done

    return hook
