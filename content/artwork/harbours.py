"""The prints of harbours and lights."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.random import Generator

from content.artwork import sea
from content.artwork.browser import Pixels, pixels
from content.artwork.paper import generator
from content.artwork.press import BOTTOM, LEFT, PIXEL_HEIGHT, PIXEL_WIDTH, RIGHT, SCALE, TOP, Ink, Plate, Print
from content.artwork.sea_birds import AREA, within
from content.artwork.svg import (
    CARVED,
    INK,
    Point,
    arc_points,
    circle,
    fill,
    group,
    lens,
    polygon,
    rect,
    smooth,
    stroke,
    taper,
    text,
)

# --- Carrow Head Light

LAMP = (628.0, 424.0)
TOWER = ((598, 462), (658, 462), (676, 742), (580, 742))
HEADLAND = ((60, 1010), (60, 1010), (150, 960), (230, 930), (300, 870), (390, 842), (440, 790), (500, 756), (560, 738), (640, 732), (720, 736),
            (780, 752), (840, 748), (940, 764), (940, 764), (940, 1320), (940, 1320), (60, 1320), (60, 1320))  # fmt: skip


def carrow_head_light() -> Print:
    """The lighthouse on its headland, its beams across the night."""
    rng = generator("carrow head")
    tower, beams = fill(polygon(TOWER)), fill(_beams())
    swells = [sea.crest(rng, 1010 + 52 * row, 14 + 6 * row, 210 + 50 * row) for row in range(5)]
    water = _near_water(rng, swells)
    land = fill(smooth(HEADLAND, closed=True))
    stars, lit = _stars(rng), (beams + tower).replace(INK, CARVED)
    dark = within(AREA, lit, _lantern_gap(), stars, _far_water(rng), land, _strata(rng), _cottage(), water)
    glow = within(beams, rect(LAMP[0] - 19, LAMP[1] - 19, 38, 38), _windows())
    haze = within(AREA, lit, stars, _lantern_gap(), fill(polygon(COTTAGE), CARVED))
    bands = within(fill(polygon(_slice(0.22, 0.5))), fill(polygon(_slice(0.74, 1.0))), _gallery())
    pale = within(_waves_light(rng, swells))
    return Print("carrow-head-light", "#f7f1e2", (
        Plate(Ink("#f6cf63"), glow),
        Plate(Ink("#7fb7bd"), pale),
        Plate(Ink("#39648e", strength=0.85), haze),
        Plate(Ink("#1b3154", strength=0.93), dark),
        Plate(Ink("#d64b32"), bands),
    ))  # fmt: skip


def _beams() -> str:
    x, y = LAMP
    return polygon([(x, y), (20, 168), (20, 392)]) + polygon([(x, y), (980, 300), (980, 468)])


def _lantern_gap() -> str:
    x, y = LAMP
    return (
        rect(x - 19, y - 19, 38, 38, CARVED)
        + fill(smooth(arc_points(x, y - 19, 25, 180, 360)) + "Z")
        + rect(x - 3, y - 60, 6, 24)
    )


def _far_water(rng: Generator) -> str:
    ripples = [taper([(x - w, y), (x, y - 2.5), (x + w, y + 1)], 1.6 + (y - 700) / 60) for x, y, w in _spots(rng)]
    return rect(LEFT, 704, RIGHT - LEFT, 330, CARVED) + fill("".join(ripples))


def _spots(rng: Generator) -> list[tuple[float, float, float]]:
    return [(rng.uniform(LEFT, 520), 712 + 300 * rng.uniform() ** 1.3, rng.uniform(14, 70)) for _ in range(70)]


def _gallery() -> str:
    x, y = LAMP
    bars = "".join(f"M{x - 19 + 9.5 * index:.1f},{y - 19:.1f}v38" for index in range(5))
    return rect(x - 40, y + 19, 80, 11) + stroke(bars, 2.6) + rect(x - 32, y + 30, 64, 9)


def _slice(top: float, bottom: float) -> list[Point]:
    (ax, ay), (bx, _), (cx, cy), (dx, _) = TOWER
    at = [(ax + (dx - ax) * part, bx + (cx - bx) * part, ay + (cy - ay) * part) for part in (top, bottom)]
    return [(at[0][0], at[0][2]), (at[0][1], at[0][2]), (at[1][1], at[1][2]), (at[1][0], at[1][2])]


def _windows() -> str:
    return rect(742, 716, 11, 13) + rect(772, 716, 11, 13)


COTTAGE = ((716, 742), (716, 700), (812, 700), (812, 748))


def _cottage() -> str:
    walls = fill(polygon(COTTAGE), CARVED)
    roof = (
        fill(polygon([(706, 703), (724, 672), (806, 672), (822, 703)]))
        + rect(732, 656, 12, 20)
        + rect(786, 656, 12, 20)
    )
    return walls + roof + rect(742, 716, 11, 13) + rect(772, 716, 11, 13) + rect(758, 716, 9, 30)


def _stars(rng: Generator) -> str:
    return "".join(
        circle(rng.uniform(LEFT, RIGHT), TOP + 520 * rng.uniform() ** 1.4, rng.uniform(0.9, 3.2), CARVED)
        for _ in range(70)
    )


def _strata(rng: Generator) -> str:
    marks = []
    for _ in range(150):
        x = rng.uniform(120, 930)
        top = float(np.interp(x, [point[0] for point in HEADLAND[1:14]], [point[1] for point in HEADLAND[1:14]]))
        y = top + 12 + rng.uniform() ** 1.3 * 330
        length, dip = rng.uniform(26, 120), 0.22 + 0.0006 * (y - 760)
        marks.append(
            taper(
                [(x, y), (x + length / 2, y + length * dip / 2 - 3), (x + length, y + length * dip)], rng.uniform(2, 6)
            )
        )
    grass = [
        taper([(x, _top(x) + 8), (x + 3, _top(x) + 15), (x + 2, _top(x) + 24)], 3) for x in np.arange(500, 935, 9.0)
    ]
    return fill("".join(marks + grass), CARVED)


def _top(x: float) -> float:
    return float(np.interp(x, [point[0] for point in HEADLAND[1:14]], [point[1] for point in HEADLAND[1:14]]))


def _near_water(rng: Generator, swells: list[list[Point]]) -> str:
    return "".join(
        fill(sea.below(points)) + sea.furrows(rng, points, 58, rows=4) + _crest_line(points) for points in swells
    )


def _crest_line(points: list[Point]) -> str:
    return stroke(smooth([(x, y - 1) for x, y in points]), 4.5, CARVED)


def _waves_light(rng: Generator, swells: list[list[Point]]) -> str:
    return fill(sea.below(swells[0])) + "".join(sea.furrows(rng, points, 40, rows=2) for points in swells)


# --- Nine Boats


@dataclass(frozen=True)
class Boat:
    """A boat in the drawing: its place, its length, and which inks its hull and its house are printed in."""

    x: float
    y: float
    length: float
    hull: str
    house: str
    mirrored: bool
    rig: int


def _fleet() -> tuple[Boat, ...]:
    hulls = ("r", "n", "y", "g", "r", "n", "y", "g", "n")
    houses = ("n", "y", "r", "y", "g", "r", "n", "r", "y")
    boats = []
    for index in range(9):
        row, column = divmod(index, 3)
        x = 236 + 264 * column + (row - 1) * 14 * (-1) ** column
        boats.append(
            Boat(
                x,
                372 + 336 * row + (column % 2) * 30,
                228,
                hulls[index],
                houses[index],
                (row + column) % 2 == 1,
                index % 3,
            )
        )
    return tuple(boats)


HULL = ((-98, -34), (-98, -34), (-60, -26), (-10, -22), (40, -27), (84, -44), (106, -58), (106, -58), (98, -36), (84, -12), (70, 6), (70, 6), (0, 10),
        (-80, 6), (-80, 6), (-92, -8))  # fmt: skip
BOOT = ((-90, -6), (-90, -6), (0, -1), (80, -8), (80, -8), (70, 6), (70, 6), (0, 10), (-80, 6), (-80, 6))
HOUSES = (
    ((-52, -27), (-52, -82), (-6, -82), (4, -26)),
    ((2, -26), (6, -88), (48, -88), (50, -30)),
    ((-30, -25), (-30, -72), (24, -72), (30, -27)),
)
MASTS = (
    "M20,-24L20,-142M20,-136L-40,-92M20,-142L100,-58M20,-142L-92,-34",
    "M-28,-24L-28,-150M-28,-70L-90,-120M-28,-150L104,-58M-28,-150L-96,-34",
    "M48,-28L48,-132M48,-132L104,-58M-60,-26L-60,-104M-60,-104L48,-132M-60,-104L-97,-34",
)
ROOFS = ("M-58,-82h58v-9h-58Z", "M0,-88h54v-9h-54Z", "M-36,-72h66v-9h-66Z")
PANES = (
    "M-44,-74h14v17h-14ZM-24,-74h14v17h-14Z",
    "M13,-80h13v17h-13ZM31,-80h13v17h-13Z",
    "M-22,-65h12v15h-12ZM-4,-65h12v15h-12ZM14,-65h9v15h-9Z",
)


def nine_boats() -> Print:
    """Nine boats at their moorings on a still morning."""
    rng = generator("nine boats")
    fleet = _fleet()
    whole = "".join(_moored(boat, _shape(boat)) for boat in fleet).replace(INK, CARVED)
    water = within(
        AREA, sea.ripples(rng, (LEFT, TOP, RIGHT, BOTTOM), 60), "".join(_gleams(rng, boat) for boat in fleet), whole
    )
    plates = {
        ink: within(
            *(_moored(boat, _painted(boat, ink)) for boat in fleet), *(_mirrored(rng, boat, ink) for boat in fleet)
        )
        for ink in "rygn"
    }
    lines = within(*(_moored(boat, _rigging(boat)) for boat in fleet))
    return Print("nine-boats", "#f8f3e7", (
        Plate(Ink("#a3cdc8"), water),
        Plate(Ink("#f2b33f"), plates["y"]),
        Plate(Ink("#e65a45"), plates["r"]),
        Plate(Ink("#2f8579"), plates["g"]),
        Plate(Ink("#213a5c"), plates["n"]),
        Plate(Ink("#213a5c"), lines),
    ))  # fmt: skip


def _moored(boat: Boat, content: str) -> str:
    size = boat.length / 200
    return group(
        content,
        transform=f"translate({boat.x:.1f} {boat.y:.1f}) scale({-size if boat.mirrored else size:.3f} {size:.3f})",
    )


def _shape(boat: Boat) -> str:
    return (
        fill(smooth(HULL, closed=True)) + fill(polygon(HOUSES[boat.rig])) + fill(ROOFS[boat.rig]) + circle(-74, -40, 13)
    )


def _painted(boat: Boat, ink: str) -> str:
    drawn = ""
    if ink == boat.hull:
        drawn += (
            fill(smooth(HULL, closed=True))
            + fill(smooth(BOOT, closed=True), CARVED)
            + stroke("M-94,-24C-40,-12 40,-14 100,-46", 3.4, CARVED)
        )
    if ink == boat.house:
        drawn += fill(ROOFS[boat.rig]) + fill(smooth(BOOT, closed=True))
    if ink == ("y" if "y" not in (boat.hull, boat.house) else "r"):
        drawn += circle(-74, -42, 11)
    return drawn


def _rigging(boat: Boat) -> str:
    return (
        stroke(MASTS[boat.rig].split("M", 2)[1].join(["M", ""]), 4.4)
        + stroke(MASTS[boat.rig], 1.8)
        + fill(PANES[boat.rig])
        + stroke(polygon(HOUSES[boat.rig]), 2)
        + _marks(boat)
    )


def _marks(boat: Boat) -> str:
    return "".join(rect(62 + 9 * index, -34 + index, 4, 10, CARVED) for index in range(2 + boat.rig))


def _mirrored(rng: Generator, boat: Boat, ink: str) -> str:
    if ink not in (boat.hull, boat.house):
        return ""
    width, start = (170, 14) if ink == boat.hull else (70, 62)
    bars = [
        lens(rng.normal(scale=7), start + 9.5 * row, width * (1 - 0.13 * row) * rng.uniform(0.75, 1.1), 2.6)
        for row in range(6 if ink == boat.hull else 4)
    ]
    return _moored(boat, fill("".join(bars)))


def _gleams(rng: Generator, boat: Boat) -> str:
    bars = [
        lens(rng.normal(scale=8), 18 + 9.5 * row, 190 * (1 - 0.1 * row) * rng.uniform(0.6, 1.1), 2.2)
        for row in range(7)
    ]
    return _moored(boat, fill("".join(bars), CARVED))


# --- Chart of the Sound

CHART_LEFT, CHART_TOP, CHART_RIGHT, CHART_BOTTOM = 116.0, 116.0, 884.0, 1220.0
ROSE = (258.0, 516.0)
ROSE_SIZE = 0.84
DEPTHS = (2, 5, 10, 20, 30, 50)


def chart_of_the_sound() -> Print:
    """A chart of a sound among islands, with soundings, depth contours and a compass rose."""
    rng = generator("the sound")
    x, y = sea.grid()
    depth = _seabed(rng, x, y)
    frame = sea.inside(x, y, left=CHART_LEFT, top=CHART_TOP, right=CHART_RIGHT, bottom=CHART_BOTTOM)
    frame = frame * (1 - sea.inside(x, y, left=560, top=CHART_TOP, right=CHART_RIGHT, bottom=256))
    land, shallow = (1 - sea.above(depth, 0)) * frame, (1 - sea.above(depth, 5)) * sea.above(depth, 0) * frame
    mid = (1 - sea.above(depth, 10)) * sea.above(depth, 5) * frame
    lines = (
        np.maximum(sea.contours(depth, [float(level) for level in DEPTHS], 1.5), sea.contours(depth, [0.0], 3.4))
        * frame
    )
    hills = sea.contours(depth, [-6.0, -12.0, -18.0, -24.0], 1.3) * frame
    return Print("chart-of-the-sound", "#f8f3e4", (
        Plate(Ink("#ecd08a"), mask=land),
        Plate(Ink("#9fcfd8"), mask=shallow),
        Plate(Ink("#d2e6e4"), mask=mid),
        Plate(Ink("#27466b"), _border() + _soundings(rng, depth) + _titles(), mask=np.maximum(lines, hills)),
        Plate(Ink("#c2387a"), _placed_rose() + _light_marks() + _track()),
    ))  # fmt: skip


def _seabed(rng: Generator, x: Pixels, y: Pixels) -> Pixels:
    channel = 44 * (1 - np.exp(-(((x - 500 + 130 * np.sin(y / 210)) / 330) ** 2)))
    noise = 11 * sea.relief(rng, 210) + 5.5 * sea.relief(rng, 84) + 2.4 * sea.relief(rng, 36)
    islands = sum(
        height * np.exp(-(((x - a) / size) ** 2) - ((y - b) / (size * 1.25)) ** 2) for a, b, size, height in ISLANDS
    )
    return pixels(27 - channel + noise - islands)


ISLANDS = ((640, 560, 96, 46), (420, 440, 54, 34), (560, 860, 60, 40), (730, 1010, 44, 30))


def _soundings(rng: Generator, depth: Pixels) -> str:
    numbers = []
    for row in range(29):
        for column in range(17):
            x = CHART_LEFT + 28 + column * 45 + (row % 2) * 22 + rng.normal(scale=5)
            y = CHART_TOP + 30 + row * 38 + rng.normal(scale=5)
            numbers.append(_sounding(depth, x, y))
    return "".join(numbers)


def _sounding(depth: Pixels, x: float, y: float) -> str:
    crowded = np.hypot(x - ROSE[0], y - ROSE[1]) < 128 or (x > 560 and y < 262) or x > CHART_RIGHT - 16
    value = float(depth[min(int(y * SCALE), PIXEL_HEIGHT - 1), min(int(x * SCALE), PIXEL_WIDTH - 1)])
    near = min(abs(value - level) for level in (0, *DEPTHS))
    if crowded or value < 1 or near < 0.35:
        return ""
    if value < DECIMETRES:
        return text(
            x, y, f'{int(value)}<tspan font-size="9" dy="3">{int(value * 10) % 10}</tspan>', 14, font_style="italic"
        )
    return text(x, y, str(int(value)), 14, font_style="italic")


DECIMETRES = 10.0  # metres of depth under which a chart gives the decimal too


def _titles() -> str:
    lines = (
        (188, "CARROW SOUND", 31, 2.5),
        (214, "WITH THE APPROACHES TO THE HARBOUR", 9.6, 1.1),
        (236, "Soundings in metres", 13, 0.2),
    )
    box = stroke(f"M560,{CHART_TOP}V256H{CHART_RIGHT}", 1.6)
    return box + "".join(text(722, y, words, size, letter_spacing=space) for y, words, size, space in lines)


def _border() -> str:
    left, top, right, bottom = CHART_LEFT, CHART_TOP, CHART_RIGHT, CHART_BOTTOM
    boxes = "".join(
        f'<rect x="{left - gap}" y="{top - gap}" width="{right - left + 2 * gap}" height="{bottom - top + 2 * gap}" fill="none" '
        f'stroke="#000" stroke-width="{width}"/>'
        for gap, width in ((0, 1.6), (9, 1.2), (18, 3.4))
    )
    across = [rect(left + 48 * step, edge, 24, 9) for step in range(16) for edge in (top - 9, bottom)]
    down = [rect(edge, top + 46 * step, 9, 23) for step in range(24) for edge in (left - 9, right)]
    return boxes + "".join(across + down) + _graticule()


def _graticule() -> str:
    rows = "".join(f"M{CHART_LEFT},{y}H{CHART_RIGHT}" for y in (392, 668, 944))
    columns = "".join(f"M{x},{CHART_TOP}V{CHART_BOTTOM}" for x in (308, 500, 692))
    return stroke(rows + columns, 0.8)


def _placed_rose() -> str:
    x, y = ROSE
    return group(_rose(), transform=f"translate({x} {y}) scale({ROSE_SIZE}) translate({-x} {-y})")


def _rose() -> str:
    x, y = ROSE
    rings = "".join(
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="#000" stroke-width="{width}"/>'
        for radius, width in ((112, 1.6), (96, 1.0), (66, 1.0))
    )
    ticks = "".join(_tick(angle) for angle in range(0, 360, 5))
    points = "".join(_ray(angle, 60 if angle % 90 else 92) for angle in (45, 135, 225, 315, 0, 90, 180, 270))
    return rings + stroke(ticks, 1.3) + points + text(x, y - 117, "N", 20)


def _tick(angle: int) -> str:
    start, turn = (100 if angle % 10 else 97), radians(angle)
    (ax, ay), (bx, by) = ((ROSE[0] + r * cos(turn), ROSE[1] + r * sin(turn)) for r in (start, 111))
    return f"M{ax:.1f},{ay:.1f}L{bx:.1f},{by:.1f}"


def _ray(angle: int, length: float) -> str:
    arm = fill(polygon([(0, 0), (9, -9), (0, -length)])) + stroke(polygon([(0, 0), (-9, -9), (0, -length)]), 1.3)
    return group(arm, transform=f"translate({ROSE[0]} {ROSE[1]}) rotate({angle})")


def _light_marks() -> str:
    marks = []
    for x, y, label in ((508, 742, "Fl(2) 10s 24m 15M"), (470, 312, "Q.R"), (640, 1130, "Fl.G.5s")):
        marks.append(fill(lens(0, 0, 34, 8), transform=f"translate({x + 14} {y - 12}) rotate(-42)") + circle(x, y, 4))
        marks.append(text(x + 32, y + 5, label, 13, text_anchor="start", font_style="italic"))
    return "".join(marks)


def _track() -> str:
    path = smooth(
        [
            (505, 1216),
            (500, 1120),
            (446, 1010),
            (462, 880),
            (520, 760),
            (478, 640),
            (520, 520),
            (540, 380),
            (500, 240),
            (490, 120),
        ]
    )
    return stroke(path, 2, stroke_dasharray="14 9")


# --- Night Crossing

FULL_MOON = (590.0, 342.0, 108.0)
SEA_LINE = 640.0


def night_crossing() -> Print:
    """A ferry crossing the path of the moon."""
    rng = generator("night crossing")
    path = sea.glitter(rng, FULL_MOON[0], SEA_LINE + 8, BOTTOM + 10, (80, 560), 15)
    moon, ferry = circle(*FULL_MOON), _ferry()
    carved = path.replace(INK, CARVED) + moon.replace(INK, CARVED)
    stars = "".join(
        circle(rng.uniform(LEFT, RIGHT), TOP + 500 * rng.uniform() ** 1.2, rng.uniform(0.8, 3), CARVED)
        for _ in range(90)
    )
    mid = within(AREA, _halo(rng), carved, stars, _lit(CARVED))
    deep = within(_night(rng), stars, _wide_water(rng), carved, _lit(CARVED))
    return Print("night-crossing", "#f6f0de", (
        Plate(Ink("#f7e3a1"), within(moon, path, _lit(INK))),
        Plate(Ink("#3f7d9c"), mid),
        Plate(Ink("#1c2c55", strength=0.9), deep),
        Plate(Ink("#16192b"), within(_islands(), ferry, _lit(CARVED))),
    ))  # fmt: skip


def _halo(rng: Generator) -> str:
    x, y, radius = FULL_MOON
    marks = []
    for ring in range(1, 6):
        for _ in range(26):
            start = rng.uniform(0, 360)
            marks.append(
                taper(arc_points(x, y, radius + 20 * ring, start, start + rng.uniform(4, 16), 5), 4.4 - 0.6 * ring)
            )
    return fill("".join(marks), CARVED)


def _night(rng: Generator) -> str:
    x, y, radius = FULL_MOON
    glow = "".join(circle(x, y, radius + 46 * step, CARVED) for step in (2.2,))
    rim = fill(
        "".join(
            taper(arc_points(x, y, radius + 46 * 2.2 + 9 * k, a, a + rng.uniform(5, 20), 5), 6)
            for k in range(-5, 4)
            for a in rng.uniform(0, 360, 26)
        ),
        INK if rng is None else CARVED,
    )
    return rect(LEFT, TOP, RIGHT - LEFT, SEA_LINE - TOP) + glow + rim


def _wide_water(rng: Generator) -> str:
    water = rect(LEFT, SEA_LINE, RIGHT - LEFT, BOTTOM - SEA_LINE)
    path = sea.glitter(rng, FULL_MOON[0], SEA_LINE + 8, BOTTOM + 10, (150, 880), 13).replace(INK, CARVED)
    return water + path


def _islands() -> str:
    far = smooth(
        [
            (60, 642),
            (60, 642),
            (60, 590),
            (60, 590),
            (120, 574),
            (180, 560),
            (232, 570),
            (280, 600),
            (350, 622),
            (420, 642),
            (420, 642),
        ],
        closed=True,
    )
    other = smooth(
        [(760, 642), (760, 642), (820, 620), (860, 612), (940, 600), (940, 600), (940, 642), (940, 642)], closed=True
    )
    return fill(far + other)


FERRY = (438.0, 742.0, 1.25)


def _aboard(content: str) -> str:
    return group(content, transform=f"translate({FERRY[0]} {FERRY[1]}) scale({FERRY[2]})")


def _ferry() -> str:
    hull = smooth(
        [(-122, -22), (-122, -22), (40, -22), (134, -34), (134, -34), (112, 4), (112, 4), (-112, 4), (-112, 4)],
        closed=True,
    )
    decks = polygon([(-104, -22), (-104, -46), (72, -46), (84, -22)]) + polygon(
        [(-84, -46), (-84, -64), (50, -64), (60, -46)]
    )
    top = polygon([(14, -64), (14, -78), (44, -78), (48, -64)]) + polygon(
        [(-52, -64), (-48, -92), (-26, -92), (-24, -64)]
    )
    wake = taper([(-112, 6), (-220, 9), (-330, 4)], 5) + lens(0, 9, 250, 4)
    return _aboard(fill(hull + decks + top + wake) + stroke("M24,-78V-116M24,-104L-10,-78", 2))


def _lit(colour: str) -> str:
    lower = "".join(f"M{x},-39h7v8h-7Z" for x in range(-96, 66, 13))
    upper = "".join(f"M{x},-59h7v7h-7Z" for x in range(-76, 44, 13))
    return _aboard(fill(lower + upper + "M18,-74h22v6h-22Z", colour))
