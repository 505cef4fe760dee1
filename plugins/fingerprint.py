"""Fingerprints: short names for contents and for the state of files, by which a build knows what changed."""

import hashlib
import os
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SIZE = 16  # bytes; two contents with one fingerprint are not to be expected before the sun goes out


def fingerprint(*contents: bytes | str | Path) -> bytes:
    """Of these contents in this order; where one ends and the next begins counts."""
    if len(contents) == 1 and type(only := contents[0]) is str:  # as most are
        return hashlib.sha256(only.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()[:SIZE]
    texts = [each if isinstance(each, bytes) else str(each).encode("utf-8", "surrogatepass") for each in contents]
    lengths = b"".join([len(text).to_bytes(8, "big") for text in texts[1:]])
    return hashlib.sha256(b"".join((lengths, *texts)), usedforsecurity=False).digest()[:SIZE]


def file_state(path: str | Path) -> str:
    """Changes whenever the file is written, without reading it; empty when there is none."""
    try:
        return state_of(os.stat(path))  # noqa: PTH116 (run for each of ten thousand files)
    except OSError:
        return ""


def state_of(stat: os.stat_result) -> str:
    """The state of a file by what the system says of it. The change time cannot be set back by tools."""
    return f"{stat.st_size}.{stat.st_mtime_ns}.{stat.st_ctime_ns}.{stat.st_ino}"


def tree_state(folders: Iterable[Path]) -> bytes:
    """Of all files below some folders, by their states."""
    states = (f"{path}\0{file_state(path)}" for folder in folders for path in sorted(_files(folder)))
    return fingerprint("\n".join(states))


@cache
def code_state() -> bytes:
    """Of this program's own files, as far as they decide how pages come out, and of which libraries are installed; a
    process keeps what it has loaded.
    """
    here = Path(__file__).parent
    own = tree_state([here, *(here.parent / "functions" / name for name in ("shop", "language"))])
    return fingerprint(own, file_state(sysconfig.get_path("purelib")))  # a folder changes with what is put into it


def _files(folder: Path) -> Iterable[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        yield from (os.path.join(root, name) for name in names if not name.startswith("."))  # noqa: PTH118 (thrice as fast)
