"""A plan: what has to be put in place for a release, in an order in which no page ever leads to what is not there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from release.manifest import HOME, MISSING, Manifest, file_of, is_asset
from release.pointer import GRACE

_TOUCHABLE = (".html", ".md", ".txt", ".xml", ".json", ".js")
PageReader = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths: assets first, then pages at new addresses, those that somebody who stopped wanted to take away, those that
    change, and those that come to hold nothing.

    All of one step are there before the next begins: a page leads to assets, and to pages of its own release only.
    """

    assets: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    endangered: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, ...], ...]:
        """The pages, step by step."""
        return (self.new, self.endangered, self.changed, self.gone)

    @property
    def pages(self) -> tuple[str, ...]:
        """All but assets."""
        return tuple(chain.from_iterable(self.steps))


def plan(
    target: Manifest, there: Mapping[str, str], before: Manifest | None = None, unsure: Sequence[Manifest] = ()
) -> Plan:
    """What is missing where the tags `there` are by path, after a release, and others of which some may be in place."""
    empty = {file.md5 for one in (*unsure, *([before] if before else [])) for file in one.files.values() if file.gone}
    endangered = {path for one in unsure for path, file in one.files.items() if file.gone}
    steps: dict[str, list[str]] = {"assets": [], "new": [], "endangered": [], "changed": [], "gone": []}
    for path, file in sorted(target.files.items()):
        if there.get(path) == file.md5:
            continue
        if is_asset(path):
            steps["assets"].append(path)
        elif file.gone:
            steps["gone"].append(path)
        elif path != HOME and there.get(path, "") in {"", *empty}:  # everybody knows the home, also before there is one
            steps["new"].append(path)
        else:
            steps["endangered" if path in endangered else "changed"].append(path)
    return Plan(**{name: tuple(paths) for name, paths in steps.items()})


def completed(target: Manifest, parent: Manifest | None, unsure: Iterable[Manifest], now: int) -> Manifest:
    """The release with what no build knows: the addresses at which there was something and now is nothing.

    They say so for 30 days, with the page for what is missing; then they are forgotten.
    """
    missing = target.files.get(MISSING)
    if missing is None:
        return target
    files = dict(target.files)
    for manifest in (*unsure, *([parent] if parent else [])):
        for path, file in manifest.files.items():
            went = file.gone or now
            if path not in files and not is_asset(path) and went >= now - GRACE:
                files[path] = replace(missing, location="", gone=went)
    return replace(target, files=dict(sorted(files.items())), parent=parent.id if parent else "")


def doubtful(target: Manifest, unsure: Sequence[Manifest], followed: Sequence[Manifest]) -> dict[str, frozenset[str]]:
    """The pages that a publisher who stopped would have had otherwise, with the tags over which they may yet write
    theirs: those of the releases that they `followed`, of others that stopped, and the page's own as it was built.
    """
    found = {}
    for path, file in target.files.items():
        others = any(path in one.files and one.files[path].md5 != file.md5 for one in unsure)
        if others and path.endswith(_TOUCHABLE) and not is_asset(path):
            tags = (one.files[path].md5 for one in (*unsure, *followed) if path in one.files)
            found[path] = frozenset((file.md5, *tags))
    return found


def touched(
    target: Manifest, doubts: Mapping[str, frozenset[str]], read: PageReader
) -> tuple[Manifest, dict[str, bytes]]:
    """The release with a line break more at the end of these pages, so that their tags are others, and what they hold
    then.
    """
    files, contents = dict(target.files), {}
    for path, expected in doubts.items():
        old, content = files[path], read(path)
        while files[path].md5 in expected:
            content += b"\n"
            files[path] = file_of(content, old.location, old.gone)
        contents[path] = content
    return replace(target, files=files), contents
