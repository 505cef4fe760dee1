"""The files that are sold: kept beside the release under what is in them, where only functions read."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder, by its name; a folder that is missing has none."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: _digest(path) for path in files if path.is_file() and not path.name.startswith(".")}


def keep_files(folder: Path, names: Mapping[str, str], kept: Path) -> None:
    """Copy the files that are not kept yet; those of earlier releases stay, for a release may be rolled back."""
    for name, digest in names.items():
        if not (kept / digest).exists():
            kept.mkdir(parents=True, exist_ok=True)
            part = kept / f"{digest}.part"
            shutil.copyfile(folder / name, part)
            part.replace(kept / digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
