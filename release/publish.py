"""Publishing: a release is put in place, comes into force, and the edge forgets what was there before.

Safe wherever it stops: pages lead only to what is there already, each is written only over what was expected, and who
comes next looks at what is there (R31, R32). See docs/publishing.md.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from functions.ports import Clock
from functions.shop.errors import ShopError
from release.manifest import ASSET, MISSING, PAGE, File, Manifest, is_asset, type_of
from release.plan import Plan, completed, doubtful, plan, touched
from release.pointer import LEASE, Live, Pointer
from release.ports import Bucket, BucketFailed, Changed, Edge, Label, PurgeFailed

AT_ONCE = 16  # files on their way
MANY = 200  # files to put in place, from which on it pays to look at what is there
FEW_PATHS = 30  # that are purged one by one; more are purged with all there is, which counts as one
EVERYTHING = ("/*",)
_TRIES, DAY = 8, 86_400


class Refused(ShopError):
    """A release that is not published, and why."""


class TakenOver(ShopError):
    """Somebody else publishes now, so this one stopped."""


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


@dataclass
class Publisher:
    """Publishes one site. `wait` lets some seconds pass while somebody else publishes."""

    pages: Bucket
    private: Bucket
    edge: Edge
    clock: Clock
    holder: str
    wait: Callable[[float], None]
    site: str = "main"
    tell: Progress = lambda *_: None
    at_once: int = AT_ONCE
    _tag: str = ""
    _pointer: Pointer = field(default_factory=Pointer)
    _keeping: threading.Lock = field(default_factory=threading.Lock)

    def publish(self, target: Manifest, contents: Contents, *, by: str = "publish") -> Outcome:
        """Put a release in place and in force. Raises Refused, TakenOver, BucketFailed."""
        target, before, unsure = self._begun(target, by)
        pages = _Pages(contents, target)
        parents = [found for found in map(self.manifest, {one.parent for one in unsure} - {""}) if found]
        doubts = doubtful(target, unsure, [*parents, *([before] if before else [])])
        target, pages.touched = touched(target, doubts, pages.read)
        if before and _same(target, before) and not self._pointer.publishing and not self._pointer.unpurged:
            self._confirm(target.made)
            return Outcome(before, before, (), is_new=False)
        self._keep_manifest(target)
        self._take(target)
        there = self._there(target, before, unsure)
        todo = plan(target, there, before, unsure)
        self._put_assets(todo, target, contents)
        self._put_private(target, before, contents)
        self._put_pages(todo, target, there, pages)
        live = Live(target.id, target.catalogue, self.clock() if by == "rollback" else target.made, target.commit)
        self._move(lambda now: now.switched(live, _purges(todo.pages), by=by, now=self.clock()))
        return Outcome(target, before, (*todo.assets, *todo.pages), purged=self._purge())

    def pointer(self) -> Pointer:
        """What is in force, read now. Raises BucketFailed."""
        found = self.private.get(f"{self.site}/release.json")
        self._tag, self._pointer = (found.tag, Pointer.read(found.content)) if found else ("", Pointer())
        return self._pointer

    def manifest(self, name: str) -> Manifest | None:
        """A release that was published, by its id."""
        found = self.private.get(self._manifest_key(name))
        return Manifest.read(found.content) if found else None

    def due_to_sweep(self) -> set[str]:
        """The releases that are needed, when it is time to clear away what is not; else nothing."""
        pointer = self.pointer()
        return pointer.recent(self.clock()) if pointer.swept < self.clock() - DAY else set()

    def swept(self) -> None:
        """Note that it was cleared away. Somebody else may note it at the same time."""
        with suppress(Changed):
            self._write(replace(self.pointer(), swept=self.clock()))

    def _begun(self, target: Manifest, by: str) -> tuple[Manifest, Manifest | None, list[Manifest]]:
        """Wait for whoever publishes, and see what there is."""
        pointer = self.pointer()
        while pointer.busy(self.holder, self.clock()):
            self.tell("Somebody else is publishing; waiting for them", 0, LEASE)
            self.wait(2)
            pointer = self.pointer()
        if by == "publish" and pointer.live and target.made < pointer.live.made:
            raise Refused(
                f"A newer release is live: {pointer.live.id}. Nothing was published. Build again from what is newest, "
                "or go back to an older release: pouch rollback"
            )
        before = self.manifest(pointer.live.id) if pointer.live else None
        begun = [pointer.publishing.id] if pointer.publishing else []
        names = dict.fromkeys([*(one.id for one in pointer.unsure), *begun])
        unsure = [found for found in map(self.manifest, names) if found]
        return completed(target, before, unsure, self.clock()), before, unsure

    def _confirm(self, made: int) -> None:
        """Note that what is live was built again later, so that nothing older comes after it."""
        if self._pointer.live and self._pointer.live.made < made:
            self._write_over(replace(self._pointer, live=replace(self._pointer.live, made=made)))

    def _take(self, target: Manifest) -> None:
        """Hold the pointer. Raises TakenOver."""
        self._write_over(self._pointer.taken(target.id, self.holder, self.clock()))

    def _write_over(self, wanted: Pointer) -> None:
        """Write the pointer over exactly what was seen. Raises TakenOver when somebody was faster."""
        try:
            self._write(wanted)
        except Changed as error:
            if self.pointer() != wanted:
                raise TakenOver("Somebody else began to publish in this moment. Publish again.") from error

    def _write(self, wanted: Pointer) -> None:
        self._tag = self.private.put(f"{self.site}/release.json", wanted.text(), Label(), self._tag)
        self._pointer = wanted

    def _move(self, change: Callable[[Pointer], Pointer]) -> None:
        """Change the pointer, as long as it is ours. Raises TakenOver."""
        with self._keeping:
            for _ in range(_TRIES):
                wanted = change(self._pointer)
                with suppress(Changed):
                    self._write(wanted)
                    return
                if self.pointer() == wanted:  # the answer to our own writing was lost
                    return
                self._require_hold()
            raise BucketFailed("The pointer changes all the time. Publish again.")

    def _require_hold(self) -> None:
        if not self._pointer.publishing or self._pointer.publishing.holder != self.holder:
            raise TakenOver("Somebody else publishes now, so this stopped. What they publish is what holds.")

    def _hold(self) -> None:
        """Say in time that we are still at it."""
        held = self._pointer.publishing
        if held and self.clock() > held.until - LEASE // 2:
            self._move(lambda now: now.held(self.clock()))

    def _there(self, target: Manifest, before: Manifest | None, unsure: Sequence[Manifest]) -> Mapping[str, str]:
        """The tags of what is in place, by path. An asset that no release of late had is put there once more, for
        somebody may be about to clear it away.
        """
        known = {path: file.md5 for path, file in before.files.items()} if before else {}
        todo = sum(known.get(path) != file.md5 for path, file in target.files.items())
        if not unsure and todo < MANY:
            return known
        prefix = f"{self.site}"
        tags = {key.removeprefix(prefix): tag for key, tag in self.pages.tags(f"{prefix}/").items()}
        lately = known.keys() | {path for manifest in unsure for path in manifest.files}
        return {path: tag for path, tag in tags.items() if path in lately or not is_asset(path)}

    def _put_assets(self, todo: Plan, target: Manifest, contents: Contents) -> None:
        def put(path: str) -> None:
            self._hold()
            self.pages.put(f"{self.site}{path}", contents.page(path), label_of(path, target.files[path]))

        self._each("Uploading files", put, todo.assets)

    def _put_private(self, target: Manifest, before: Manifest | None, contents: Contents) -> None:
        known = {*before.kept, *before.sold} if before else set()
        for folder, names, read in (
            ("files", target.sold, contents.sold),
            ("catalogue", target.kept, contents.kept),
        ):
            missing = [name for name in names if name not in known]
            self._each("Uploading the catalogue", self._kept(folder, read), missing)

    def _kept(self, folder: str, read: Callable[[str], bytes]) -> Callable[[str], None]:
        def put(name: str) -> None:
            self._hold()
            self.private.put(f"{self.site}/{folder}/{name}", read(name), Label("application/octet-stream"))

        return put

    def _keep_manifest(self, target: Manifest) -> None:
        """Before anybody holds anything, so that who comes next knows what this one was about to do."""
        self.private.put(self._manifest_key(target.id), target.text(), Label())

    def _manifest_key(self, name: str) -> str:
        return f"{self.site}/releases/{name}.json"

    def _put_pages(self, todo: Plan, target: Manifest, there: Mapping[str, str], pages: "_Pages") -> None:
        def put(path: str) -> None:
            self._hold()
            self._put_page(path, target.files[path], pages.read(path), there.get(path, ""))

        for step in todo.steps:
            self._each("Putting pages in place", put, step)

    def _put_page(self, path: str, file: File, content: bytes, expected: str) -> None:
        key = f"{self.site}{path}"
        for _ in range(_TRIES):
            with suppress(Changed):
                self.pages.put(key, content, label_of(path, file), expected)
                return
            with self._keeping:
                self.pointer()
                self._require_hold()
            found = self.pages.get(key)
            expected = found.tag if found else ""
            if expected == file.md5:
                return
        raise BucketFailed(f"{key} changes all the time. Publish again.")

    def _each(self, what: str, do: Callable[[str], None], things: Sequence[str]) -> None:
        """Do something with several things at a time. The first error ends it."""
        if self.at_once == 1 or len(things) < 2:  # noqa: PLR2004 (one alone needs no thread)
            for number, thing in enumerate(things, 1):
                do(thing)
                self.tell(what, number, len(things))
            return
        with ThreadPoolExecutor(self.at_once) as threads:
            try:
                for number, _ in enumerate(threads.map(do, things), 1):
                    self.tell(what, number, len(things))
            except BaseException:
                threads.shutdown(wait=True, cancel_futures=True)
                raise

    def _purge(self) -> bool:
        """Tell the edge, and note that it was told. What it was not told now, the next publishing tells it."""
        paths = self._pointer.unpurged
        if not paths:
            return True
        try:
            self.edge.purge(paths if len(paths) <= FEW_PATHS else EVERYTHING)
        except PurgeFailed:
            return False
        for _ in range(_TRIES):
            with suppress(Changed):
                self._write(self._pointer.purged(paths))
                break
            self.pointer()
        return True


@dataclass
class _Pages:
    """What the pages of a release hold, those that were touched and those of addresses with nothing among them."""

    contents: Contents
    release: Manifest
    touched: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        if path in self.touched:
            return self.touched[path]
        return self.contents.page(MISSING if self.release.files[path].gone else path)


def label_of(path: str, file: File) -> Label:
    """What a public file is served with."""
    notes = {"location": file.location} if file.location else {"status": "404"} if file.gone else {}
    return Label("text/html; charset=utf-8" if file.gone else type_of(path), ASSET if is_asset(path) else PAGE, notes)


def _same(target: Manifest, before: Manifest) -> bool:
    return replace(target, made=0, commit="", parent="").id == before.id


def _purges(paths: Iterable[str]) -> list[str]:
    """Paths as a shopper asks for them: a page is asked for by its folder."""
    return sorted({f"{path.removesuffix('index.html')}*" if path.endswith("/index.html") else path for path in paths})
