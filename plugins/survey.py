"""A survey: which files are not as they were left, found out by a process of its own while this one has other work."""

import marshal
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from plugins.parallel import WorkFailed


@contextmanager
def survey(names: Iterable[str], is_intact: Callable[[str], bool]) -> Iterator[Callable[[], frozenset[str]]]:
    """Ask `is_intact` for each name, at once. What it gives tells those that are not, once that is known."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _tell(writing, names, is_intact)
    os.close(writing)
    with open(reading, "rb") as told:  # noqa: PTH123 (it is no path)
        try:
            yield lambda: _heard(told.read())
        finally:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)  # it has said all there is to say, or nobody listens any more
            os.waitpid(process, 0)


def _tell(writing: int, names: Iterable[str], is_intact: Callable[[str], bool]) -> None:
    """In the forked process, which ends without Python's long goodbye."""
    try:
        changed = [name for name in names if not is_intact(name)]
        with open(writing, "wb") as told:
            told.write(marshal.dumps(changed))
    finally:
        os._exit(0)


def _heard(words: bytes) -> frozenset[str]:
    try:
        return frozenset(marshal.loads(words))  # noqa: S302 (our own process wrote it)
    except (EOFError, ValueError) as error:
        raise WorkFailed("A process that looked at the pages was ended before it was done. Build again.") from error
