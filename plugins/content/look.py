"""Looking at a picture file: what is in it, and how large it is."""

import hashlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ON_THEIR_SIDE = {5, 6, 7, 8}  # EXIF orientations: the camera was held upright


class Look(NamedTuple):
    """What a file showed: a name for its content, and its size the right way up; 0 when it is no picture."""

    content: str
    width: int
    height: int


def look_at_folder(folder: Path) -> dict[str, Look]:
    """Every visible file below a folder, by its path within it."""
    return {path.relative_to(folder).as_posix(): look_at(path) for path in visible_files(folder)}


def visible_files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, without what editors and systems leave there."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def look_at(path: Path) -> Look:
    """Read a file, and open it as a picture."""
    from PIL import ExifTags, Image  # noqa: PLC0415 (it costs more than a build in which no picture changed)

    content = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # broken EXIF does not make the picture unfit
        try:
            with Image.open(path) as image:
                turned = image.getexif().get(ExifTags.Base.Orientation) in _ON_THEIR_SIDE
                width, height = (image.height, image.width) if turned else image.size
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return Look(content, 0, 0)
    return Look(content, width, height)
