"""A manifest: every public file of a release by its content, and what functions read beside them."""

import hashlib
import json
import mimetypes
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from functions.shop.record import from_json, to_json
from plugins.release import canonical_json
from release.hashing import files_below, hashes, hashes_below, read

ASSET, PAGE = "public, max-age=31536000, immutable", "public, max-age=0, s-maxage=86400, must-revalidate"
HOME, MISSING = "/index.html", "/404.html"
_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+$|_[0-9a-f]{7,}\.pf_[a-z]+$", re.ASCII)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True, slots=True)
class File:
    """A public file. `md5` is the tag that a bucket gives it; `location` is where an old address leads; `gone` is when
    an address came to hold nothing (Unix seconds), which it then says with the page for what is missing.
    """

    sha256: str
    md5: str
    size: int
    location: str = ""
    gone: int = 0


@dataclass(frozen=True)
class Manifest:
    """A release. `files` are by path, such as `/about/index.html`; `catalogue` is the list that functions read, `kept`
    all files of the private side by their SHA-256, that list included, and `sold` the files that are sold.

    `made` is when it was built (Unix seconds), `commit` from what, and `parent` the release that it followed.
    """

    files: Mapping[str, File]
    catalogue: str
    kept: tuple[str, ...]
    sold: tuple[str, ...] = ()
    made: int = 0
    commit: str = ""
    parent: str = ""

    @cached_property
    def id(self) -> str:
        """One name for one content, whenever and by whomever it is published."""
        return hashlib.sha256(canonical_json(self._content).encode()).hexdigest()[:16]

    @cached_property
    def _content(self) -> dict[str, Any]:
        files = {path: to_json(file) for path, file in self.files.items()}
        return {"files": files, "catalogue": self.catalogue, "kept": list(self.kept), "sold": list(self.sold)}

    def text(self) -> bytes:
        """As it is kept."""
        told = {"id": self.id, "made": self.made, "commit": self.commit, "parent": self.parent}
        return canonical_json(told | self._content).encode()

    @classmethod
    def read(cls, text: bytes) -> Self:
        """From its text. Raises ValueError, KeyError or TypeError for what is none."""
        told = json.loads(text)
        files = {path: from_json(File, file) for path, file in told["files"].items()}
        found = cls(
            files, told["catalogue"], tuple(told["kept"]), tuple(told["sold"]), told["made"], told["commit"],
            told["parent"],
        )  # fmt: skip
        vars(found)["id"] = told["id"]  # its name in the bucket, also when names are made in another way some day
        return found


@dataclass(frozen=True, slots=True)
class Built:
    """A release in the folders where it was built: `output/` and `build/`."""

    output: Path
    build: Path
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> int:
        """When the last of its files was written (Unix seconds)."""
        paths = (str(self.build / "release.json"), *(path for _, path in files_below(str(self.output))))
        return int(max(os.stat(path).st_mtime for path in paths))  # noqa: PTH116 (of ten thousand files)

    def page(self, path: str) -> bytes:
        """A public file."""
        return read(f"{self.output}{path}")

    def kept(self, name: str) -> bytes:
        """A file of the private side."""
        listed = (self.build / "release.json").read_bytes()
        return listed if _sha(listed) == name else (self.build / "catalogue" / name).read_bytes()

    def for_sale(self) -> dict[str, str]:
        """The files that are sold: the SHA-256 of each by its owner's name for it."""
        found: dict[str, str] = json.loads((self.build / "release.json").read_bytes())["files"]
        return found

    def sold(self, name: str) -> bytes:
        """A file that is sold, by its SHA-256."""
        return (self.build / "files" / name).read_bytes()


def built(output: Path, build: Path) -> Built:
    """What was built last. Raises OSError before the first build."""
    moved = json.loads((build / "redirects.json").read_text(encoding="utf-8"))
    return Built(output, build, {_file_of(old): new for old, new in moved.items()})


def manifest_of(release: Built, *, made: int = 0, commit: str = "", memory: Path | None = None) -> Manifest:
    """The manifest of what was built. Hashes are remembered in the file `memory`, if it is given. Raises OSError."""
    found = hashes_below(release.output, memory)
    files = {path: File(*each, release.redirects.get(path, "")) for path, each in found.items()}
    listed = (release.build / "release.json").read_bytes()
    told = json.loads(listed)
    kept = sorted({told["settings"], told["chrome"], *told["shards"]})
    return Manifest(files, _sha(listed), (*kept, _sha(listed)), tuple(sorted(told["files"].values())), made, commit)


def file_of(content: bytes, location: str = "", gone: int = 0) -> File:
    """A file with this content."""
    return File(*hashes(content), location, gone)


def is_asset(path: str) -> bool:
    """Whether a path names its content, so that it never changes."""
    return bool(_FINGERPRINT.search(path))


def type_of(path: str) -> str:
    """The media type of a file."""
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _file_of(path: str) -> str:
    """The file that is served at an old address."""
    return path if Path(path).suffix else f"{path.rstrip('/')}/index.html"


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
