"""The camera: grain, a little vignette, and the JPEG file."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from content.artwork.browser import Pixels
from content.artwork.paper import clouds, generator

GRAIN = 0.0065
VIGNETTE = 0.08
EXPOSURE = 1.03
SHOULDER = 0.85  # brightness above which highlights are held back
LARGEST = 285_000  # bytes a picture
QUALITIES = (90, 88, 86, 84, 82, 80, 77, 74, 70, 66, 60)


def develop(scene: Pixels, name: str) -> Pixels:
    """The scene as a camera would have taken it."""
    height, width, _ = scene.shape
    rng = generator(name)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    dim = 1 - VIGNETTE * (x**2 + y**2) ** 1.3 / 2.4
    grain = GRAIN * clouds(rng, height, width, 1.7)
    return (_exposed(scene * dim[..., None]) + grain[..., None]).clip(0, 1)


def _exposed(scene: Pixels) -> Pixels:
    bright = scene * EXPOSURE
    room = 1 - SHOULDER
    held = SHOULDER + room * np.tanh((bright - SHOULDER) / (room * 1.35))
    return np.where(bright > SHOULDER, held, bright).astype(np.float32)


def save(picture: Pixels, path: Path) -> int:
    """Write a progressive JPEG of the best quality that stays under LARGEST; returns its size in bytes."""
    image = Image.fromarray((picture * 255 + 0.5).astype(np.uint8))
    for quality in QUALITIES:
        data = _encoded(image, quality)
        if len(data) <= LARGEST:
            break
    path.write_bytes(data)
    return len(data)


def _encoded(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True, subsampling=2)
    return buffer.getvalue()
