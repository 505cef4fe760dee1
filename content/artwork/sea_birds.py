"""The prints of sea birds."""

from collections.abc import Sequence
from math import pi, sin

from numpy.random import Generator

from content.artwork import birds, sea
from content.artwork.birds import Bird, Perch
from content.artwork.paper import generator
from content.artwork.press import BOTTOM, LEFT, RIGHT, TOP, Ink, Plate, Print
from content.artwork.svg import CARVED, INK, Point, circle, clip, fill, group, lens, rect, smooth, stroke, taper

AREA = rect(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP)


def within(*content: str) -> str:
    """The content, cut off at the edge of the printed area."""
    return clip("area", AREA) + group(*content, clip_path="url(#area)")


def parts(flock: Sequence[tuple[Bird, Perch]], *names: str, colour: str = INK) -> str:
    """The named parts of every bird of the flock, each in its place."""
    return "".join(perch.place(bird.part(*names, colour=colour)) for bird, perch in flock)


# --- Arctic Terns

TERN_SUN = (330.0, 392.0, 166.0)
TERNS = (
    (birds.tern_gliding(), Perch(572, 588, 2.6, turn=-40)),
    (birds.tern_rising(), Perch(262, 902, 1.42, turn=-14)),
    (birds.tern_rowing(), Perch(760, 236, 1.12, turn=-18)),
    (birds.tern_rising(), Perch(610, 980, 0.86, turn=-10)),
    (birds.tern_gliding(), Perch(212, 640, 0.62, turn=-58)),
    (birds.tern_rowing(), Perch(836, 720, 0.46, turn=-16)),
    (birds.tern_rising(), Perch(520, 190, 0.5, turn=-20)),
    (birds.tern_gliding(), Perch(170, 210, 0.3, turn=-70)),
)


def arctic_terns() -> Print:
    """Terns turning up into the wind over a low sun."""
    rng = generator("terns at sea")
    swells = [sea.crest(rng, 1075 + 62 * row, 16 + 5 * row, 260 + 60 * row) for row in range(3)]
    white = parts(TERNS, "body", "bill", "feet", colour=CARVED)
    sky = within(AREA, circle(*TERN_SUN, CARVED), white)
    water = within(*(_banked(rng, points, 54) for points in swells), white)
    slate = within(parts(TERNS, "far"), parts(TERNS, "trunk", colour=CARVED), parts(TERNS, "gaps"),
                   parts(TERNS, "far gaps", colour=CARVED), *(_belly(perch) for _, perch in TERNS))  # fmt: skip
    coral = within(circle(*TERN_SUN), parts(TERNS, "body", colour=CARVED), parts(TERNS, "bill", "feet"))
    return Print("arctic-terns", "#f7f2e7", (
        Plate(Ink("#a9cdd2"), sky),
        Plate(Ink("#4f96a3", strength=0.9), water),
        Plate(Ink("#ec6a4c"), coral),
        Plate(Ink("#7d98a6"), slate),
        Plate(Ink("#1c2630"), within(parts(TERNS, "cap", "tips"))),
    ))  # fmt: skip


def _banked(rng: Generator, points: list[Point], depth: float) -> str:
    return fill(sea.below(points)) + sea.furrows(rng, points, depth, rows=4)


def _belly(perch: Perch) -> str:
    return perch.place(fill(taper([(34, 5.5), (14, 9.2), (-12, 8.6), (-44, 5.8)], 3.4)))


# --- Storm Petrel

PETRELS = (
    (birds.storm_petrel(), Perch(560, 470, 2.05, turn=-8)),
    (birds.storm_petrel(), Perch(222, 404, 0.62, turn=-12)),
    (birds.storm_petrel(), Perch(318, 262, 0.36, turn=4)),
)
SWELL_INKS = ("a", "a", "t", "at", "n", "tn", "an")  # the inks of each swell from the farthest to the nearest
SWELL_TOPS = (585, 652, 722, 812, 905, 1010, 1120)


