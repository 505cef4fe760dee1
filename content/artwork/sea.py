"""Water: swells, ripples, gleams, and the contour lines of anything that rises and falls."""

from collections.abc import Sequence
from math import pi, sin

import numpy as np
from numpy.random import Generator

from content.artwork.browser import Pixels, pixels
from content.artwork.paper import clouds
from content.artwork.press import BOTTOM, LEFT, PIXEL_HEIGHT, PIXEL_WIDTH, RIGHT, SCALE
from content.artwork.svg import CARVED, INK, Point, fill, lens, smooth, taper

OVERHANG = 30  # units that a swell runs on beyond the printed area, so that no end shows


def crest(rng: Generator, y: float, height: float, length: float) -> list[Point]:
    """Points along the top of a swell: long hollows, sharper crests, none like the next."""
    phase, slow = rng.uniform(0, 2 * pi, size=2)
    points = []
    for x in np.arange(LEFT - OVERHANG, RIGHT + OVERHANG + 1, 12.0):
        roll = 1 - abs(sin(pi * x / length + phase))
        points.append((float(x), y - height * (0.8 * roll**1.4 + 0.35 * sin(2 * pi * x / (length * 3.1) + slow))))
    return points


def below(points: Sequence[Point], bottom: float = BOTTOM + OVERHANG) -> str:
    """Path data of everything under a line of points."""
    first, last = points[0], points[-1]
    return smooth(points) + f"L{last[0]:.1f},{bottom:.1f}L{first[0]:.1f},{bottom:.1f}Z"


def along(points: Sequence[Point], start: int, count: int, drop: float) -> list[Point]:
    """A stretch of a crest, moved down."""
    return [(x, y + drop) for x, y in points[start : start + count]]


def furrows(rng: Generator, points: Sequence[Point], depth: float, *, rows: int, colour: str = CARVED) -> str:
    """Gouge marks that follow a crest, row under row, thinner as they go down."""
    marks = []
    for row in range(rows):
        drop = depth * (row + 0.6) / rows
        start = int(rng.integers(0, 6)) - 4
        while start < len(points):
            count = int(rng.integers(6, 22))
            stretch = along(points, max(start, 0), count, drop + rng.normal(scale=1.5))
            if len(stretch) >= SHORTEST:
                marks.append(fill(taper(stretch, rng.uniform(2.2, 5.0) * (1 - 0.5 * row / rows)), colour))
            start += count + int(rng.integers(1, 6))
    return "".join(marks)


SHORTEST = 4  # points; a furrow with fewer is a speck


def ripples(rng: Generator, area: tuple[float, float, float, float], count: int, colour: str = CARVED) -> str:
    """Flat gleams scattered over an area (left, top, right, bottom), larger towards its bottom."""
    left, top, right, bottom = area
    marks = []
    for _ in range(count):
        near = rng.uniform() ** 0.8
        width = (18 + 90 * near) * rng.uniform(0.5, 1.3)
        marks.append(lens(rng.uniform(left, right), top + (bottom - top) * near, width, 1.2 + 3.4 * near))
    return fill("".join(marks), colour)


def glitter(rng: Generator, x: float, top: float, bottom: float, widths: tuple[float, float], step: float) -> str:
    """The path of a light on the water: broken bars from top to bottom, from one width to the other."""
    marks, y = [], top
    while y < bottom:
        part = (y - top) / (bottom - top)
        width = (widths[0] + (widths[1] - widths[0]) * part) * rng.uniform(0.45, 1.1)
        thick = step * (0.24 + 0.3 * part)
        marks.append(lens(x + rng.normal(scale=width * 0.10), y, width, thick))
        if rng.uniform() < SPLIT:
            side = rng.choice([-1, 1])
            marks.append(lens(x + side * width * rng.uniform(0.55, 0.85), y + step * 0.5, width * 0.3, thick * 0.7))
        y += step * (0.75 + 0.75 * part)
    return fill("".join(marks), INK)


SPLIT = 0.55


def grid() -> tuple[Pixels, Pixels]:
    """The coordinates x and y of every pixel of a sheet, in units of the drawing."""
    y, x = np.mgrid[0:PIXEL_HEIGHT, 0:PIXEL_WIDTH].astype(np.float32) / SCALE
    return x, y


def relief(rng: Generator, size: float, stretch: float = 1.0) -> Pixels:
    """Smooth noise over a sheet; size in units, stretched along x."""
    return clouds(rng, PIXEL_HEIGHT, PIXEL_WIDTH, size * SCALE, size * SCALE * stretch)


def contours(field: Pixels, levels: Sequence[float], width: float) -> Pixels:
    """The lines on which the field has one of the levels; width in units."""
    down, across = np.gradient(field)
    slope = np.hypot(down, across) + 1e-9
    mask = np.zeros_like(field)
    for level in levels:
        mask = np.maximum(mask, width * SCALE / 2 + 0.5 - np.abs(field - level) / slope)
    return mask.clip(0, 1)


def above(field: Pixels, level: float) -> Pixels:
    """Where the field is higher than the level, with a soft pixel at the edge."""
    down, across = np.gradient(field)
    return pixels(((field - level) / (np.hypot(down, across) + 1e-9) + 0.5).clip(0, 1))


def inside(x: Pixels, y: Pixels, *, left: float = LEFT, top: float, right: float = RIGHT, bottom: float) -> Pixels:
    """One within the rectangle, zero outside."""
    return ((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).astype(np.float32)


def disc(x: Pixels, y: Pixels, middle: Point, radius: float) -> Pixels:
    """One within the circle, zero outside, with a soft pixel at the edge."""
    return pixels(((radius - np.hypot(x - middle[0], y - middle[1])) * SCALE + 0.5).clip(0, 1))
