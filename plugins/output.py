"""The folder that a web server shows: files are written whole, only when they differ, and none is left over."""

import tempfile
from pathlib import Path


class Output:
    """One build's files below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
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
        """Delete what earlier builds wrote and this one did not, and folders that became empty."""
        found = sorted(self.root.rglob("*"), reverse=True)
        for path in found:
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self._kept:
                path.unlink()

    def _path(self, address: str) -> Path:
        return self.root / (address + "index.html" if address.endswith("/") else address).lstrip("/")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in place, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
