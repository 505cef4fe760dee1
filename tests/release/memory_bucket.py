"""ports.Bucket in memory, and an edge that remembers what it was told; both pass the contract of the real ones."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from release.ports import Bucket, Changed, Edge, Found, Label, Present, Version


@dataclass
class MemoryBucket(Bucket):
    """Every version of every file, the newest last."""

    clock: Callable[[], int] = lambda: 0
    kept: dict[str, list[tuple[Version, bytes, Label]]] = field(default_factory=dict)
    count: int = 0

    def files(self, prefix: str) -> Mapping[str, Present]:
        found = {key: each[-1][0] for key, each in sorted(self.kept.items()) if key.startswith(prefix)}
        return {key: Present(version.tag, version.at) for key, version in found.items()}

    def get(self, key: str) -> Found | None:
        found = self.kept.get(key)
        return Found(found[-1][1], found[-1][0].tag) if found else None

    def label(self, key: str) -> Label:
        """What the newest version is served with."""
        return self.kept[key][-1][2]

    def put(self, key: str, content: bytes, label: Label, expected: str | None = None) -> str:
        present = self.get(key)
        if expected is not None and expected != (present.tag if present else ""):
            raise Changed(f"{key} is not what it was.")
        self.count += 1
        tag = hashlib.md5(content, usedforsecurity=False).hexdigest()
        self.kept.setdefault(key, []).append((Version(key, str(self.count), tag, self.clock()), content, label))
        return tag

    def versions(self, prefix: str) -> Iterator[Version]:
        for key, found in sorted(self.kept.items()):
            if key.startswith(prefix):
                yield from (version for version, _, _ in reversed(found))

    def version(self, version: Version) -> bytes:
        return next(content for one, content, _ in self.kept[version.key] if one.id == version.id)

    def delete(self, version: Version) -> None:
        left = [each for each in self.kept.get(version.key, []) if each[0].id != version.id]
        self.kept[version.key] = left
        if not left:
            del self.kept[version.key]


@dataclass
class MemoryEdge(Edge):
    """What it was told to forget."""

    told: list[tuple[str, ...]] = field(default_factory=list)

    def purge(self, paths: Sequence[str]) -> None:
        self.told.append(tuple(paths))
