"""Every picture in content/images/, looked at again only when its file changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.content import Look, look_at, visible_files
from plugins.fingerprint import file_state
from plugins.memory import Memory
from plugins.parallel import spread


def look_at_pictures(folder: Path, memory: Memory) -> dict[str, Look]:
    """Every file in the folder and those below it, by its path within it."""
    states = {path.relative_to(folder).as_posix(): file_state(path) for path in visible_files(folder)}
    known = memory.pictures()
    changed = [name for name, state in states.items() if known.get(name, ("",))[0] != state]

    def look(names: Iterable[str]) -> Iterator[tuple[str, str, int, int]]:
        return ((name, *look_at(folder / name)) for name in names)

    new = {name: (states[name], tuple(seen)) for name, *seen in spread(look, changed)}
    memory.learn_pictures(new, gone=known.keys() - states.keys())
    found = {**known, **new}
    return {name: Look(*found[name][1]) for name in states}
