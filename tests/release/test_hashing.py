"""Hashes of a folder's files, and when those of the last time are good enough."""

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from release.hashing import TICK, Hashes, hashes_below

LATER = 60 * 10**9  # nanoseconds


def later() -> int:
    """A time at which all files have been resting for a while."""
    return time.time_ns() + LATER


def hashes_of(content: bytes) -> Hashes:
    return Hashes(hashlib.sha256(content).hexdigest(), hashlib.md5(content).hexdigest(), len(content))  # noqa: S324


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some files."""
    for name, content in {"b.txt": b"one", "a/b/index.html": b"two", "a-b.txt": b"one"}.items():
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "output"


def test_every_file_is_hashed_under_its_address_in_their_order(folder: Path) -> None:
    found = hashes_below(folder)
    assert list(found) == ["/a-b.txt", "/a/b/index.html", "/b.txt"]
    assert found == {"/a-b.txt": hashes_of(b"one"), "/a/b/index.html": hashes_of(b"two"), "/b.txt": hashes_of(b"one")}


def marked(memory: Path) -> None:
    """Write another size into the memory, to be known again by it."""
    told = json.loads(memory.read_bytes())
    memory.write_text(json.dumps({name: (state, (sha, md5, 99)) for name, (state, (sha, md5, _)) in told.items()}))


def test_what_nobody_touched_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    memory = tmp_path / "cache" / "hashes.json"
    assert hashes_below(folder, memory, later) == hashes_below(folder)
    marked(memory)
    assert {one.size for one in hashes_below(folder, memory, later).values()} == {99}


def test_what_was_written_is_read_also_when_size_and_time_were_set_back(folder: Path, tmp_path: Path) -> None:
    """A copy with its times kept, or a checkout: the system has a time of change that no tool sets."""
    memory, path = tmp_path / "hashes.json", folder / "b.txt"
    hashes_below(folder, memory, later)
    marked(memory)
    stat = path.stat()
    path.write_bytes(b"eno")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_mtime_ns == stat.st_mtime_ns
    found = hashes_below(folder, memory, later)
    assert (found["/b.txt"], found["/a-b.txt"].size) == (hashes_of(b"eno"), 99)
    path.unlink()
    assert list(hashes_below(folder, memory, later)) == ["/a-b.txt", "/a/b/index.html"]
    assert list(json.loads(memory.read_bytes())) == ["/a-b.txt", "/a/b/index.html"]


def test_what_was_written_a_moment_ago_is_not_remembered(folder: Path, tmp_path: Path) -> None:
    """It may be written again within the same tick of the clock."""
    memory = tmp_path / "hashes.json"
    written = sorted(path.stat().st_ctime_ns for path in folder.rglob("*.*"))
    hashes_below(folder, memory, lambda: written[0] + TICK)
    assert json.loads(memory.read_bytes()) == {}
    hashes_below(folder, memory, lambda: written[-1] + TICK + 1)
    assert len(json.loads(memory.read_bytes())) == 3


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/b.txt": 1}', '{"/b.txt": ["", []]}', '{"/b.txt": ["a", ["b"]]}'])
def test_a_memory_that_cannot_be_read_is_none(folder: Path, tmp_path: Path, text: str) -> None:
    memory = tmp_path / "hashes.json"
    memory.write_text(text)
    assert hashes_below(folder, memory, later) == hashes_below(folder)
