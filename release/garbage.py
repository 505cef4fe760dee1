"""Garbage: files that no release of the last 30 days needs are deleted, version by version, so that a file which is
written again in the same moment stays.

What to look at is told by the manifests of releases that are out of date, so a day without one costs a single look.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from release.manifest import Manifest
from release.pointer import DAY, GRACE
from release.ports import Bucket, Version
from release.publish import Publisher


def clear_away(publisher: Publisher) -> int:
    """Delete what is not needed and was written more than 30 days ago, once a day at most. Gives how many files went.

    Whoever stops midway leaves the manifest that tells of the rest. Raises BucketFailed.
    """
    lease, now = publisher.lease, publisher.clock()
    if now - lease.pointer.swept < DAY:  # as it was when this publisher looked last; it is not set back
        return 0
    pointer = lease.read()
    if now - pointer.swept < DAY or not lease.write(replace(pointer, swept=now)):
        return 0
    listed = publisher.private.files(f"{publisher.site}/releases/")
    names = {key.rpartition("/")[2].removesuffix(".json"): one.at for key, one in listed.items()}
    recent = pointer.recent(now)
    outdated = {name for name, at in names.items() if at < now - GRACE and name not in recent}
    if not outdated:
        return 0
    needed = set(_keys(publisher, names.keys() - outdated))
    unneeded = sorted(set(_keys(publisher, outdated)) - needed)
    manifests = [("releases", name) for name in sorted(outdated)]
    return sum(_cleared(publisher, kind, name, now) for kind, name in (*unneeded, *manifests))


def _keys(publisher: Publisher, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What releases need, by its kind and name."""
    for release in filter(None, map(publisher.manifest, sorted(names))):
        yield from _needs(release)


def _needs(release: Manifest) -> Iterator[tuple[str, str]]:
    yield from (("", path) for path in release.files)
    yield from (("catalogue", name) for name in release.kept)
    yield from (("files", name) for name in release.sold)


def _cleared(publisher: Publisher, kind: str, name: str, now: int) -> bool:
    bucket: Bucket = publisher.private if kind else publisher.pages
    key = f"{publisher.site}/{kind}/{name}" if kind else f"{publisher.site}{name}"
    key += ".json" if kind == "releases" else ""
    found = (list(versions) for each, versions in groupby(bucket.versions(key), _key) if each == key)
    return any(_deleted(bucket, versions, now) for versions in found)


def _key(version: Version) -> str:
    return version.key


def _deleted(bucket: Bucket, versions: list[Version], now: int) -> bool:
    """Whether all versions of a file were old, and so went; the oldest first, else an older one would be served."""
    if any(version.at >= now - GRACE for version in versions):
        return False
    for version in reversed(versions):
        bucket.delete(version)
    return True
