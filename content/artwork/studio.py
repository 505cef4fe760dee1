"""The studio: walls, floors and tables, and the materials that everything in a photograph is made of."""

from dataclasses import dataclass

import numpy as np

from content.artwork import svg
from content.artwork.browser import Easel, Pixels
from content.artwork.light import SHADE, blurred, falloff, gradient, multiplied
from content.artwork.paper import generator, linen, plaster, wood
from content.artwork.photograph import develop
from content.artwork.svg import rect

TILE_WIDTH, TILE_HEIGHT = 2400, 2000  # pixels of a material


@dataclass(frozen=True)
class Scene:
    """A photograph before it is taken: its name, its size in pixels, and what stands before the camera."""

    name: str
    content: str
    width: int = 1600
    height: int = 2000


def furnish(easel: Easel) -> None:
    """Put the materials where scenes can use them."""
    rng = generator("materials")
    easel.keep("oak", wood(rng, TILE_HEIGHT, TILE_WIDTH, light="#dcb98a", dark="#b98d5c"))
    easel.keep("walnut", wood(rng, TILE_HEIGHT, TILE_WIDTH, light="#8d6546", dark="#5d3f2b"))
    easel.keep("pine", wood(rng, TILE_HEIGHT, TILE_WIDTH, light="#e2cfae", dark="#c9ae85"))
    easel.keep("weave", _grey(linen(rng, TILE_HEIGHT, TILE_WIDTH)))
    easel.keep("plaster", _grey(plaster(rng, TILE_HEIGHT, TILE_WIDTH)))


def _grey(brightness: Pixels) -> Pixels:
    bright: Pixels = np.repeat((brightness / brightness.max())[..., None], 3, axis=2)
    return bright


def take(easel: Easel, scene: Scene) -> Pixels:
    """The finished photograph of a scene."""
    document = svg.document(scene.width, scene.height, MATERIALS + scene.content)
    return develop(easel.draw(document, width=scene.width, height=scene.height), scene.name)


def _material(name: str, source: str, *, upright: bool = False, scale: float = 1.0) -> str:
    turn = f' patternTransform="rotate({90 if upright else 0}) scale({scale})"'
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{TILE_WIDTH}" height="{TILE_HEIGHT}"{turn}>'
        f'<image href="{source}.png" width="{TILE_WIDTH}" height="{TILE_HEIGHT}"/></pattern>'
    )


MATERIALS = "<defs>{}</defs>".format(
    "".join(
        (
            _material("oak", "oak"),
            _material("oak-upright", "oak", upright=True),
            _material("oak-plain", "oak", scale=1.3),
            _material("walnut", "walnut"),
            _material("walnut-upright", "walnut", upright=True),
            _material("pine", "pine"),
            _material("weave", "weave"),
            _material("plaster", "plaster"),
        )
    )
)


def wall(tint: str, width: int = 1600, height: int = 2000) -> str:
    """A painted wall, lighter towards the window on the left."""
    return (
        rect(0, 0, width, height, tint)
        + multiplied(rect(0, 0, width, height, "url(#plaster)"))
        + falloff(width, height)
    )


def floor(
    y: float, paint: str = "url(#pine)", *, skirting: str = "#efeae0", width: int = 1600, height: int = 2000
) -> str:
    """A floor that begins at y, with a skirting board above it."""
    tag, paint_of_shade = gradient(((0, SHADE, 0.42), (0.5, SHADE, 0.12), (1, SHADE, 0.05)), to=(0, 1))
    seams = "".join(rect(0, y + 24 + 30 * row * (1 + 0.35 * row), width, 2.5, SHADE, opacity=0.28) for row in range(6))
    boards = rect(0, y, width, height - y, paint) + seams + tag + rect(0, y, width, height - y, paint_of_shade)
    board = (
        rect(0, y - 78, width, 80, skirting)
        + rect(0, y - 78, width, 3, "#fff", opacity=0.5)
        + rect(0, y - 66, width, 2, SHADE, opacity=0.12)
    )
    return (
        boards
        + board
        + multiplied(rect(0, y - 78, width, 80, "url(#plaster)"))
        + multiplied(blurred(rect(0, y - 5, width, 12, SHADE), 4), 0.5)
    )


def panels(tint: str, y: float, bottom: float, width: int = 1600) -> str:
    """Tongue-and-groove boards from y down to the floor, under a rail."""
    grooves = "".join(
        rect(x, y, 3, bottom - y, SHADE, opacity=0.22) + rect(x + 3, y, 2.5, bottom - y, "#fff", opacity=0.25)
        for x in range(20, width, 92)
    )
    rail = (
        rect(0, y - 26, width, 30, tint)
        + rect(0, y - 26, width, 3, "#fff", opacity=0.5)
        + multiplied(blurred(rect(0, y + 4, width, 12, SHADE), 5), 0.35)
    )
    return (
        rect(0, y, width, bottom - y, tint)
        + multiplied(rect(0, y, width, bottom - y, "url(#plaster)"))
        + grooves
        + rail
        + falloff(width, bottom - y, 0.2, top=y)
    )


def table(paint: str, width: int = 1600, height: int = 2000, *, tint: str = "") -> str:
    """A surface seen from straight above: a paint or a material, lit from the upper left."""
    ground = rect(0, 0, width, height, paint) + (multiplied(rect(0, 0, width, height, tint)) if tint else "")
    tooth = multiplied(rect(0, 0, width, height, "url(#plaster)")) if paint.startswith("#") else ""
    return ground + tooth + falloff(width, height, 0.34)
