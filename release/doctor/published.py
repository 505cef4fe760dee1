"""The release in force: whether all of it is there, and whether a publication was left half done."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import PUBLISH, SITE, SetUp
from release.doctor.unreached import Unseen
from release.manifest import Manifest
from release.pointer import Pointer
from release.s3_bucket import S3Bucket

SUBJECT = "Release"
_DAY = 86_400
_MEND = f"{PUBLISH} puts it back; type it twice if something else changed, for it looks when nothing is new."


@dataclass(frozen=True, slots=True)
class Standing:
    """A release's manifest, and what is in place of it: tags of pages, and names of what functions read and sell."""

    manifest: Manifest
    pages: Mapping[str, str]
    kept: frozenset[str]
    sold: frozenset[str]


def looks(setup: SetUp) -> list[Look[Any]]:
    """The release of a stack, or the build on this machine."""
    if not setup.stack:
        return [
            Look(
                SUBJECT,
                setup.release,
                (Check("release.live", "Whether the shop is built", lambda _: ok("The shop is built.")),),
            )
        ]
    now = int(setup.clock())
    return [
        Look(SUBJECT, setup.pointer, (
            Check("release.live", "Which release is in force", partial(in_force, now=now)),
            Check("release.purged", "Whether the CDN shows the pages of this release", purged),
            Check("release.publishing", "Whether a publication hangs", partial(hanging, now=now)),
        )),
        Look(SUBJECT, partial(_standing, setup), (
            Check("release.pages", "Whether all pages of the release are there", pages),
            Check("release.catalogue", "Whether all that the functions read is there", catalogue),
        )),
    ]  # fmt: skip


def _standing(setup: SetUp) -> Standing:
    pointer = setup.pointer()
    if not pointer or not pointer.live:
        raise Unseen("nothing is published yet", PUBLISH)
    releases = setup.bucket("ReleaseBucket")
    found = releases.get(f"{SITE}/releases/{pointer.live.id}.json")
    if found is None:
        raise Unseen(f"the list of release {pointer.live.id} is not there", PUBLISH)
    files = setup.bucket("PagesBucket").files(f"{SITE}/")
    return Standing(
        Manifest.read(found.content),
        {key.removeprefix(SITE): one.tag for key, one in files.items()},
        _names(releases, "catalogue"),
        _names(releases, "files"),
    )


def _names(bucket: S3Bucket, folder: str) -> frozenset[str]:
    prefix = f"{SITE}/{folder}/"
    return frozenset(key.removeprefix(prefix) for key in bucket.files(prefix))


def in_force(pointer: Pointer | None, *, now: int) -> Verdict:
    """Which release is live, and since when."""
    if pointer is None or pointer.live is None:
        return fault("Nothing is published yet.", PUBLISH)
    since = next((one.at for one in pointer.history if one.id == pointer.live.id), pointer.live.made)
    return ok(f"Release {pointer.live.id} is in force, {_ago(now - since)}.")


def _ago(seconds: int) -> str:
    days = seconds // _DAY
    return "since today" if days < 1 else f"for {days} day{'' if days == 1 else 's'}"


def purged(pointer: Pointer | None) -> Verdict | None:
    """Whether the CDN was told of all changes."""
    if pointer is None or pointer.live is None:
        return None
    if not pointer.unpurged:
        return ok("The CDN knows of every changed page.")
    number = len(pointer.unpurged)
    return warning(f"The CDN was not told of {number} changed page{'' if number == 1 else 's'}, and may show what "
                   "was there "
                   "before for up to a day.", PUBLISH)  # fmt: skip


def hanging(pointer: Pointer | None, *, now: int) -> Verdict | None:
    """Whether somebody stopped midway."""
    if pointer is None:
        return None
    held = pointer.publishing
    if held and now < held.until:
        return note("Somebody is publishing at this moment.")
    if held:
        minutes = (now - held.until) // 60
        return warning(
            f"A publication stopped {minutes} minutes ago; some of its pages may be in place.",
            f"{PUBLISH} (it goes on where that stopped)",
        )
    return ok("No publication was left half done.")


def pages(found: Standing) -> Verdict:
    """Whether every page is as the release has it. Publishing trusts that it is, unless nothing is new."""
    wanted = {path: file.md5 for path, file in found.manifest.files.items()}
    missing = [path for path in wanted if path not in found.pages]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        return fault(f"{_some(missing)} of release {found.manifest.id} {verb} not there.", _MEND)
    other = [path for path, tag in wanted.items() if found.pages[path] != tag]
    if other:
        verb = "is" if len(other) == 1 else "are"
        return warning(f"{_some(other)} {verb} not as in release {found.manifest.id}.", _MEND)
    return ok(f"All {len(wanted)} public files of the release are there.")


def catalogue(found: Standing) -> Verdict:
    """Whether carts can be priced and files handed out."""
    missing = [*({*found.manifest.kept} - found.kept), *({*found.manifest.sold} - found.sold)]
    if missing:
        return fault(f"{len(missing)} of the files that the functions read or sell are not there, so carts or "
                     "downloads fail.",
                     f"{_MEND} Until then: pouch rollback")  # fmt: skip
    return ok("All that the functions read and sell is there.")


def _some(paths: list[str]) -> str:
    first = min(paths)
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"
