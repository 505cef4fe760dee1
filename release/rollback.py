"""Rolling back: an older release comes into force again, from what the bucket keeps, without a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from release.manifest import Manifest
from release.ports import Bucket, BucketFailed, Version
from release.publish import Outcome, Publisher, Refused


@dataclass
class OldVersions:
    """What files of a release held, out of their old versions."""

    pages: Bucket
    private: Bucket
    site: str
    release: Manifest
    _found: dict[str, Mapping[str, Version]] = field(default_factory=dict)

    def page(self, path: str) -> bytes:
        """A public file as that release had it. Raises BucketFailed when it is kept no more."""
        key, tag = f"{self.site}{path}", self.release.files[path].md5
        versions = {one.tag: one for one in self.pages.versions(key) if one.key == key}
        if tag not in versions:
            raise BucketFailed(f"{path} of that release is kept no more. Check its commit out, and publish it.")
        return self.pages.version(versions[tag])

    def kept(self, name: str) -> bytes:
        """A file of the private side."""
        return self._private(f"{self.site}/catalogue/{name}")

    def sold(self, name: str) -> bytes:
        """A file that is sold."""
        return self._private(f"{self.site}/files/{name}")

    def _private(self, key: str) -> bytes:
        found = self.private.get(key)
        if found is None:
            raise BucketFailed(f"{key} is kept no more. Check the release's commit out, and publish it.")
        return found.content


def rollback(publisher: Publisher, release: str = "") -> Outcome:
    """Bring an older release into force: the one before, or one by its id, or the beginning of that."""
    target = chosen(publisher, release)
    contents = OldVersions(publisher.pages, publisher.private, publisher.site, target)
    return publisher.publish(target, contents, by="rollback")


def chosen(publisher: Publisher, release: str) -> Manifest:
    """The release that is meant. Raises Refused."""
    pointer = publisher.pointer()
    live = pointer.live.id if pointer.live else ""
    recent = pointer.recent(publisher.clock())
    known = [one.id for one in pointer.history if one.id in recent and one.id != live]
    wanted = [one for one in dict.fromkeys(known) if one.startswith(release)]
    if not wanted or (release and len(wanted) > 1):
        raise Refused(_which(release, wanted))
    target = publisher.manifest(wanted[0])
    if target is None:
        raise Refused(f"Release {wanted[0]} is kept no more. Check its commit out, and publish it.")
    return target


def _which(release: str, wanted: list[str]) -> str:
    if wanted:
        return f"{release} is the beginning of several releases: {', '.join(wanted)}. Write more of it."
    if not release:
        return "There is no older release of the last 30 days to go back to. What there is: pouch releases"
    return (
        f"There is no release {release} of the last 30 days, or it is the one that is live. What there is: pouch "
        "releases. An older one comes back from git: check its commit out, and publish it."
    )
