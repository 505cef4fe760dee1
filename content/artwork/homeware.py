"""Things of cloth and clay: the tea towel and the mug, shaped pixel by pixel."""

import numpy as np
from numpy.random import Generator

from content.artwork import birds, sea
from content.artwork.birds import Perch
from content.artwork.browser import Easel, Pixels, pixels
from content.artwork.light import SHADE, blurred, gradient, lit, multiplied
from content.artwork.paper import clouds, colour, linen
from content.artwork.press import PIXEL_HEIGHT, PIXEL_WIDTH, SHEET_HEIGHT, SHEET_WIDTH, Ink, Plate, Print, pull
from content.artwork.svg import CARVED, fill, group, rect, stroke

# --- the tea towel


def towel_cloth(easel: Easel, rng: Generator) -> Pixels:
    """The towel laid flat: linen with rows of gulls and a border of stripes."""
    cloth = pull(easel, _gulls())
    weave = linen(rng, *cloth.shape[:2])
    flat: Pixels = (cloth * weave[..., None]).clip(0, 1)
    return flat


def _gulls() -> Print:
    standing, soaring = birds.herring_gull(), birds.gull_soaring()
    flock = []
    for row in range(6):
        for column in range(5):
            x, y = 108 + 230 * column - (115 if row % 2 else 0), 215 + 196 * row
            bird = soaring if row % 2 else standing
            flock.append(
                (bird, Perch(x, y, 0.66 if row % 2 else 0.78, turn=-24 if row % 2 else 0, mirrored=(row // 2) % 2 == 1))
            )
    slate = "".join(perch.place(bird.part("wing") + bird.part("gaps", colour=CARVED)) for bird, perch in flock)
    navy = "".join(perch.place(_outlined(bird) + bird.part("tips", "eye")) for bird, perch in flock)
    gold = "".join(perch.place(bird.part("bill", "legs")) for bird, perch in flock)
    stripes = "".join(
        rect(0, y, SHEET_WIDTH, thick)
        for y, thick in (
            (44, 26),
            (80, 7),
            (96, 7),
            (SHEET_HEIGHT - 70, 26),
            (SHEET_HEIGHT - 87, 7),
            (SHEET_HEIGHT - 103, 7),
        )
    )
    return Print("towel-gulls", "#f3ecdc", (
        Plate(Ink("#8ea5b0"), slate), Plate(Ink("#e2a33a"), gold), Plate(Ink("#22415f"), navy + stripes),
    ), signed=False)  # fmt: skip


def _outlined(bird: birds.Bird) -> str:
    return f'<path d="{bird.shapes["body"]}" fill="none" stroke="#000" stroke-width="3.4" stroke-linejoin="round"/>'


def hanging_towel(easel: Easel, rng: Generator) -> Pixels:
    """The towel hanging in soft folds over a rail; transparent around it. Its shape is 1500 x 1060."""
    cloth = towel_cloth(easel, rng)
    height, width = 1500, 1060
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    down = y / height
    depth = _folds(x / width, down)
    slope = np.gradient(depth, axis=1)
    edge = 26 + 12 * np.sin(down * 2.1 + 0.4)
    across = (x - edge + 1.6 * depth * slope) / (width - 2 * edge)
    hem = height - 34 - 12 * np.sin(x / 118 + 0.5) - depth * 0.7
    inside = ((across > 0) & (across < 1) & (y < hem)).astype(np.float32)
    source_y = (y / hem * (PIXEL_HEIGHT - 260) + 200).clip(0, PIXEL_HEIGHT - 1).astype(int)
    source_x = (across * (PIXEL_WIDTH - 1)).clip(0, PIXEL_WIDTH - 1).astype(int)
    light = (1 - 0.55 * slope + 0.010 * depth - 0.04).clip(0.45, 1.14) * (0.80 + 0.20 * np.minimum(y / 70, 1))
    face = cloth[source_y, source_x] * light[..., None]
    return np.concatenate([face, inside[..., None]], axis=2).clip(0, 1)


FOLDED = 1.35  # how deep the folds are


def _folds(x: Pixels, down: Pixels) -> Pixels:
    wander = 0.018 * np.sin(down * 4.2)
    deep = 9 * np.sin((x + wander) * 17.5) * (0.35 + 0.65 * down) + 5 * np.sin((x - wander) * 39 + 1.4) * (
        0.25 + 0.75 * down**1.5
    )
    soft = 7 * np.sin((x - 0.3 * down) * 9 + 0.7) * down
    return pixels(FOLDED * (deep + soft))


# --- the mug

MUG_WIDTH, MUG_HEIGHT = 640, 700
WRAPS = 1.72  # how often the pattern goes around the mug
ASPECT = MUG_HEIGHT / (np.pi * MUG_WIDTH) * SHEET_WIDTH / SHEET_HEIGHT  # keeps circles round
MUG_BULGE = 36.0  # how far the front of a ring dips below its sides, seen from a little above


def wrap(easel: Easel, rng: Generator) -> Pixels:
    """The isobars that go around the mug, laid flat; the right edge joins the left."""
    x, y = sea.grid()
    pressure = _weather(rng, x, y)
    lines = sea.contours(pressure, [float(level) for level in range(960, 1044, 4)], 5.2)
    for letter in (MUG_LOW, MUG_HIGH):
        lines = lines * (1 - sea.disc(x, y, letter, 44))
    tint = (1 - sea.above(pressure, 996)) * 0.85
    return pull(easel, Print("mug-wrap", "#f6f3ea", (
        Plate(Ink("#a9d2cf"), mask=tint.astype(np.float32)),
        Plate(Ink("#234a86"), _letter(*MUG_HIGH, "H") + _cold_front(), mask=lines),
        Plate(Ink("#e0553d"), _letter(*MUG_LOW, "L") + _warm_front()),
    ), signed=False))  # fmt: skip


MUG_LOW, MUG_HIGH = (410.0, 610.0), (800.0, 860.0)


def _weather(rng: Generator, x: Pixels, y: Pixels) -> Pixels:
    """Air pressure in hectopascals, periodic across the sheet."""
    low = 44 * np.exp(-((np.hypot(_around(x, MUG_LOW[0]) / 1.15, y - MUG_LOW[1]) / 215) ** 1.3))
    high = 27 * np.exp(-((np.hypot(_around(x, MUG_HIGH[0]), (y - MUG_HIGH[1]) / 1.1) / 210) ** 1.7))
    drift = sum(
        size * np.sin(2 * np.pi * waves * x / SHEET_WIDTH + y / length + rng.uniform(0, 6))
        for waves, length, size in ((1, 170, 4.0), (2, -230, 2.2), (3, 150, 0.9))
    )
    return pixels(1011 - low + high + drift + 0.012 * (y - 707))


def _around(x: Pixels, middle: float) -> Pixels:
    half = SHEET_WIDTH / 2
    return (x - middle + half) % SHEET_WIDTH - half


def _letter(x: float, y: float, letter: str) -> str:
    return f'<text x="{x}" y="{y + 27}" font-size="80" font-family="serif" font-weight="bold" text-anchor="middle">{letter}</text>'


def _cold_front() -> str:
    spots = ((446, 742, 74), (452, 822, 90), (438, 902, 106), (404, 974, 124))
    teeth = "".join(
        group(fill("M-22,0L22,0L0,-36Z"), transform=f"translate({x} {y}) rotate({turn})") for x, y, turn in spots
    )
    return stroke("M432,700C470,800 462,930 352,1040", 7) + teeth


def _warm_front() -> str:
    spots = ((538, 656, 14), (606, 686, 34), (660, 742, 54))
    domes = "".join(
        group(fill("M-22,0A22,22 0 0 1 22,0Z"), transform=f"translate({x} {y}) rotate({turn})") for x, y, turn in spots
    )
    return stroke("M462,652C550,640 650,700 694,810", 7) + domes


def mug_front(easel: Easel, rng: Generator) -> Pixels:
    """The side of the mug with the low."""
    return _thrown(wrap(easel, rng), 0.50)


def mug_side(easel: Easel, rng: Generator) -> Pixels:
    """The mug turned a little further, towards the high."""
    return _thrown(wrap(easel, rng), 0.80)


def _thrown(flat: Pixels, facing: float) -> Pixels:
    """The cylinder of a mug with that part of the wrap to the front; transparent around it."""
    y, x = np.mgrid[0:MUG_HEIGHT, 0:MUG_WIDTH].astype(np.float32)
    side = (x - MUG_WIDTH / 2 + 0.5) / (MUG_WIDTH / 2)
    round_ = np.sqrt((1 - side**2).clip(0, 1))
    bottom_radius = 1 - 0.05 * ((y - MUG_HEIGHT + 60) / 60).clip(0, 1) ** 2.4
    up = (y - MUG_BULGE * round_ * 1.0) / (MUG_HEIGHT - MUG_BULGE * 1.6)
    inside = ((np.abs(side) < bottom_radius) & (up > 0) & (up < 1)).astype(np.float32)
    angle = np.arcsin(side.clip(-1, 1)) / (2 * np.pi)
    face = _sampled(flat, facing + angle * WRAPS, 0.5 + WRAPS * ASPECT * (up - 0.5))
    glaze = colour("#f7f4ec")
    band = ((up < PLAIN_TOP) | (up > PLAIN_FOOT))[..., None]
    face = np.where(band, glaze, face) * _shaded(side, round_, up)[..., None]
    return np.concatenate([_glossed(face, side, up), inside[..., None]], axis=2).clip(0, 1)


PLAIN_TOP, PLAIN_FOOT = 0.035, 0.955  # the bands of a mug that stay white, as parts of its height


def _sampled(flat: Pixels, across: Pixels, down: Pixels) -> Pixels:
    height, width, _ = flat.shape
    column, row = across % 1.0 * width, (down * (height - 1)).clip(0, height - 1.001)
    left, top = column.astype(int) % width, row.astype(int)
    right, bottom = (left + 1) % width, top + 1
    part_x, part_y = (column % 1)[..., None], (row % 1)[..., None]
    upper = flat[top, left] * (1 - part_x) + flat[top, right] * part_x
    lower = flat[bottom, left] * (1 - part_x) + flat[bottom, right] * part_x
    blend: Pixels = upper * (1 - part_y) + lower * part_y
    return blend


def _shaded(side: Pixels, round_: Pixels, up: Pixels) -> Pixels:
    lambert = (0.62 * round_ - 0.42 * side + 0.18).clip(0, 1.1)
    bounce = 0.10 * (side - 0.7).clip(0, 1) * 3
    return (
        (0.50 + 0.52 * lambert + bounce - 0.16 * (up - 0.75).clip(0, 1) ** 1.5 * 4).clip(0.2, 1.05).astype(np.float32)
    )


def _glossed(face: Pixels, side: Pixels, up: Pixels) -> Pixels:
    pane = np.exp(-(((side + 0.52) / 0.075) ** 4)) * np.exp(-(((up - 0.36) / 0.30) ** 6))
    bar = 1 - 0.9 * np.exp(-(((side + 0.52) / 0.008) ** 2))
    thin = 0.5 * np.exp(-(((side - 0.83) / 0.02) ** 2)) * np.exp(-(((up - 0.45) / 0.36) ** 4))
    gloss = (0.42 * pane * bar + 0.3 * thin)[..., None]
    return pixels(face * (1 - gloss) + gloss)


def mug(address: str, x: float, y: float, scale: float = 1.0, *, handle: int = 1, coffee: bool = False) -> str:
    """A mug standing at y, its middle at x; handle is 1 for the right side and -1 for the left."""
    body = (
        _shadow()
        + group(_handle(), transform=f"scale({handle} 1)")
        + f'<image href="{address}.png" x="{-MUG_WIDTH / 2}" y="{-MUG_HEIGHT}" width="{MUG_WIDTH}" height="{MUG_HEIGHT}"/>'
        + _rim(coffee=coffee)
    )
    return group(body, transform=f"translate({x} {y}) scale({scale})")


def _shadow() -> str:
    contact = f'<ellipse cx="14" cy="-48" rx="308" ry="42" fill="{SHADE}"/>'
    wide = f'<ellipse cx="190" cy="-44" rx="480" ry="46" fill="{SHADE}"/>'
    return multiplied(blurred(contact, 9, opacity=0.75) + blurred(wide, 26, opacity=0.42))


def _handle() -> str:
    path = "M296,-560C430,-590 520,-520 512,-390C504,-250 410,-180 286,-168"
    tag, paint = gradient(((0, "#fbf8f0", 1), (0.55, "#e3ddd0", 1), (1, "#b9b1a3", 1)), to=(1, 1))
    dark = stroke(path, 62, "#8f877a") + stroke(path, 56, "#d8d1c3")
    shine = "M330,-572C430,-584 498,-520 494,-420"
    return (
        tag + dark + stroke(path, 42, paint.replace("url", "url")) + blurred(stroke(shine, 9, "#fff", opacity=0.75), 3)
    )


def _rim(*, coffee: bool) -> str:
    outer = f'<ellipse cx="0" cy="{-MUG_HEIGHT}" rx="{MUG_WIDTH / 2}" ry="{MUG_BULGE + 3}" fill="#fbf8f1"/>'
    inside, paint = gradient(((0, "#8f8678", 1), (0.45, "#d5cebf", 1), (1, "#f1ecdf", 1)))
    inner = (
        inside
        + f'<ellipse cx="0" cy="{-MUG_HEIGHT + 2}" rx="{MUG_WIDTH / 2 - 15}" ry="{MUG_BULGE - 8}" fill="{paint}"/>'
    )
    drink = (
        f'<ellipse cx="0" cy="{-MUG_HEIGHT + 9}" rx="{MUG_WIDTH / 2 - 34}" ry="{MUG_BULGE - 17}" fill="#4a2f1e"/>'
        if coffee
        else ""
    )
    return outer + inner + drink


def wrinkles(rng: Generator, height: int, width: int) -> Pixels:
    """The brightness of cloth that was folded and ironed, around 1."""
    return 1 + 0.02 * clouds(rng, height, width, 220, 60)


def folded_towel(width: float) -> str:
    """The towel folded to a third and laid down: three layers of cloth, drawn around the upper left corner."""
    height = width * 1.02
    layers = "".join(
        rect(-4 + 4 * k, height - 6 + 9 * (2 - k), width + 8 - 8 * k, 14, tint)
        + rect(-4 + 4 * k, height + 6 + 9 * (2 - k), width + 8 - 8 * k, 2.4, SHADE, opacity=0.35)
        for k, tint in enumerate(("#cfc5b0", "#dad0bc", "#e6dcc9"))
    )
    view = f'<svg x="0" y="0" width="{width}" height="{height}" viewBox="90 561 820 836" preserveAspectRatio="none"><image href="towel.png" width="1000" height="1414" preserveAspectRatio="none"/></svg>'
    round_edge = lit(
        f"M0,0H{width}V{height}H0Z",
        ((0, "#fff", 0.14), (0.05, "#fff", 0.10), (0.12, "#fff", 0), (0.9, SHADE, 0.02), (1, SHADE, 0.34)),
        to=(0, 1),
    )
    crease = lit(
        f"M{width * 0.5 - 60},0h120V{height}h-120Z",
        ((0, SHADE, 0), (0.46, SHADE, 0.10), (0.5, "#fff", 0.16), (0.6, "#fff", 0.0), (1, SHADE, 0)),
    )
    return layers + view + round_edge + crease
