"""A spool: where what was made of products waits, outside of any process's memory, until the build may publish it."""

import marshal
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO

BUFFER = 1 << 20  # bytes that go to the file together
Place = tuple[Any, ...]
"""Where some values wait one after the other: the file's name, where they begin, and the length of each."""


class Spool:
    """A folder with one file for each process that writes; every process reads them all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._out: tuple[int, str, BinaryIO] | None = None
        self._in: dict[str, int] = {}

    def put(self, *values: Any) -> Place:
        """Let values wait; they may be made of texts, bytes, numbers and tuples."""
        datas = [marshal.dumps(value) for value in values]
        _, name, file = self._file()
        start = file.tell()
        file.writelines(datas)
        return (name, start, *map(len, datas))

    def flush(self) -> None:
        """Let other processes see what this one has put."""
        if self._out:
            self._out[2].flush()

    def take(self, place: Place, number: int = 0) -> Any:
        """One of the values that wait at a place, by its number."""
        name, start, *lengths = place
        data = os.pread(self._reading(name), lengths[number], start + sum(lengths[:number]))
        return marshal.loads(data)  # noqa: S302 (our own processes wrote it)

    def close(self) -> None:
        """Let go of the files."""
        if self._out:
            self._out[2].close()
        for descriptor in self._in.values():
            os.close(descriptor)

    def _file(self) -> tuple[int, str, BinaryIO]:
        """This process, the name of its file, which all places share, and the file."""
        process = os.getpid()
        if self._out is None or self._out[0] != process:
            name = intern(str(process))
            self._out = (process, name, (self._folder / name).open("ab", BUFFER))
        return self._out

    def _reading(self, name: str) -> int:
        """An open file; one that was opened before a fork serves both processes, for nobody moves its position."""
        if name not in self._in:
            self._in[name] = os.open(self._folder / name, os.O_RDONLY)
        return self._in[name]


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
