"""Light and shade for photographs: gradients, soft shadows, the light of a window, the shadow of leaves.

The light always comes from the upper left. Units are pixels of the finished photograph.
"""

import zlib
from collections.abc import Sequence

from numpy.random import Generator

from content.artwork.svg import Point, fill, group, polygon, rect, smooth

Stops = Sequence[tuple[float, str, float]]  # place 0 to 1, colour, opacity

WARM_LIGHT = "#fff3dc"
SHADE = "#2a2420"


def gradient(stops: Stops, *, to: Point = (1, 0), start: Point = (0, 0)) -> tuple[str, str]:
    """A linear gradient across a shape: its definition, and the paint to use."""
    inner = _stops(stops)
    name = f"g{zlib.crc32(f'{inner}{to}{start}'.encode()):08x}"
    tag = f'<linearGradient id="{name}" x1="{start[0]}" y1="{start[1]}" x2="{to[0]}" y2="{to[1]}">{inner}</linearGradient>'
    return tag, f"url(#{name})"


def glow(stops: Stops, *, middle: Point = (0.5, 0.5), radius: float = 0.5) -> tuple[str, str]:
    """A radial gradient across a shape: its definition, and the paint to use."""
    inner = _stops(stops)
    name = f"r{zlib.crc32(f'{inner}{middle}{radius}'.encode()):08x}"
    tag = f'<radialGradient id="{name}" cx="{middle[0]}" cy="{middle[1]}" r="{radius}">{inner}</radialGradient>'
    return tag, f"url(#{name})"


def _stops(stops: Stops) -> str:
    return "".join(f'<stop offset="{at}" stop-color="{tint}" stop-opacity="{opacity}"/>' for at, tint, opacity in stops)


def lit(data: str, stops: Stops, *, to: Point = (1, 0), **attributes: object) -> str:
    """A path painted with a gradient."""
    tag, paint = gradient(stops, to=to)
    return tag + fill(data, paint, **attributes)


def turned(data: str, tint: str, *, dark: float = 0.42, bright: float = 0.30) -> str:
    """A round thing, such as a vase: its colour, bright on the left and dark on the right, with some light bounced back."""
    shade = ((0, SHADE, 0.20), (0.16, SHADE, 0.0), (0.5, SHADE, 0.06), (0.86, SHADE, dark), (1, SHADE, dark * 0.78))
    shine = ((0, "#fff", 0), (0.24, "#fff", bright), (0.5, "#fff", 0))
    low = ((0, SHADE, 0), (0.6, SHADE, 0.02), (1, SHADE, 0.26))
    return fill(data, tint) + lit(data, shade) + lit(data, shine) + lit(data, low, to=(0, 1))


def box(x: float, y: float, width: float, height: float) -> str:
    """Path data of a rectangle."""
    return polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def blurred(content: str, radius: float, **attributes: object) -> str:
    """The content, out of focus."""
    return group(content, style=f"filter:blur({radius:g}px)", **attributes)


def multiplied(content: str, opacity: float = 1.0) -> str:
    """The content as a glaze that darkens what lies under it."""
    return group(content, style=f"mix-blend-mode:multiply;opacity:{opacity:g}")


def cast(data: str, *, reach: float = 1.0, strength: float = 1.0) -> str:
    """The shadow of a flat thing on the surface behind it, in three layers from the contact outwards."""
    layers = ((3, 4, 4, 0.34), (13, 18, 14, 0.24), (34, 44, 40, 0.17), (70, 92, 90, 0.13))
    shadows = [
        group(
            blurred(fill(data, SHADE), blur * reach),
            transform=f"translate({x * reach} {y * reach})",
            opacity=opacity * strength,
        )
        for x, y, blur, opacity in layers
    ]
    return multiplied("".join(shadows))


def grounded(x: float, y: float, width: float, *, strength: float = 1.0) -> str:
    """The shadow of a standing thing on the board it stands on; x is its middle."""
    dark = f'<ellipse cx="{x + width * 0.06:.1f}" cy="{y:.1f}" rx="{width * 0.52:.1f}" ry="{max(width * 0.03, 4):.1f}" fill="{SHADE}"/>'
    wide = f'<ellipse cx="{x + width * 0.35:.1f}" cy="{y + 2:.1f}" rx="{width * 0.85:.1f}" ry="{max(width * 0.045, 6):.1f}" fill="{SHADE}"/>'
    return multiplied(blurred(dark, 4, opacity=0.55 * strength) + blurred(wide, 12, opacity=0.32 * strength))


def window(x: float, y: float, width: float, height: float, *, lean: float = 0.32, panes: tuple[int, int] = (2, 3), opacity: float = 0.55,
           softness: float = 9) -> str:  # fmt: skip
    """Sunlight through a window with glazing bars, thrown onto a wall."""
    columns, rows = panes
    shapes = []
    for row in range(rows):
        for column in range(columns):
            left, right = x + width * (column + 0.05) / columns, x + width * (column + 0.95) / columns
            top, bottom = y + height * (row + 0.03) / rows, y + height * (row + 0.97) / rows
            shapes.append(
                polygon(
                    [
                        (left, top + lean * (left - x)),
                        (right, top + lean * (right - x)),
                        (right, bottom + lean * (right - x)),
                        (left, bottom + lean * (left - x)),
                    ]
                )
            )
    panes_drawn = fill("".join(shapes), WARM_LIGHT)
    return group(blurred(panes_drawn, softness), style=f"mix-blend-mode:soft-light;opacity:{opacity}") + group(
        blurred(panes_drawn, softness * 1.6), opacity=opacity * 0.22
    )


def leaves(rng: Generator, root: Point, *, size: float, sprays: int, opacity: float = 0.16, softness: float = 7) -> str:
    """The shadow of a branch that stands outside the picture, thrown onto the wall."""
    drawn = []
    for _ in range(sprays):
        turn = rng.uniform(-70, 30)
        stem = [
            leaf(24 + 21 * index, (-1) ** index * 9, 46 - 2.2 * index, (-1) ** index * rng.uniform(28, 62))
            for index in range(12)
        ]
        drawn.append(group("".join(stem) + fill(polygon([(0, -1.5), (280, -0.5), (280, 0.5), (0, 1.5)]), SHADE),
                           transform=f"translate({root[0] + rng.normal(scale=60):.0f} {root[1] + rng.normal(scale=60):.0f}) rotate({turn:.0f}) scale({size * rng.uniform(0.8, 1.3):.2f})"))  # fmt: skip
    return multiplied(blurred("".join(drawn), softness), opacity)


def leaf(x: float, y: float, length: float, turn: float, colour: str = SHADE) -> str:
    """A long leaf growing from a point."""
    shape = smooth([(0, 0), (0, 0), (length * 0.35, -length * 0.17), (length * 0.75, -length * 0.11), (length, 0), (length, 0), (length * 0.7, length * 0.13),
                    (length * 0.3, length * 0.15)], closed=True)  # fmt: skip
    return fill(shape, colour, transform=f"translate({x:.1f} {y:.1f}) rotate({turn:.1f})")


def falloff(width: float, height: float, strength: float = 0.30, *, top: float = 0) -> str:
    """The light growing weaker from the upper left to the lower right, on a surface that begins at top."""
    tag, paint = gradient(((0, "#fff", 0.16), (0.4, "#fff", 0), (0.55, SHADE, 0.03), (1, SHADE, strength)), to=(1, 0.9))
    return tag + rect(0, top, width, height, paint)
