"""The trail of a file: all its versions, through all the names it had."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plugins import git


class Trail(NamedTuple):
    """A file's versions as (seconds since 1970, blob), the oldest first; a version without a blob was deleted.

    `made` names the commit that created the file. It is empty where the file may have been somewhere else before.
    """

    versions: tuple[tuple[int, str], ...] = ()
    made: str = ""


def follow(commits: Iterable[git.Commit], names: Iterable[str] | None = None) -> dict[str, Trail]:
    """The trails of files that have these names now, or of all that are there; `commits` come newest first."""
    called = {name: name for name in names or ()}
    versions: dict[str, list[tuple[int, str]]] = {}
    made: dict[str, str] = {}
    met: set[str] = set()
    for commit in commits:
        if names is None:
            called |= {change.name: change.name for change in _present(commit, met)}
        touched = [(change, called[change.name]) for change in commit.changes if change.name in called]
        for change, name in touched:
            versions.setdefault(name, []).append((commit.time, change.blob))
            made[name] = commit.id if change.kind == "A" and commit.creates else ""
        _rename(called, [(change, name) for change, name in touched if change.kind == "R"])
    return {name: Trail(_in_order(found), made[name]) for name, found in versions.items()}


def without_moved(found: git.Repository, trails: Mapping[str, Trail]) -> dict[str, Trail]:
    """The same trails; a file that was moved in from elsewhere in the repository is made by no commit of these."""
    moved = git.moved_in(found, sorted({trail.made for trail in trails.values() if trail.made}))
    return {name: Trail(trail.versions) if name in moved else trail for name, trail in trails.items()}


def _present(commit: git.Commit, met: set[str]) -> list[git.Change]:
    """What this commit did to files that are still there, among those that no later commit has met."""
    new = [change for change in commit.changes if change.name not in met]
    met.update(name for change in commit.changes for name in (change.name, change.old))
    return [change for change in new if change.kind != "D"]


def _rename(called: dict[str, str], renamed: Sequence[tuple[git.Change, str]]) -> None:
    """Further back these files go by their old names; all at once, for two may have swapped theirs."""
    for change, _ in renamed:
        del called[change.name]
    called |= {change.old: name for change, name in renamed}


def _in_order(newest_first: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Oldest first, and none before the one it builds upon, whatever the clock of a computer said."""
    ordered, latest = [], 0
    for time, blob in reversed(newest_first):
        latest = max(latest, time)
        ordered.append((latest, blob))
    return tuple(ordered)