def storm_petrel() -> Print:
    """A petrel pattering over one swell after another."""
    rng = generator("swells")
    swells = [sea.crest(rng, top, 34 + 7 * row, 230 + 62 * row) for row, top in enumerate(SWELL_TOPS)]
    marks = [sea.furrows(rng, points, 70 + 8 * row, rows=4 + row % 2) for row, points in enumerate(swells)]
    foam = [_foam(rng, points, 3 + row) for row, points in enumerate(swells)]
    plates = {ink: within(_swells(swells, marks, foam, ink), parts(PETRELS, "feet", colour=CARVED)) for ink in "atn"}
    black = within(parts(PETRELS, "body", "legs", "feet"),
                   parts(PETRELS, "rump", "bar", "gaps", "far gaps", "eye", colour=CARVED))  # fmt: skip
    return Print("storm-petrel", "#f6efdf", (
        Plate(Ink("#f2cf8d"), within(_dusk(560), fill(sea.below(swells[0]), CARVED), parts(PETRELS, "rump", "bar", colour=CARVED)), grainy=True),
        Plate(Ink("#9ccfc3"), plates["a"]),
        Plate(Ink("#3c8d95"), plates["t"]),
        Plate(Ink("#1f4a6b"), plates["n"]),
        Plate(Ink("#20242b"), black),
    ))  # fmt: skip


def _swells(swells: list[list[Point]], marks: list[str], foam: list[str], ink: str) -> str:
    drawn = []
    for points, mark, top, inks in zip(swells, marks, foam, SWELL_INKS, strict=True):
        drawn.append(fill(sea.below(points), INK if ink in inks else CARVED) + (mark if ink == inks[-1] else "") + top)
    return "".join(drawn)


def _foam(rng: Generator, points: list[Point], width: float) -> str:
    marks = []
    start = int(rng.integers(0, 8))
    while start < len(points) - 6:
        count = int(rng.integers(8, 20))
        marks.append(taper(sea.along(points, start, count, 3), width * rng.uniform(0.8, 1.8)))
        start += count + int(rng.integers(3, 12))
    return fill("".join(marks), CARVED)


def _dusk(height: float) -> str:
    shades = [
        rect(LEFT, TOP + height * step / 9, RIGHT - LEFT, height / 9 + 1, _grey(0.16 + 0.07 * step))
        for step in range(9)
    ]
    return "".join(shades)


def _grey(density: float) -> str:
    level = round(255 * (1 - min(max(density, 0), 1)))
    return f"#{level:02x}{level:02x}{level:02x}"


# --- Gannet Dive

SURFACE = 452.0
DIVER = ((birds.gannet_diving(), Perch(500, 690, 2.5)),)
CIRCLING = (
    (birds.gannet_soaring(), Perch(262, 258, 0.66, turn=-24)),
    (birds.gannet_soaring(), Perch(764, 204, 0.46, turn=200)),
    (birds.gannet_soaring(), Perch(640, 322, 0.26, turn=-40)),
)


def gannet_dive() -> Print:
    """A gannet under water at the end of its plunge, the way it came standing as a column of air."""
    rng = generator("plunge")
    column, fish, surface = _column(rng), _shoal(rng), sea.crest(rng, SURFACE, 12, 190)
    body = parts(DIVER, "body", "bill", colour=CARVED)
    sky = within(
        rect(LEFT, TOP, RIGHT - LEFT, SURFACE),
        fill(sea.below(surface), CARVED),
        parts(CIRCLING, "body", colour=CARVED),
        _crown(rng),
        body,
    )
    light = within(_banked(rng, surface, 120), column, body)
    middle = within(_depth(rng, 640, 16), column, fish, body)
    deep = within(_depth(rng, 905, 20), fish, _rays(CARVED), body)
    slate = within(parts(DIVER, "folds"), _bubbles(rng))
    return Print("gannet-dive", "#f7f3ea", (
        Plate(Ink("#f6dcc0"), sky),
        Plate(Ink("#8cc4d6"), light),
        Plate(Ink("#3c82b4"), middle),
        Plate(Ink("#1d3f78"), deep),
        Plate(Ink("#f0b640"), within(parts(DIVER, "head"), parts(CIRCLING, "head"))),
        Plate(Ink("#6f93ab"), slate),
        Plate(Ink("#1b2230"), within(parts(DIVER, "tips", "eye"), _beak(), parts(CIRCLING, "tips"), _outline())),
    ))  # fmt: skip


