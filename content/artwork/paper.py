"""Surfaces made of noise: paper, plaster, linen, wood. All arrays are float32, 0 to 1."""

from math import cos, radians, sin

import numpy as np
from numpy.random import Generator
from PIL import Image

from content.artwork.browser import Pixels, pixels

SEED = 53_10  # the latitude and longitude of the harbour, near enough


def generator(name: str) -> Generator:
    """A random generator that always gives the same numbers for the same name."""
    return np.random.default_rng([SEED, *name.encode()])


def colour(code: str) -> Pixels:
    """The three channels of a colour like #1d2f5c."""
    return np.array([int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)], dtype=np.float32)


def clouds(rng: Generator, height: int, width: int, size_y: float, size_x: float | None = None) -> Pixels:
    """Soft noise around 0 with deviation 1; the sizes are those of a blotch in pixels."""
    rows = max(int(height / size_y) + 3, 4)
    columns = max(int(width / (size_x or size_y)) + 3, 4)
    coarse = rng.normal(size=(rows, columns)).astype(np.float32)
    image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    field = np.asarray(image, dtype=np.float32)
    return pixels((field - field.mean()) / (field.std() + 1e-6))


def shifted(field: Pixels, x: float, y: float, turn: float = 0.0) -> Pixels:
    """The field moved by parts of a pixel and turned by a few degrees about its middle."""
    image = Image.fromarray(field)
    middle_x, middle_y = field.shape[1] / 2, field.shape[0] / 2
    c, s = cos(radians(turn)), sin(radians(turn))
    matrix = (c, s, middle_x * (1 - c) - middle_y * s - x, -s, c, middle_y * (1 - c) + middle_x * s - y)
    moved = image.transform(image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    return pixels(np.asarray(moved))


def rag(rng: Generator, height: int, width: int, tint: str) -> Pixels:
    """A sheet of cotton rag: tinted, faintly cloudy, with a fine tooth."""
    tooth = 0.006 * clouds(rng, height, width, 2.4) + 0.004 * clouds(rng, height, width, 9)
    sheet = 1 + tooth + 0.006 * clouds(rng, height, width, 220)
    return pixels((colour(tint) * sheet[..., None]).clip(0, 1))


def plaster(rng: Generator, height: int, width: int) -> Pixels:
    """Brightness of a painted wall, around 1: roller marks and slow unevenness."""
    fine = 0.006 * clouds(rng, height, width, 3.2) + 0.006 * clouds(rng, height, width, 14)
    return pixels(1 + fine + 0.005 * clouds(rng, height, width, 340))


def linen(rng: Generator, height: int, width: int) -> Pixels:
    """Brightness of woven cloth, around 1: threads of uneven strength in both directions."""
    across = clouds(rng, height, width, 2.2, 60)
    down = clouds(rng, height, width, 60, 2.2)
    return pixels(1 + 0.028 * across + 0.028 * down + 0.012 * clouds(rng, height, width, 2.0))


def wood(rng: Generator, height: int, width: int, *, light: str, dark: str) -> Pixels:
    """A plank with its grain along x, between two colours."""
    warp = clouds(rng, height, width, 160, 900)
    rings = np.sin((np.linspace(0, height / 13, height)[:, None] + 2.2 * warp) * 1.2)
    pores = clouds(rng, height, width, 1.6, 46)
    fibre = clouds(rng, height, width, 5, 420)
    mix = (0.42 + 0.16 * rings + 0.13 * fibre + 0.09 * pores + 0.08 * warp).clip(0, 1)[..., None]
    return pixels(colour(light) * (1 - mix) + colour(dark) * mix)
