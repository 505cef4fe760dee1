"""Publishing: a release is put in place, comes into force, and the edge forgets what was there before.

Safe wherever it stops: pages lead only to what is there already, each is written only over what was expected, and who
comes next looks at what is there (R31, R32). See docs/publishing.md.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote

from functions.ports import Clock
from functions.shop.errors import ShopError
from release.lease import TRIES, Lease
from release.manifest import ASSET, MISSING, PAGE, File, Manifest, is_asset, type_of
from release.plan import Plan, completed, doubtful, plan, touched
from release.pointer import DAY, EVERYTHING, GRACE, LEASE, Live, Pointer
from release.ports import Bucket, BucketFailed, Changed, Edge, Label, PurgeFailed
from release.several import briefly, each

AT_ONCE = 32  # files on their way
MANY = 200  # files to put in place, from which on it pays to look at what is there
PAUSE = 2  # seconds between two looks whether somebody else is done


class Refused(ShopError):
    """A release that is not published, and why."""


class Contents(Protocol):
    """What is in the files of a release."""

    def page(self, path: str) -> bytes:
        """A public file."""
        ...

    def kept(self, name: str) -> bytes:
        """A file of the private side, by its SHA-256."""
        ...

    def sold(self, name: str) -> bytes:
        """A file that is sold, by its SHA-256."""
        ...


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing. `written` are the paths that were put in place; `is_new` whether anything was to do."""

    release: Manifest
    before: Manifest | None
    written: tuple[str, ...]
    is_new: bool = True
    purged: bool = True


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be put in place: a release, over the one before it and others that may be half there."""

    target: Manifest
    before: Manifest | None
    unsure: Sequence[Manifest]
    pages: "_Pages"

    @property
    def is_again(self) -> bool:
        """Whether it is the release that is in force."""
        return self.before is not None and self.target.id == self.before.id


@dataclass
class Publisher:
    """Publishes one site. `holder` names this run and no other; `wait` lets some seconds pass while somebody else
    publishes.
    """

    pages: Bucket
    private: Bucket
    edge: Edge
    clock: Clock
    holder: str
    wait: Callable[[float], None]
    site: str = "main"
    tell: Progress = lambda *_: None
    at_once: int = AT_ONCE
    lease: Lease = field(init=False)
    _read: tuple[str, Manifest | None] = ("", None)

    def __post_init__(self) -> None:
        self.lease = Lease(self.private, f"{self.site}/release.json", self.clock, self.holder)

    def publish(self, target: Manifest, contents: Contents, *, by: str = "publish") -> Outcome:
        """Put a release in place and in force. Raises Refused, TakenOver, BucketFailed."""
        for _ in range(TRIES):
            job = self._job(target, contents, by)
            if job.is_again and self._is_settled() and self._is_whole(job):
                if self._confirmed(target.made):
                    return Outcome(job.target, job.before, (), is_new=False)
                continue
            # Before anybody holds anything, so that who comes next knows what this one was about to do.
            self.private.put(self._manifest_key(job.target.id), job.target.text(), Label())
            if self.lease.take(job.target.id):
                return self._carried_out(job, by)
        raise BucketFailed("Others begin to publish all the time. Publish again.")

    def pointer(self) -> Pointer:
        """What is in force, read now. Raises BucketFailed."""
        return self.lease.read()

    def manifest(self, name: str) -> Manifest | None:
        """A release that was published, by its id. The one that was read last is not read again."""
        if name != self._read[0]:
            found = self.private.get(self._manifest_key(name))
            self._read = (name, Manifest.read(found.content)) if found else ("", None)
        return self._read[1]

    def _manifest_key(self, name: str) -> str:
        return f"{self.site}/releases/{name}.json"

    def _job(self, target: Manifest, contents: Contents, by: str) -> _Job:
        """Wait for whoever publishes, and see what there is."""
        pointer = self._free_pointer()
        if by == "publish":
            require_newer(target, pointer)
        live, stopped = pointer.live.id if pointer.live else "", pointer.publishing
        begun = [(one.id, one.after) for one in pointer.unsure] + ([(stopped.id, stopped.after)] if stopped else [])
        before = self.manifest(live) if live else None
        unsure = self._manifests({name for name, _ in begun})
        followed = self._manifests({after for _, after in begun} - {live, ""})
        followed += [before] if before and any(after == live for _, after in begun) else []
        target = completed(target, before, unsure, self.clock())
        pages = _Pages(contents, target)
        target, pages.touched = touched(target, doubtful(target, unsure, followed), pages.read)
        return _Job(target, before, unsure, pages)

    def _manifests(self, names: set[str]) -> list[Manifest]:
        return [found for found in map(self.manifest, sorted(names)) if found]

    def _free_pointer(self) -> Pointer:
        while (pointer := self.lease.read()).busy(self.clock()):
            self.tell("Somebody else is publishing; waiting for them", 0, LEASE)
            self.wait(PAUSE)
        return pointer

    def _is_settled(self) -> bool:
        return not self.lease.pointer.publishing and not self.lease.pointer.unpurged

    def _is_whole(self, job: _Job) -> bool:
        """Whether all of what is in force is there, which somebody may have deleted or written over by hand."""
        todo = plan(job.target, self._there(job), job.before)
        return not todo.assets and not todo.pages and {*job.target.kept, *job.target.sold} <= self._kept(job)

    def _confirmed(self, made: int) -> bool:
        """Note that what is live was built again later, so that nothing older comes after it. Gives whether it did."""
        live = self.lease.pointer.live
        if live is None or live.made >= made:
            return True
        return self.lease.write(replace(self.lease.pointer, live=replace(live, made=made)))

    def _carried_out(self, job: _Job, by: str) -> Outcome:
        """All of it, now that the pointer is ours."""
        try:
            todo = self._put_in_place(job)
            made = self.clock() if by == "rollback" else job.target.made
            live = Live(job.target.id, job.target.catalogue, made, job.target.commit)
            self.lease.move(lambda now: now.switched(live, todo.pages, by=by, now=self.clock()))
        except (Exception, KeyboardInterrupt):
            briefly(self.lease.let_go)
            raise
        return Outcome(job.target, job.before, (*todo.assets, *todo.pages), purged=self._purge())

    def _put_in_place(self, job: _Job) -> Plan:
        there = self._there(job)
        todo = plan(job.target, there, job.before, job.unsure)
        self._put_assets(todo, job)
        self._put_private(job)
        self._put_pages(todo, job, there)
        return todo

    def _there(self, job: _Job) -> Mapping[str, str]:
        """The tags of what is in place, by path. What lies there from long ago and was not in the release before is put
        there once more, for somebody may be about to clear it away (see garbage.py). One trusts that what is in force
        is whole, unless it is published again.
        """
        known = {path: file.md5 for path, file in job.before.files.items()} if job.before else {}
        todo = sum(known.get(path) != file.md5 for path, file in job.target.files.items())
        if not job.unsure and not job.is_again and todo < MANY:
            return known
        found = {key.removeprefix(self.site): one for key, one in self.pages.files(f"{self.site}/").items()}
        lately = self.clock() - GRACE + DAY
        stays = {path: path in known or not is_asset(path) or one.at > lately for path, one in found.items()}
        return {path: one.tag for path, one in found.items() if stays[path]}

    def _put_assets(self, todo: Plan, job: _Job) -> None:
        def put(path: str) -> None:
            self.lease.keep()
            self.pages.put(f"{self.site}{path}", job.pages.read(path), label_of(path, job.target.files[path]))

        self._each("Uploading files", put, todo.assets)

    def _put_private(self, job: _Job) -> None:
        known = self._kept(job)
        for folder, names, read in (
            ("files", job.target.sold, job.pages.contents.sold),
            ("catalogue", job.target.kept, job.pages.contents.kept),
        ):
            missing = [name for name in names if name not in known]
            self._each("Uploading the catalogue", self._putting(folder, read), missing)

    def _kept(self, job: _Job) -> set[str]:
        """What of the private side is there already."""
        if job.is_again:
            folders = (self.private.files(f"{self.site}/{folder}/") for folder in ("files", "catalogue"))
            return {key.rpartition("/")[2] for found in folders for key in found}
        return {*job.before.kept, *job.before.sold} if job.before else set()

    def _putting(self, folder: str, read: Callable[[str], bytes]) -> Callable[[str], None]:
        def put(name: str) -> None:
            self.lease.keep()
            content = read(name)
            if hashlib.sha256(content).hexdigest() != name:
                raise Refused(_changed(name))
            self.private.put(f"{self.site}/{folder}/{name}", content, Label("application/octet-stream"))

        return put

    def _put_pages(self, todo: Plan, job: _Job, there: Mapping[str, str]) -> None:
        def put(path: str) -> None:
            self.lease.keep()
            self._put_page(path, job.target.files[path], job.pages.read(path), there.get(path, ""))

        for step in todo.steps:
            self._each("Putting pages in place", put, step)

    def _put_page(self, path: str, file: File, content: bytes, expected: str) -> None:
        key = f"{self.site}{path}"
        for _ in range(TRIES):
            with suppress(Changed):
                self.pages.put(key, content, label_of(path, file), expected)
                return
            found = self.pages.get(key)
            self.lease.require()  # after the look: what was seen was there while we held it
            expected = found.tag if found else ""
            if expected == file.md5:
                return
        raise BucketFailed(f"{key} changes all the time. Publish again.")

    def _each(self, what: str, do: Callable[[str], None], things: Sequence[str]) -> None:
        """Do something with several things at a time. The first error ends it."""
        each(do, things, self.at_once, lambda done: self.tell(what, done, len(things)))

    def _purge(self) -> bool:
        """Tell the edge, and note that it was told. What it was not told now, the next publishing tells it."""
        paths = self.lease.pointer.unpurged
        if not paths:
            return True
        try:
            self.edge.purge(addresses(paths))
        except PurgeFailed:
            return False
        with suppress(BucketFailed):  # then the edge is told once more than is needed
            self._note_purged(paths)
        return True

    def _note_purged(self, paths: Sequence[str]) -> None:
        """As long as no other release came into force meanwhile, which may have changed the same pages."""
        live = self.lease.pointer.live
        for _ in range(TRIES):
            if self.lease.pointer.live != live or self.lease.write(self.lease.pointer.purged(paths)):
                return


@dataclass
class _Pages:
    """What the public files of a release hold, also those that were touched and those where nothing is any more."""

    contents: Contents
    release: Manifest
    touched: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """A file as the release says. Raises Refused when it is another one meanwhile."""
        if path in self.touched:
            return self.touched[path]
        file, missing = self.release.files[path], self.release.files.get(MISSING)
        is_told_missing = file.gone and missing and file.md5 == missing.md5
        content = self.contents.page(MISSING if is_told_missing else path)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise Refused(_changed(path))
        return content


def require_newer(target: Manifest, pointer: Pointer) -> None:
    """Raise Refused when what is live was made later than a release: only a roll-back goes back (R32)."""
    if pointer.live and target.made < pointer.live.made:
        raise Refused(
            f"A newer release is live: {pointer.live.id}, of {_moment(pointer.live.made)}; this one is of "
            f"{_moment(target.made)}. Nothing was published. If this one was built later all the same, the clock of "
            "one of the two machines is wrong: set it right, and build again after that moment. Otherwise build again "
            "from what is newest, or go back to an older release: pouch rollback"
        )


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def label_of(path: str, file: File) -> Label:
    """What a public file is served with."""
    notes = {"location": file.location} if file.location else {"status": "404"} if file.gone else {}
    return Label("text/html; charset=utf-8" if file.gone else type_of(path), ASSET if is_asset(path) else PAGE, notes)


def addresses(paths: Sequence[str]) -> list[str]:
    """What the edge may keep files under: as a shopper asks for each, and as release/edge/pages.js leaves that. AWS
    asks for both: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
    """
    if EVERYTHING in paths:
        return [EVERYTHING]
    asked = (path.removesuffix("index.html") if path.endswith("/index.html") else path for path in paths)
    return sorted({quote(each, safe=_AS_IT_IS) for each in (*asked, *paths)})


_AS_IT_IS = "/!'()"  # what JavaScript's encodeURIComponent leaves as well


def _changed(name: str) -> str:
    return f"{name} was changed while it was being published. Let nobody build meanwhile, and publish again."
