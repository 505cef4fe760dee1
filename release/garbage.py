"""Garbage: files that no release of the last 30 days needs are deleted, version by version, so that a file which is
written again in the same moment stays.
"""

from collections.abc import Iterable
from itertools import groupby

from release.manifest import Manifest
from release.pointer import GRACE
from release.ports import Bucket, Version


def sweep(pages: Bucket, private: Bucket, site: str, needed: Iterable[Manifest], now: int) -> int:
    """Delete what is not needed and was written more than 30 days ago. Gives how many files went."""
    releases = list(needed)
    kept = {f"{site}{path}" for release in releases for path in release.files}
    inner = {f"{site}/catalogue/{name}" for release in releases for name in release.kept}
    inner |= {f"{site}/files/{name}" for release in releases for name in release.sold}
    inner |= {f"{site}/releases/{release.id}.json" for release in releases} | {f"{site}/release.json"}
    return _cleared(pages, f"{site}/", kept, now) + _cleared(private, f"{site}/", inner, now)


def _cleared(bucket: Bucket, prefix: str, needed: set[str], now: int) -> int:
    count = 0
    for key, found in groupby(bucket.versions(prefix), key=lambda version: version.key):
        versions: list[Version] = list(found)
        if key not in needed and all(version.at < now - GRACE for version in versions):
            for version in reversed(versions):  # the oldest first: else an older one would be served again
                bucket.delete(version)
            count += 1
    return count
