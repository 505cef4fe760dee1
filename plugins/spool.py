"""A spool: where what was made of products waits, outside of any process's memory, until the build may publish it."""

import marshal
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

BUFFER = 1 << 20  # bytes that go to the file together
Place = tuple[str, int, int]
"""Where something waits: the file's name, its beginning and its length."""


class Spool:
    """A folder with one file for each process that writes; every process reads them all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._out: tuple[int, BinaryIO] | None = None
        self._in: dict[tuple[int, str], int] = {}

    def put(self, value: Any) -> Place:
        """Let a value wait; it may be made of texts, bytes, numbers and tuples."""
        data, file = marshal.dumps(value), self._file()
        start = file.tell()
        file.write(data)
        return (Path(file.name).name, start, len(data))

    def flush(self) -> None:
        """Let other processes see what this one has put."""
        if self._out:
            self._out[1].flush()

    def take(self, place: Place) -> Any:
        """What waits at a place."""
        name, start, length = place
        return marshal.loads(os.pread(self._reading(name), length, start))  # noqa: S302 (our own processes wrote it)

    def close(self) -> None:
        """Let go of the files."""
        if self._out:
            self._out[1].close()
        for descriptor in self._in.values():
            os.close(descriptor)

    def _file(self) -> BinaryIO:
        if self._out is None or self._out[0] != os.getpid():
            self._out = (os.getpid(), (self._folder / str(os.getpid())).open("ab", BUFFER))
        return self._out[1]

    def _reading(self, name: str) -> int:
        key = (os.getpid(), name)
        if key not in self._in:
            self._in[key] = os.open(self._folder / name, os.O_RDONLY)
        return self._in[key]


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """A spool for the time of one build."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = Spool(folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)