def _depth(rng: Generator, top: float, height: float) -> str:
    points = sea.crest(rng, top, height, 190)
    return fill(sea.below(points)) + sea.furrows(rng, points, 120, rows=5)


def _column(rng: Generator) -> str:
    marks = []
    for _ in range(46):
        x = 500 + rng.normal(scale=33)
        top = SURFACE - 6 + rng.uniform(0, 60)
        bottom = top + rng.uniform(90, 330) * (1 - abs(x - 500) / 190)
        sway = rng.normal(scale=7)
        marks.append(
            taper(
                [(x, top), (x + sway, (top + bottom) / 2), ((x - 500) * 0.6 + 500, max(bottom, top + 30))],
                rng.uniform(4, 11),
            )
        )
    return fill("".join(marks), CARVED)


def _crown(rng: Generator) -> str:
    """The splash: drops and arcs of water thrown up around the place where the bird went in."""
    arcs = [taper([(500 + side * (62 + 16 * row), SURFACE + 14), (500 + side * (84 + 30 * row), SURFACE - 96 + 22 * row),
                   (500 + side * (120 + 52 * row), SURFACE - 104 + 34 * row)], 15 - 2 * row) for side in (-1, 1) for row in range(4)]  # fmt: skip
    drops = [
        circle(
            500 + rng.choice([-1, 1]) * rng.uniform(80, 310), SURFACE - rng.uniform(8, 150), rng.uniform(2, 6.5), CARVED
        )
        for _ in range(34)
    ]
    return fill("".join(arcs), CARVED) + "".join(drops)


def _bubbles(rng: Generator) -> str:
    return "".join(
        f'<circle cx="{500 + rng.choice([-1, 1]) * (64 + abs(rng.normal(scale=58))):.1f}" cy="{rng.uniform(500, 900):.1f}" r="{rng.uniform(2, 8):.1f}" '
        f'fill="none" stroke="#000" stroke-width="1.6"/>'
        for _ in range(34)
    )


def _shoal(rng: Generator) -> str:
    shapes = []
    for row in range(5):
        for column in range(9):
            x = LEFT + 10 + column * 100 + (row % 2) * 50 + rng.normal(scale=10)
            y = 1050 + row * 40 + 18 * sin(x / 90) + rng.normal(scale=5)
            shapes.append(_herring(x, y, 21))
    return fill("".join(shapes), CARVED)


def _herring(x: float, y: float, half: float) -> str:
    tail = f"M{x - half + 5:.1f},{y:.1f}l-10,-6l2,6l-2,6Z"
    return lens(x, y, 2 * half, half * 0.42) + tail


def _rays(colour: str) -> str:
    rays = []
    for index in range(11):
        angle = (index - 5) * 0.13
        start, end = (500 + 60 * sin(angle) * 3, 985), (500 + 520 * sin(angle) * 1.6, 1260 - 60 * abs(sin(angle)))
        rays.append(taper([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end], 3.2))
    return fill("".join(rays), colour)


def _beak() -> str:
    return parts(DIVER, "bill")


def _outline() -> str:
    return "".join(perch.place(fill(taper([(40, 9), (0, 11.5), (-36, 6)], 2.4))) for _, perch in CIRCLING)


# --- Oystercatchers at Low Water

SHORE = (
    (birds.oystercatcher("walking"), Perch(560, 640, 2.1)),
    (birds.oystercatcher("probing"), Perch(262, 860, 1.72, mirrored=False)),
    (birds.oystercatcher("standing"), Perch(752, 905, 1.5, mirrored=True)),
    (birds.oystercatcher("walking"), Perch(236, 446, 0.86, mirrored=True)),
    (birds.oystercatcher("probing"), Perch(432, 486, 0.74)),
    (birds.oystercatcher("standing"), Perch(770, 432, 0.7, mirrored=True)),
)
FEET = 60.0  # where a bird's feet are below its origin


