"""The folder that a web server shows: files are written whole, only when they differ, and none is left over."""

import json
import os
from contextlib import suppress
from pathlib import Path


class Output:
    """One build's files below `root`. `record` remembers them for the next build, and lies outside of it."""

    def __init__(self, root: Path, record: Path) -> None:
        self.root, self._record = root, record
        self._kept: set[Path] = set()

    def write(self, address: str, content: str | bytes) -> None:
        """Put a file at an address such as `/about/`, which is the file `about/index.html`."""
        path = self._path(address)
        data = content.encode() if isinstance(content, str) else content
        self._kept.add(path)
        if not path.exists() or path.read_bytes() != data:
            replace_file(path, data)

    def link(self, address: str, source: Path) -> None:
        """Put a finished file at an address that names its content, so that what is there need not be compared."""
        path = self._path(address)
        self._kept.add(path)
        if not path.exists():
            replace_file(path, source.read_bytes())

    def sweep(self) -> None:
        """Delete what the build before wrote and this one did not. What no build wrote is not ours to delete."""
        for path in self._before() - self._kept:
            path.unlink(missing_ok=True)
            self._tidy(path.parent)
        files = sorted(path.relative_to(self.root).as_posix() for path in self._kept)
        replace_file(self._record, json.dumps({"root": str(self.root.resolve()), "files": files}).encode())

    def _before(self) -> set[Path]:
        if not self._record.exists():
            return set()
        record = json.loads(self._record.read_text())
        here = record["root"] == str(self.root.resolve())
        return {self.root / name for name in record["files"]} if here else set()

    def _tidy(self, folder: Path) -> None:
        """Remove a folder and those above it, as far as they are empty."""
        with suppress(OSError):
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent

    def _path(self, address: str) -> Path:
        return self.root / (address + "index.html" if address.endswith("/") else address).lstrip("/")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in place, so that nobody ever reads half of it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
