"""Releases as the build leaves them in a folder: `release.json`, and `catalogue/` with files named by their SHA-256."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from functions.adapters.kept_release import REFRESH_SECONDS, KeptCatalogue, Shelf, read_release
from functions.ports import Clock
from functions.shop.catalogue import Variant
from functions.shop.errors import NoRelease

_KEPT = re.compile(r"[0-9a-f]{64}")


class FileCatalogue(KeptCatalogue):
    """A Catalogue over the build's folder."""

    def __init__(self, folder: Path, clock: Clock, refresh_seconds: int = REFRESH_SECONDS) -> None:
        super().__init__(open_shelf(folder), lambda: _pointer(folder), clock, refresh_seconds)


class Folder:
    """A folder of files under their SHA-256."""

    advice = "Build the shop again."

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes:
        """A file's content. Raises NoRelease when it is missing."""
        return _bytes(self._path / name)

    def require(self, names: Sequence[str]) -> None:
        """Raise NoRelease unless all of these files are there."""
        # One look at the folder: a look at each of thousands of files takes longer than all the rest of a first quote.
        kept = set(os.listdir(self._path)) if self._path.is_dir() else set()  # noqa: PTH208 (names alone)
        for name in names:
            if name not in kept:
                raise _missing(self._path / name)


class FileDownloads:
    """The files that are sold, in a folder beside the release, each under its SHA-256."""

    origin = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str, called: str) -> BinaryIO | None:  # noqa: ARG002 (whoever reads it here knows that)
        """The file kept under this name; None when it is gone."""
        try:
            return (self._folder / name).open("rb") if _KEPT.fullmatch(name) else None
        except OSError:
            return None


def open_shelf(folder: Path) -> Shelf:
    """The files of the releases in the build's folder."""
    return Shelf(Folder(folder / "catalogue"))


def every_variant(folder: Path) -> Iterator[Variant]:
    """Everything on sale in the release that the folder's pointer names now. Raises NoRelease."""
    return read_release(_pointer(folder), open_shelf(folder)).every_variant()


def _pointer(folder: Path) -> bytes:
    return _bytes(folder / "release.json")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _missing(path) from error


def _missing(path: Path) -> NoRelease:
    return NoRelease(f"{path.parent.name}/{path.name} is not there. Build the shop first: make html")
