"""What publishing would do, without doing it."""

from dataclasses import dataclass

from release.manifest import Manifest
from release.plan import Plan, completed, plan
from release.publish import Publisher, require_newer


@dataclass(frozen=True, slots=True)
class Outlook:
    """The release that is live, the one that would be with all that belongs to it, and what would be written for it."""

    before: Manifest | None
    after: Manifest
    todo: Plan


def outlook(publisher: Publisher, target: Manifest, *, by: str = "publish") -> Outlook:
    """What would be done now. Raises Refused when it would be, and BucketFailed."""
    pointer = publisher.pointer()
    if by == "publish":
        require_newer(target, pointer)
    before = publisher.manifest(pointer.live.id) if pointer.live else None
    after = completed(target, before, (), publisher.clock())
    known = {path: file.md5 for path, file in before.files.items()} if before else {}
    return Outlook(before, after, plan(after, known, before))
