"""The folder that a web server shows: files are written whole, only when they differ, and none is left over.

What each file was made from (its key) is remembered between builds. So a build leaves alone what would be the same,
without making it or even reading it, as long as nobody else touched the file.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from filecmp import cmp
from functools import cache
from glob import escape
from pathlib import Path
from typing import Self

from plugins.survey import survey

_BUFFER = 1 << 20  # bytes that are written together
MANY = 1_000  # files that take longer to be looked at than a process to be started
NAMED_BY_CONTENT = b"content"  # the key of a file whose address changes with what is in it


Written = tuple[bytes, int, int]
"""A file as a build left it: made from what, and the size and time that the system noted."""


class Output:
    """One build's files below `root`, and what the build before wrote there, by address such as `/about/`. At those
    that are `unfinished` a build may have been cut off.
    """

    def __init__(self, root: Path, before: Mapping[str, Written], unfinished: Iterable[str] = ()) -> None:
        self.root, self._before, self._unfinished = root, before, unfinished
        self.written: dict[str, Written] = {}
        self._top = f"{root}/"
        self._folders: dict[str, bool] = {}  # those that files were put into, and whether this build made them
        self._altered: Callable[[], frozenset[str]] | None = None

    @contextmanager
    def surveyed(self) -> Iterator[Self]:
        """The output while another process looks at what the build before left, and whether somebody touched it.

        Few files are looked at when it is asked for them.
        """
        if len(self._before) < MANY or not hasattr(os, "fork"):
            yield self
            return
        with survey(self._before, self._is_as_left) as altered:
            self._altered = cache(altered)
            yield self

    def keep(self, address: str, key: bytes) -> bool:
        """Whether a file is there that was made from the very same; it is kept then, and need not be made."""
        before = self._before.get(address)
        if before is None or before[0] != key or not self._is_untouched(address):
            return False
        self.written[address] = before
        return True

    def keep_all(self, prefix: str, key: bytes) -> bool:
        """Whether there are files whose addresses begin so, all made from the very same; they are kept then."""
        family = [address for address in self._before if address.startswith(prefix)]
        return bool(family) and all(self.keep(address, key) for address in family)

    def write(self, address: str, content: str | bytes | Iterator[str], key: bytes = b"") -> None:
        """Put a file at an address such as `/about/`, which is the file `about/index.html`. `key` is for `keep`.

        What is too large to be held at once can come in pieces.
        """
        put = self._put_pieces if isinstance(content, Iterator) else self.put
        self.note(address, put(address, content, key))  # type: ignore[arg-type]

    def put(self, address: str, content: str | bytes, key: bytes) -> Written:
        """As `write`, for another process to `note`."""
        data = content.encode() if isinstance(content, str) else content
        before = self._before.get(address)
        if before and before[1] == len(data) and self._is_as_left(address) and self._holds(address, data):
            return (key, *before[1:])
        return self._replaced(address, data, key)

    def _put_pieces(self, address: str, pieces: Iterator[str], key: bytes) -> Written:
        path, before = self._path(address), self._before.get(address)
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        with _aside(path) as aside:
            size = _write_all(aside, pieces)
            if before and before[1] == size and self._is_as_left(address) and cmp(aside, path, shallow=False):
                return (key, *before[1:])
            os.replace(aside, path)  # noqa: PTH105
        stat = os.stat(path)  # noqa: PTH116
        return (key, stat.st_size, stat.st_mtime_ns)

    def link(self, address: str, source: Path) -> None:
        """Put a finished file at an address that names its content, so that what is there need not be compared."""
        if not self.keep(address, NAMED_BY_CONTENT):
            self.write(address, source.read_bytes(), NAMED_BY_CONTENT)

    def note(self, address: str, written: Written) -> None:
        """Take down what was put at an address, by whichever process."""
        self.written[address] = written

    def sweep(self) -> None:
        """Delete what the build before wrote and this one did not. What no build wrote is not ours to delete."""
        for address in self._unfinished:
            folder, _, name = self._path(address).rpartition("/")
            for aside in Path(folder).glob(f".{escape(name)}.[0-9]*"):
                aside.unlink()
        for address in self._before.keys() - self.written.keys():
            self._delete(Path(self._path(address)))

    def _replaced(self, address: str, data: bytes, key: bytes) -> Written:
        path = self._path(address)
        try:
            stat = self._placed(path, data)
        except (NotADirectoryError, IsADirectoryError):
            self._make_way(path)
            stat = self._placed(path, data)
        return (key, stat.st_size, stat.st_mtime_ns)

    def _placed(self, path: str, data: bytes) -> os.stat_result:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = _make_folder(folder)
        is_new = self._folders[folder]
        return write_new(path, data) if is_new else write_whole(path, data)

    def _make_way(self, path: str) -> None:
        """Delete what an earlier build left where there must be a folder now, or a file where there was a folder."""
        for address in self._before.keys() - self.written.keys():
            old = self._path(address)
            if path.startswith(f"{old}/") or old.startswith(f"{path}/"):
                self._delete(Path(old))
        self._folders.clear()

    def _is_untouched(self, address: str) -> bool:
        return address not in self._altered() if self._altered else self._is_as_left(address)

    def _is_as_left(self, address: str) -> bool:
        left = self._before[address]
        try:
            stat = os.stat(self._path(address))  # noqa: PTH116
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == left[1:]

    def _holds(self, address: str, data: bytes) -> bool:
        return Path(self._path(address)).read_bytes() == data

    def _delete(self, path: Path) -> None:
        if path.is_file():
            path.unlink()
        self._tidy(path.parent)

    def _tidy(self, folder: Path) -> None:
        """Remove a folder and those above it, as far as they are empty."""
        with suppress(OSError):
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent

    def _path(self, address: str) -> str:
        return f"{self._top}{address[1:]}index.html" if address[-1] == "/" else f"{self._top}{address.lstrip('/')}"


def write_whole(path: str, data: bytes) -> os.stat_result:
    """Write a file aside and put it in place, so that nobody ever reads half of it. Its folder must be there."""
    with _aside(path) as aside:
        stat = write_new(aside, data)
        os.replace(aside, path)  # noqa: PTH105
    return stat


@contextmanager
def _aside(path: str) -> Iterator[str]:
    """Where to write a file before it is put in place; if it is not, it is deleted."""
    folder, _, name = path.rpartition("/")
    aside = f"{folder}/.{name}.{os.getpid()}"
    try:
        yield aside
    finally:
        with suppress(FileNotFoundError):
            os.unlink(aside)  # noqa: PTH108


def _write_all(path: str, pieces: Iterable[str]) -> int:
    """Write a file piece by piece; gives its size in bytes."""
    with open(path, "wb", buffering=_BUFFER) as file:  # noqa: PTH123
        file.writelines(piece.encode() for piece in pieces)
        return file.tell()


def write_new(path: str, data: bytes) -> os.stat_result:
    """Write a file into a folder that was not there a moment ago: nobody knows of it before it is whole."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(data)
        while left:  # the system may take less at once
            left = left[os.write(file, left) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _make_folder(path: str) -> bool:
    """Make a folder, and those above it; whether it was not there."""
    try:
        os.mkdir(path)  # noqa: PTH102
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103
    return True


def replace_if_other(path: Path, data: bytes) -> None:
    """Write a file whole, unless it holds the very same already."""
    if not path.exists() or path.read_bytes() != data:
        replace_file(path, data)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(str(path), data)
