"""Encoding: all sizes of one picture, in all formats."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from plugins.original import DamagedPicture, pixels
from plugins.output import replace_file
from plugins.pictures import FORMATS, widths_of

__all__ = ["DamagedPicture", "encode"]


def encode(path: Path, folder: Path) -> None:
    """Make all sizes of one original. The list of sizes is written last: with it the folder is complete.

    Raises DamagedPicture when the original cannot be read to its end.
    """
    sizes = []
    original = pixels(path)
    for width in widths_of(original.width):
        height = max(1, round(original.height * width / original.width))
        sized = original.resize((width, height), Image.Resampling.LANCZOS)
        sizes.append((width, height))
        for extension, options in FORMATS.items():
            replace_file(folder / f"{width}.{extension}", _encoded(sized, options))
    replace_file(folder / "sizes.json", json.dumps(sizes).encode())


def _encoded(image: Image.Image, options: Mapping[str, object]) -> bytes:
    file = io.BytesIO()
    image.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()
