"""The prints of tides and weather."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin

import numpy as np
from numpy.random import Generator

from content.artwork import sea
from content.artwork.browser import Pixels, pixels
from content.artwork.coast import IRELAND
from content.artwork.paper import generator
from content.artwork.press import BOTTOM, LEFT, RIGHT, TOP, Ink, Plate, Print
from content.artwork.sea_birds import AREA, within
from content.artwork.svg import (
    CARVED,
    INK,
    Point,
    arc_points,
    circle,
    fill,
    group,
    line,
    polygon,
    rect,
    smooth,
    stroke,
    taper,
    text,
)

# --- Spring Tide

MOON = (500.0, 372.0)
MOON_RADIUS = 168.0
SUN = (500.0, 150.0)
SUN_RADIUS = 33.0
HIGH_WATER = 520.0  # where the sea begins far from the moon


def spring_tide() -> Print:
    """Sun and moon in one line, and the sea heaped up beneath them in contour lines."""
    rng = generator("spring tide")
    x, y = sea.grid()
    height = _heaped(rng, x, y)
    frame = sea.inside(x, y, top=TOP, bottom=BOTTOM)
    moon = sea.disc(x, y, MOON, MOON_RADIUS) * (1 - sea.above(height, 0.0))
    steps = [sea.above(height, level) * frame for level in (0.0, 7.0, 15.0, 24.0)]
    fine = sea.contours(height, [float(level) for level in np.arange(0, 46, 1.0)], 2.0)
    bold = sea.contours(height, [float(level) for level in np.arange(0, 46, 5.0)], 4.4)
    sky = sea.inside(x, y, top=TOP, bottom=BOTTOM) * (1 - steps[0]) * (1 - sea.disc(x, y, MOON, MOON_RADIUS))
    sun = circle(*SUN, SUN_RADIUS) + _rays()
    return Print("spring-tide", "#f8f3e8", (
        Plate(Ink("#f6ddc6"), mask=sky),
        Plate(Ink("#ee7158"), sun, mask=moon),
        Plate(Ink("#a5d3cd"), mask=steps[0]),
        Plate(Ink("#7fc0c4", strength=0.8), mask=steps[1]),
        Plate(Ink("#4fa3b5", strength=0.7), mask=steps[2]),
        Plate(Ink("#3a7fa6", strength=0.6), mask=steps[3]),
        Plate(Ink("#123f5e"), mask=np.maximum(fine, bold) * frame * sea.above(height, -0.2)),
    ))  # fmt: skip


def _heaped(rng: Generator, x: Pixels, y: Pixels) -> Pixels:
    pull = 205 * np.exp(-(((x - MOON[0]) / 215) ** 2)) * np.exp(-(((y - 560) / 360) ** 2))
    roll = sea.relief(rng, 150, 2.2) * 15 + sea.relief(rng, 60, 3.0) * 4.5
    fade = ((y - HIGH_WATER + 120) / 300).clip(0.15, 1.6)
    return pixels((y - HIGH_WATER - 150 + pull + roll * fade) / 16)


def _rays() -> str:
    rays = []
    for index in range(28):
        angle = 2 * pi * index / 28
        near, far = SUN_RADIUS + 9, SUN_RADIUS + (22 if index % 2 else 31)
        rays.append(line([(SUN[0] + r * cos(angle), SUN[1] + r * sin(angle)) for r in (near, far)]))
    return stroke("".join(rays), 2.4)


# --- Sea Area Forecast

LOW, HIGH = (318.0, 400.0), (812.0, 1085.0)
FRONT_COLD = ((326, 468), (398, 560), (418, 700), (372, 850), (268, 980), (110, 1082))
FRONT_WARM = ((326, 468), (470, 492), (590, 556), (668, 676), (702, 800))


def sea_area_forecast() -> Print:
    """The isobars of a deep low off the west coast, with its fronts."""
    rng = generator("forecast")
    x, y = sea.grid()
    pressure = _pressure(rng, x, y)
    frame = sea.inside(x, y, top=TOP, bottom=BOTTOM)
    isobars = sea.contours(pressure, [float(level) for level in range(960, 1044, 4)], 3.0) * frame
    labels, land = _labels(pressure), _coast()
    tint = np.maximum.reduce(
        [(1 - sea.above(pressure, level)) * weight for level, weight in ((996, 0.45), (984, 0.7), (974, 0.95))]
    )
    return Print("sea-area-forecast", "#f7f1e3", (
        Plate(Ink("#b9d8d6"), mask=(frame * tint).astype(np.float32), grainy=True),
        Plate(Ink("#e6b85c"), within(land)),
        Plate(Ink("#2c4f8f"), within(_front(FRONT_COLD, _teeth, 34, 1), _frame_line()), mask=isobars * _spared(x, y)),
        Plate(Ink("#e0553d"), within(_front(FRONT_WARM, _domes, 40, -1), _centre(LOW, "L", "964"))),
        Plate(Ink("#2c4f8f"), within(_centre(HIGH, "H", "1032"), labels, _areas(), _barbs())),
    ))  # fmt: skip


def _pressure(rng: Generator, x: Pixels, y: Pixels) -> Pixels:
    low = np.hypot((x - LOW[0]) / 1.12, y - LOW[1])
    high = np.hypot(x - HIGH[0], (y - HIGH[1]) / 1.1)
    dip, bump = 50 * np.exp(-((low / 330) ** 1.25)), 23 * np.exp(-((high / 330) ** 1.7))
    tilt = (x - 500) * 0.006 + (y - 700) * 0.010
    return pixels(1011 - dip + bump + tilt + 1.5 * sea.relief(rng, 240))


LABELS = (
    (180, 640, 0),
    (120, 840, 0),
    (560, 1010, 0),
    (560, 280, 0),
    (720, 420, 0),
    (850, 610, 0),
    (640, 1190, 0),
    (250, 1130, 0),
)


def _labels(pressure: Pixels) -> str:
    return "".join(text(x, y + 7, str(_nearest(pressure, x, y)), 21) for x, y, _ in LABELS)


def _nearest(pressure: Pixels, x: float, y: float) -> int:
    return round(float(pressure[int(y * 1.5), int(x * 1.5)]) / 4) * 4


LABEL_WIDTH, LABEL_HEIGHT, CENTRE_RADIUS = 64, 28, 62  # units kept free of isobars around numbers and centres


def _spared(x: Pixels, y: Pixels) -> Pixels:
    mask = np.ones_like(x)
    for left, top, _ in LABELS:
        mask *= 1 - ((np.abs(x - left) < LABEL_WIDTH / 2) & (np.abs(y - top) < LABEL_HEIGHT / 2))
    for middle in (LOW, HIGH):
        mask *= np.hypot(x - middle[0], y - middle[1] - 10) > CENTRE_RADIUS
    return mask.astype(np.float32)


def _coast() -> str:
    return fill(polygon([_chart(latitude, longitude) for latitude, longitude in IRELAND]))


def _chart(latitude: float, longitude: float) -> Point:
    return 640 + (longitude + 8.0) * 62, 770 - (latitude - 53.4) * 104


def _areas() -> str:
    spokes = (((54.3, -10.1), (55.2, -14.5)), ((52.0, -10.5), (50.8, -14.2)), ((52.15, -6.4), (50.3, -5.2)), ((55.2, -7.4), (57.4, -8.6)),
              ((54.0, -5.9), (54.3, -3.2)))  # fmt: skip
    lines = [line([_chart(*start), _chart(*end)]) for start, end in spokes]
    return stroke("".join(lines), 1.8, stroke_dasharray="3 9")


def _centre(at: Point, letter: str, value: str) -> str:
    return text(at[0], at[1] + 4, letter, 84, font_weight="bold") + text(at[0], at[1] + 38, value, 30)


def _frame_line() -> str:
    return f'<rect x="{LEFT + 1}" y="{TOP + 1}" width="{RIGHT - LEFT - 2}" height="{BOTTOM - TOP - 2}" fill="none" stroke="{INK}" stroke-width="3"/>'


def _front(points: Sequence[Point], mark: Callable[[int], str], spacing: float, side: int) -> str:
    dense = _dense(points)
    drawn, since = [stroke(smooth(points), 5.5)], 0.0
    for (ax, ay), (bx, by) in pairwise(dense):
        since += hypot(bx - ax, by - ay)
        if since > spacing * 1.9:
            since = 0.0
            turn = degrees(atan2(by - ay, bx - ax))
            drawn.append(group(mark(side), transform=f"translate({bx:.1f} {by:.1f}) rotate({turn:.1f})"))
    return "".join(drawn)


def _dense(points: Sequence[Point]) -> list[Point]:
    count = len(points)
    at = np.linspace(0, count - 1, 400)
    xs, ys = (np.interp(at, range(count), [point[axis] for point in points]) for axis in (0, 1))
    kernel = np.ones(41) / 41
    return [
        (float(a), float(b))
        for a, b in zip(np.convolve(xs, kernel, "valid"), np.convolve(ys, kernel, "valid"), strict=True)
    ]


def _teeth(side: int) -> str:
    return fill(polygon([(-17, 0), (17, 0), (0, -28 * side)]))


def _domes(side: int) -> str:
    return fill(polygon(arc_points(0, 0, 18, 0, -180 if side < 0 else 180, 24)))


BARBS = (
    (200, 250, 40),
    (660, 210, 205),
    (800, 300, 225),
    (180, 1180, 300),
    (520, 1140, 330),
    (850, 880, 20),
    (130, 500, 100),
)


def _barbs() -> str:
    return "".join(group(_barb(), transform=f"translate({x} {y}) rotate({turn})") for x, y, turn in BARBS)


def _barb() -> str:
    return circle(0, 0, 5) + stroke("M0,0L46,0M46,0L58,-17M36,0L48,-17M26,0L32,-9", 3)


# --- Gale Warning

WAVE_BACK = (
    (40, 860),
    (110, 700),
    (205, 556),
    (320, 440),
    (450, 352),
    (580, 308),
    (690, 318),
    (766, 372),
    (800, 444),
    (790, 506),
    (752, 536),
)
WAVE_FACE = (
    (960, 1150),
    (760, 1116),
    (610, 1060),
    (510, 970),
    (462, 870),
    (456, 770),
    (486, 670),
    (544, 580),
    (620, 520),
    (694, 508),
    (752, 536),
)


def gale_warning() -> Print:
    """A breaking sea under driving rain, and a boat running before it."""
    rng = generator("gale")
    wave = _wave()
    behind, front = sea.crest(rng, 800, 60, 330), sea.crest(rng, 1142, 40, 420)
    foam, spray = _foam(rng), _spray(rng)
    near = (fill(sea.below(front)), sea.furrows(rng, front, 110, rows=5), _foam_line(rng, front))
    light = within(fill(sea.below(behind)), fill(wave), foam, fill(sea.below(front)), _foam_line(rng, front))
    middle = within(fill(sea.below(behind)), sea.furrows(rng, behind, 220, rows=8), fill(wave, CARVED), _ribs(rng, 0.30, 0.97, 12, 17, INK),
                    foam, fill(sea.below(front)), _foam_line(rng, front))  # fmt: skip
    dark = within(
        _trawler(), fill(wave), _ribs(rng, 0.03, 0.97, 20, 9, CARVED), _hollows(rng), foam, _foam_lines(rng), *near
    )
    sky = within(
        AREA, circle(*GALE_SUN, CARVED), _rain(rng), fill(sea.below(behind), CARVED), fill(wave, CARVED), spray, foam
    )
    sun = within(circle(*GALE_SUN), fill(sea.below(behind), CARVED), fill(wave, CARVED))
    return Print("gale-warning", "#f6f0e3", (
        Plate(Ink("#c9cfc8"), sky),
        Plate(Ink("#a9d2c8"), light),
        Plate(Ink("#4e9ba4"), middle),
        Plate(Ink("#1d3c66"), dark),
        Plate(Ink("#d9452f"), sun),
    ))  # fmt: skip


GALE_SUN = (262.0, 262.0, 84.0)


def _wave() -> str:
    lip = [*WAVE_BACK, WAVE_BACK[-1], *WAVE_FACE[::-1][1:]]
    return smooth([lip[0], *lip, lip[-1]], closed=True) + "M40,860L40,1300L960,1300L960,1150Z"


def _trawler() -> str:
    hull = smooth(
        [(-58, -10), (-58, -10), (-20, -4), (30, -8), (66, -26), (66, -26), (50, 12), (50, 12), (-50, 12), (-50, 12)],
        closed=True,
    )
    house = polygon([(-30, -6), (-28, -36), (0, -36), (2, -6)])
    rig = stroke("M14,-6V-72M14,-72L62,-24M14,-70L-50,-12", 2.6)
    return group(fill(hull + house) + rig + rect(-22, -29, 14, 9, CARVED), transform="translate(742 800) rotate(-13)")


def _ribs(rng: Generator, start: float, end: float, count: int, width: float, colour: str) -> str:
    ribs = []
    for part in np.linspace(start, end, count):
        points = [
            (a[0] + (b[0] - a[0]) * float(part), a[1] + (b[1] - a[1]) * float(part))
            for a, b in zip(WAVE_BACK, WAVE_FACE, strict=True)
        ]
        first = int(rng.integers(0, 4))
        ribs.append(taper(points[first : len(points) - int(rng.integers(0, 3))], width * rng.uniform(0.6, 1.2)))
    return fill("".join(ribs), colour)


def _hollows(rng: Generator) -> str:
    """Shorter marks low on the back of the wave, where the ribs have run out."""
    marks = []
    for part in np.linspace(0.10, 0.62, 13):
        points = [
            (a[0] + (b[0] - a[0]) * float(part), a[1] + (b[1] - a[1]) * float(part))
            for a, b in zip(WAVE_BACK[:5], WAVE_FACE[:5], strict=True)
        ]
        dense = _dense(points)
        start = int(rng.integers(0, 160))
        marks.append(taper(dense[start : start + int(rng.integers(90, 200)) : 12], rng.uniform(4, 9)))
    return fill("".join(marks), CARVED)


def _lip() -> list[Point]:
    """Points along the breaking edge: over the back of the wave and around its tip."""
    return _dense(WAVE_BACK[3:])


def _foam(rng: Generator) -> str:
    lip = _lip()
    drawn = []
    for index in range(0, len(lip), 7):
        (x, y), part = lip[index], index / len(lip)
        drawn.append(
            circle(
                x + rng.normal(scale=4), y + 9 + rng.normal(scale=4), (9 + 19 * part) * rng.uniform(0.65, 1.15), CARVED
            )
        )
    for x, y in lip[-190::11]:
        drawn.append(_finger(rng, x, y))
    return "".join(drawn)


def _finger(rng: Generator, x: float, y: float) -> str:
    """A hook of foam that falls from the lip, with a drop below it."""
    length, back = rng.uniform(50, 105), rng.uniform(16, 44)
    hook = taper(
        [(x, y - 6), (x + 9, y + length * 0.4), (x - back * 0.3, y + length * 0.78), (x - back, y + length)],
        rng.uniform(17, 25),
    )
    return fill(hook, CARVED) + circle(x - back - 5, y + length + rng.uniform(10, 26), rng.uniform(3, 6.5), CARVED)


def _foam_lines(rng: Generator) -> str:
    lip = _lip()
    marks = []
    for start in range(40, len(lip) - 60, 17):
        drop = rng.uniform(6, 30)
        marks.append(taper([(x - drop * 0.4, y + drop) for x, y in lip[start : start + 46 : 9]], 3))
    return fill("".join(marks))


def _spray(rng: Generator) -> str:
    return "".join(
        circle(rng.uniform(480, 900), 300 + rng.normal(scale=70), rng.uniform(1.5, 6.5), CARVED) for _ in range(90)
    )


def _foam_line(rng: Generator, points: list[Point]) -> str:
    marks = [
        taper(sea.along(points, start, 12, 5), 11 * rng.uniform(0.7, 1.3)) for start in range(0, len(points) - 10, 13)
    ]
    return fill("".join(marks), CARVED)


def _rain(rng: Generator) -> str:
    marks = []
    for _ in range(230):
        x, y, length = rng.uniform(LEFT - 40, RIGHT + 80), rng.uniform(TOP - 40, 900), rng.uniform(30, 95)
        marks.append(taper([(x, y), (x - length * 0.22, y + length * 0.5), (x - length * 0.44, y + length)], 2.8))
    return fill("".join(marks), CARVED)


# --- First Light

HORIZON = 800.0
RISING = (560.0, 800.0, 150.0)


def first_light() -> Print:
    """Sunrise over the sea in bands of three inks."""
    rng = generator("first light")
    gleams = sea.glitter(rng, RISING[0], HORIZON + 10, BOTTOM - 20, (300, 430), 17).replace(INK, CARVED)
    sun = circle(*RISING, CARVED)
    sky_rose = [
        (0.10, 0.0),
        (0.30, 0.1),
        (0.45, 0.22),
        (0.62, 0.36),
        (0.78, 0.5),
        (0.6, 0.64),
        (0.42, 0.78),
        (0.2, 0.9),
    ]
    sky_blue = [(1.0, 0.0), (0.82, 0.1), (0.64, 0.22), (0.44, 0.36), (0.24, 0.5), (0.08, 0.64), (0, 0.78), (0, 0.9)]
    sky_gold = [(0, 0.0), (0, 0.1), (0, 0.22), (0.15, 0.36), (0.35, 0.5), (0.6, 0.64), (0.85, 0.78), (1.0, 0.9)]
    sea_band = rect(LEFT, HORIZON, RIGHT - LEFT, BOTTOM - HORIZON)
    return Print("first-light", "#f9f3e6", (
        Plate(Ink("#f7c65a"), within(_bands(rng, sky_gold), circle(*RISING), rect(LEFT, HORIZON, RIGHT - LEFT, BOTTOM, CARVED), gleams.replace(CARVED, INK)), grainy=True),
        Plate(Ink("#ef7f78"), within(_bands(rng, sky_rose), sun, sea_band.replace(INK, _density(0.5)), gleams), grainy=True),
        Plate(Ink("#4f6fb0"), within(_bands(rng, sky_blue), sea_band.replace(INK, _density(0.9)), gleams, _sea_lines(rng)), grainy=True),
        Plate(Ink("#27315f"), within(_headland(), _near_sea(rng))),
    ))  # fmt: skip


def _density(value: float) -> str:
    level = round(255 * (1 - value))
    return f"#{level:02x}{level:02x}{level:02x}"


def _bands(rng: Generator, steps: Sequence[tuple[float, float]]) -> str:
    bands = []
    for density, part in steps:
        y = TOP + (HORIZON - TOP) * part
        edge = [
            (float(x), y + (6 * sin(x / 130 + part * 9) + rng.normal(scale=1) if part else -20))
            for x in range(50, 960, 60)
        ]
        bands.append(fill(smooth(edge) + f"L960,{HORIZON}L50,{HORIZON}Z", _density(density)))
    return "".join(bands)


def _sea_lines(rng: Generator) -> str:
    return sea.ripples(rng, (LEFT, HORIZON + 8, RIGHT, BOTTOM), 90)


def _headland() -> str:
    return fill(smooth([(60, 800), (60, 800), (60, 652), (60, 652), (110, 650), (170, 668), (215, 690), (250, 694), (280, 722), (330, 744), (372, 770),
                        (420, 790), (470, 801), (470, 801), (60, 803)], closed=True))  # fmt: skip


def _near_sea(rng: Generator) -> str:
    lines = []
    for row in range(16):
        y = HORIZON + 22 + row * row * 1.75
        for _ in range(4):
            width = rng.uniform(60, 260)
            x = rng.choice([rng.uniform(LEFT, 420), rng.uniform(700, RIGHT)])
            lines.append(taper([(x - width / 2, y), (x, y - 4), (x + width / 2, y + 1)], 2.5 + row * 0.55))
    return fill("".join(lines))
