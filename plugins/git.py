"""What git knows of a folder: which files changed when, and what stood in them. A few calls for all files together."""

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SECONDS = 120  # that git may take; a history that takes longer is as good as none
_LOG = (
    *("-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "diff.renameLimit=1000"),
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--format=%x01%H %P %ct"),
)


class Repository(NamedTuple):
    """A folder under git. `head` is the commit it stands on, `prefix` where it lies in the repository.

    Where it was fetched without its older commits, `shallow` names the oldest that are there; it is empty otherwise.
    """

    folder: Path
    head: str
    prefix: str
    shallow: str


class Change(NamedTuple):
    """A file as a commit left it: `name` is relative to the folder, `blob` names the content; "" when it was deleted.

    `kind` is git's letter: A added, M changed, D deleted, R renamed from `old`, T of another type.
    """

    kind: str
    name: str
    blob: str
    old: str = ""


class Commit(NamedTuple):
    """One step of the line of commits that leads to the present one. `time` is in seconds since 1970, UTC.

    The `first` one has nothing before it: the repository begins there, or what was fetched of it.
    """

    id: str
    first: bool
    time: int
    changes: tuple[Change, ...]

    @property
    def creates(self) -> bool:
        """Whether what it adds is new; in a first commit, or where something is deleted, it may be older."""
        return not self.first and all(change.kind != "D" for change in self.changes)


def repository(folder: Path) -> Repository | None:
    """The repository in which a folder lies; None without git, outside of one, or before its first commit."""
    answer = _ask(folder, "rev-parse", "HEAD", "--show-prefix", "--git-path", "shallow")
    if answer is None:
        return None
    head, prefix, shallow = os.fsdecode(answer).split("\n")[:3]
    cut_off = folder / shallow
    return Repository(folder, head, prefix, cut_off.read_text() if cut_off.exists() else "")


def commits(found: Repository, paths: Sequence[str], since: int = 0) -> list[Commit]:
    """The commits that changed these paths in the folder, the newest first. `since` is in seconds since 1970, UTC.

    They are the line on which the shop is published: each commit's first parent. What stood on a branch counts from
    the day on which it was merged.
    """
    recent = (f"--since=@{since}",) if since else ()
    answer = _ask(found.folder, *_LOG, *recent, "--relative", "--", *paths)
    return list(_parsed(answer or b""))


def moved_in(found: Repository, ids: Sequence[str]) -> set[str]:
    """The names of files that these commits did not create but moved into the folder from elsewhere."""
    answer = _ask(found.folder, *_LOG, "--no-relative", "--no-walk=unsorted", *ids) if ids else None
    renamed = (change for commit in _parsed(answer or b"") for change in commit.changes if change.kind == "R")
    inside = [change for change in renamed if change.name.startswith(found.prefix)]
    return {change.name.removeprefix(found.prefix) for change in inside if not change.old.startswith(found.prefix)}


def contents(found: Repository, blobs: Sequence[str]) -> dict[str, bytes]:
    """What stood in these blobs, as far as they are there."""
    names = "".join(f"{blob}\n" for blob in blobs).encode()
    answer = _ask(found.folder, "cat-file", "--batch", given=names) if blobs else None
    return dict(_blobs(answer or b""))


def _ask(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git answers; None when it is not there, refuses or takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        ran = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout if ran.returncode == 0 else None


def _parsed(log: bytes) -> Iterator[Commit]:
    words = iter(os.fsdecode(log).split("\0"))
    head, changes = "", list[Change]()
    for word in words:
        if word.startswith("\1"):
            if head:
                yield _commit(head, changes)
            head, changes = word[1:], []
        elif word.lstrip("\n").startswith(":"):
            changes.append(_change(word, words.__next__))
    if head:
        yield _commit(head, changes)


def _commit(head: str, changes: list[Change]) -> Commit:
    name, *parents, time = head.split()
    return Commit(name, not parents, int(time), tuple(changes))


def _change(word: str, next_word: Callable[[], str]) -> Change:
    _, _, _, blob, kind = word.split()
    old = next_word() if kind[0] in "RC" else ""
    return Change(kind[0], next_word(), "" if kind == "D" else blob, old)


def _blobs(answer: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, *kind_and_size = answer[at:end].decode().split()
        at = end + 1
        if len(kind_and_size) == 2:  # noqa: PLR2004 (a missing one says only that)
            size = int(kind_and_size[1])
            yield name, answer[at : at + size]
            at += size + 1