def oystercatchers() -> Print:
    """Oystercatchers on the wet sand as the sea draws back line by line."""
    rng = generator("low water")
    white = parts(SHORE, "belly", colour=CARVED)
    films = _films()
    sand = within(AREA, fill(films, CARVED), _tide_lines(rng, 330, 11), white)
    water = within(fill(films), sea.ripples(rng, (LEFT, TOP + 12, RIGHT, 226), 46), _tide_lines(rng, 330, 11), white)
    shade = within(_reflected(SHORE), _worms(rng), parts(SHORE, "body", "legs", "bill", colour=CARVED))
    return Print("oystercatchers", "#f8f2e6", (
        Plate(Ink("#eecfae"), sand),
        Plate(Ink("#a9c6c8"), water),
        Plate(Ink("#7b8d97", strength=0.7), shade),
        Plate(Ink("#e4572e"), within(parts(SHORE, "bill", "legs"))),
        Plate(Ink("#22262b"), within(parts(SHORE, "body"), parts(SHORE, "belly", "wing", "eye", colour=CARVED))),
        Plate(Ink("#e4572e"), within(parts(SHORE, "eye"))),
    ))  # fmt: skip


def _tide_lines(rng: Generator, top: float, count: int) -> str:
    lines = []
    for row in range(count):
        y = top + (BOTTOM - top) * (row / count) ** 1.15
        shift = rng.uniform(0, 6)
        points = [(float(x), y + 16 * sin(x / 150 + shift) + 7 * sin(x / 47 + 2 * shift)) for x in range(60, 950, 20)]
        start = int(rng.integers(0, 12))
        lines.append(taper(points[start : start + int(rng.integers(20, 45))], 5 + 0.5 * row))
    return fill("".join(lines), CARVED)


def _films() -> str:
    rng = generator("films of water")
    films = []
    for row, y in enumerate((236, 300, 366, 560, 760, 1010, 1130)):
        left = rng.uniform(LEFT - 60, 380)
        right = left + rng.uniform(420, 760)
        middle = (left + right) / 2
        films.append(smooth([(left, y), (left, y), (middle - 120, y - 12 - 2 * row), (middle + 130, y - 7), (right, y + 3), (right, y + 3),
                             (middle + 90, y + 12 + 3 * row), (middle - 100, y + 9)], closed=True))  # fmt: skip
    films.append(smooth([(x, 238 + 10 * sin(x / 95)) for x in range(50, 960, 30)]) + f"L950,{TOP}L50,{TOP}Z")
    return "".join(films)


def _reflected(flock: Sequence[tuple[Bird, Perch]]) -> str:
    return "".join(_upside_down(perch, bird.part("body", "legs")) for bird, perch in flock)


def _upside_down(perch: Perch, content: str) -> str:
    across = -perch.size if perch.mirrored else perch.size
    foot = perch.y + FEET * perch.size
    shape = group(
        content,
        transform=f"translate({perch.x} {foot + FEET * perch.size * 0.62:.1f}) scale({across} {-perch.size * 0.62:.3f})",
    )
    gaps = [
        rect(
            perch.x - 130 * perch.size,
            foot + (8 + 13 * row) * perch.size * 0.62,
            260 * perch.size,
            2.4 + 0.5 * row,
            CARVED,
        )
        for row in range(9)
    ]
    return shape + "".join(gaps)


def _worms(rng: Generator) -> str:
    casts = []
    for _ in range(30):
        x, y = rng.uniform(LEFT + 20, RIGHT - 20), rng.uniform(700, BOTTOM - 30)
        casts.append(stroke(smooth([(x + 6 * sin(k * 2.2), y + 2.5 * sin(k * pi / 2)) for k in range(6)]), 1.5))
    return "".join(casts)
