"""Encoding: all sizes of one picture, in all formats."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from plugins.original import DamagedPicture, pixels
from plugins.output import replace_file
from plugins.pictures import FORMATS, files_of, widths_of

__all__ = ["DamagedPicture", "encode"]


def encode(path: Path, folder: Path) -> None:
    """Make all sizes of one original. The list of sizes is written last: with it the folder is complete.

    Raises DamagedPicture when the original cannot be read to its end.
    """
    original = pixels(path)
    sizes = [(width, max(1, round(original.height * width / original.width))) for width in widths_of(original.width)]
    sized = {size[0]: original.resize(size, Image.Resampling.LANCZOS) for size in sizes}
    for width, extension in files_of(tuple(sized)):
        replace_file(folder / f"{width}.{extension}", _encoded(sized[width], FORMATS[extension]))
    replace_file(folder / "sizes.json", json.dumps(sizes).encode())


def _encoded(image: Image.Image, options: Mapping[str, object]) -> bytes:
    file = io.BytesIO()
    image.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()
