"""Sea birds as cut shapes. Each bird looks to the right, about 100 units from bill to tail, around the origin.

A bird is a set of named parts, so that each part can go on the plate of its own ink: `body` is the whole
silhouette, the others lie inside it or beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from content.artwork.svg import INK, Point, fill, group, smooth, stroke, taper


@dataclass(frozen=True)
class Bird:
    """Path data by part: filled `shapes` and drawn `lines`."""

    shapes: Mapping[str, str]
    lines: Mapping[str, tuple[str, float]]

    def part(self, *names: str, colour: str = INK) -> str:
        """The named parts as SVG in one colour; names that this bird lacks are left out."""
        filled = [fill(self.shapes[name], colour) for name in names if name in self.shapes]
        drawn = [stroke(*self.lines[name], colour) for name in names if name in self.lines]
        return "".join(filled + drawn)


@dataclass(frozen=True)
class Perch:
    """Where a bird is in the drawing: place, size (1 is life size above), heading in degrees, mirrored or not."""

    x: float
    y: float
    size: float
    turn: float = 0.0
    mirrored: bool = False
    pose: str = ""

    def place(self, content: str) -> str:
        """The content, moved to this place."""
        across = -self.size if self.mirrored else self.size
        return group(
            content,
            transform=f"translate({self.x:.1f} {self.y:.1f}) rotate({self.turn:.1f}) scale({across:.3f} {self.size:.3f})",
        )


def _closed(*points: Point) -> str:
    return smooth(points, closed=True)


def _corner(x: float, y: float) -> tuple[Point, Point]:
    return (x, y), (x, y)


def _feathers(start: tuple[Point, Point], end: tuple[Point, Point], count: int, width: float) -> str:
    """Gouge marks fanning from one line to another: the gaps between flight feathers."""
    marks = []
    for index in range(count):
        part = (index + 0.5) / count
        foot, tip = _between(*start, part), _between(*end, part)
        marks.append(taper([foot, _between(foot, tip, 0.35), _between(foot, tip, 0.7), tip], width))
    return "".join(marks)


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


TERN_BODY = (
    *_corner(50, -1), (41, -6), (32, -9.5), (20, -9.5), (4, -8), (-16, -6), (-34, -4.5), (-60, -8.5), *_corner(-112, -19),
    (-80, -8), (-56, -1.2), *_corner(-47, 0.5), (-56, 3.2), (-78, 8), *_corner(-104, 17),
    (-66, 9.5), (-40, 7.5), (-18, 10), (4, 11.5), (24, 9), (38, 4.5),
)  # fmt: skip
TERN_CAP = (*_corner(50, -1), (41, -6), (32, -9.6), (22, -9.8), (12, -8.6), *_corner(6, -7.4), (17, -4.6), (30, -3.4), (41, -2.4))  # fmt: skip
TERN_BILL = (*_corner(70, 1.5), (60, -1.6), (51, -3.2), *_corner(46, -3.4), *_corner(46, 2.2), (52, 3), (61, 2.8))


def _tern(near: tuple[Point, ...], far: tuple[Point, ...], gaps: tuple[str, str], tips: str) -> Bird:
    body, far_wing, near_wing = _closed(*TERN_BODY), _closed(*far), _closed(*near)
    return Bird(
        shapes={
            "body": body + far_wing + near_wing,
            "trunk": body,
            "far": far_wing,
            "near": near_wing,
            "cap": _closed(*TERN_CAP),
            "bill": _closed(*TERN_BILL),
            "gaps": gaps[0],
            "far gaps": gaps[1],
            "tips": tips,
            "feet": _closed((-20, 9.5), (-26, 13.5), (-34, 14), *_corner(-40, 12), (-32, 11), (-26, 9.5)),
        },
        lines={},
    )


def tern_rising() -> Bird:
    """A tern with its wings raised high."""
    near = (*_corner(26, -7), (36, -28), (37, -50), (28, -72), (6, -104), (-22, -134), *_corner(-62, -164),
            (-40, -122), (-26, -92), (-14, -64), (-10, -36), (-14, -14), *_corner(-18, -5))  # fmt: skip
    far = (*_corner(30, -8), (48, -26), (58, -44), (58, -62), (50, -88), (36, -118), *_corner(8, -156),
           (18, -116), (22, -84), (22, -52), (14, -24), *_corner(4, -7))  # fmt: skip
    gaps = _feathers(((20, -76), (6, -40)), ((-44, -142), (-10, -48)), 8, 1.5)
    tips = _closed(*_corner(-62, -164), (-30, -139), (-8, -116), (-12, -112), (-34, -128))
    return _tern(near, far, (gaps, _feathers(((44, -80), (34, -44)), ((12, -138), (20, -58)), 6, 1.2)), tips)


def tern_rowing() -> Bird:
    """A tern at the bottom of its wing beat."""
    near = (*_corner(28, 2), (42, 18), (46, 36), (38, 58), (18, 88), (-8, 114), *_corner(-44, 138),
            (-28, 104), (-16, 80), (-8, 54), (-8, 30), (-14, 12), *_corner(-20, 3))  # fmt: skip
    far = (*_corner(32, 0), (52, 10), (67, 26), (70, 46), (62, 76), (44, 106), *_corner(16, 142),
           (28, 106), (34, 80), (36, 54), (28, 28), *_corner(12, 4))  # fmt: skip
    gaps = _feathers(((28, 60), (8, 26)), ((-30, 122), (-8, 40)), 8, 1.5)
    tips = _closed(*_corner(-44, 138), (-16, 120), (4, 101), (0, 98), (-20, 112))
    return _tern(near, far, (gaps, _feathers(((62, 52), (46, 24)), ((24, 124), (34, 54)), 6, 1.2)), tips)


def tern_gliding() -> Bird:
    """A tern seen from above, both wings spread."""
    near = (*_corner(24, 4), (36, 22), (44, 46), (43, 66), (30, 98), (4, 136), *_corner(-42, 178),
            (-24, 138), (-12, 104), (-4, 72), (-5, 40), (-12, 16), *_corner(-18, 5))  # fmt: skip
    far = tuple((x * 0.96 + 2, -y * 0.86) for x, y in near)
    gaps = _feathers(((32, 70), (18, 30)), ((-22, 146), (2, 46)), 9, 1.5)
    far_gaps = _feathers(((32, -62), (18, -28)), ((-19, -126), (4, -40)), 9, 1.4)
    tips = _closed(*_corner(-42, 178), (-10, 151), (10, 128), (6, 126), (-16, 146))
    return _tern(near, far, (gaps, far_gaps), tips)


def storm_petrel() -> Bird:
    """A storm petrel pattering over the water, wings up and feet down."""
    body = (*_corner(62, 4), (58, -1), (53, -1.5), (47, -3), (42, -8), (32, -12), (20, -11), (4, -9), (-18, -7.5), (-38, -8),
            *_corner(-70, -14), (-69, -4), *_corner(-74, 7), (-54, 5), (-34, 9), (-12, 14), (12, 15), (32, 12), (44, 6),
            (54, 3.4), (59, 5))  # fmt: skip
    near = (*_corner(26, -8), (42, -24), (50, -46), (44, -68), (20, -98), (-18, -124), *_corner(-76, -142), (-62, -122),
            (-38, -92), (-22, -62), (-14, -34), *_corner(-20, -6))  # fmt: skip
    far = (*_corner(30, -8), (54, -22), (76, -40), (87, -60), (87, -86), (76, -114), *_corner(46, -146), (48, -118),
           (50, -88), (42, -58), (26, -30), *_corner(8, -8))  # fmt: skip
    bar = taper([(18, -22), (14, -44), (2, -66), (-18, -86)], 8)
    return Bird(
        shapes={
            "body": _closed(*body) + _closed(*near) + _closed(*far),
            "near": _closed(*near),
            "rump": _closed(
                *_corner(-20, -9),
                (-33, -9.4),
                *_corner(-46, -11),
                *_corner(-49, -8),
                (-46, -3),
                (-40, 2),
                *_corner(-30, 4.5),
                (-30, -1),
            ),
            "bar": bar,
            "gaps": _feathers(((34, -74), (14, -50)), ((-62, -130), (-20, -56)), 8, 1.5),
            "far gaps": _feathers(((78, -84), (58, -50)), ((54, -130), (44, -64)), 6, 1.3),
            "feet": _closed(*_corner(8, 43), (14, 40), (22, 41), *_corner(26, 45), (18, 46))
            + _closed(*_corner(-18, 47), (-12, 43), (-4, 44), *_corner(1, 48), (-8, 50)),
            "eye": _closed((38, -5.6), (40, -4.1), (38, -2.6), (36, -4.1)),
        },
        lines={"legs": (smooth([(0, 12), (6, 26), (12, 42)]) + smooth([(-10, 13), (-8, 28), (-14, 45)]), 2.2)},
    )


def gannet_diving() -> Bird:
    """A gannet in the last metre of its dive, heading down; symmetrical about the y axis."""
    right = (*_corner(0, 116), (2.6, 100), (4.4, 88), (9, 80), (11.5, 68), (11.5, 54), (14, 40), (20, 26), (29, 12),
             (37, -4), (38, -20), (33, -48), (27, -84), (22, -118), *_corner(15, -158), (14, -122), (13, -92),
             (11, -66), (8.5, -78), *_corner(0, -112))  # fmt: skip
    sleek = tuple((x * SLENDER, y) for x, y in right)
    left = tuple((-x, y) for x, y in sleek[::-1])
    tips = (*_corner(15, -158), (22.2, -118), (25.2, -96), (20, -84), (14.2, -92), (14, -122))
    black = tuple((x * SLENDER, y) for x, y in tips)
    head = ((9.2, 79), (11.6, 68), (11.6, 56), (12.5, 48), (7, 45), (0, 46), (-7, 45), (-12.5, 48), (-11.6, 56), (-11.6, 68),
            (-9.2, 79), (-5, 87), (0, 89), (5, 87))  # fmt: skip
    bill = (*_corner(0, 118), (2.8, 100), (4.8, 87), (0, 83), (-4.8, 87), (-2.8, 100))
    wing = taper([(20, 8), (20.5, -20), (16, -60), (12.4, -92)], 3.2)
    other = taper([(-20, 8), (-20.5, -20), (-16, -60), (-12.4, -92)], 3.2)
    return Bird(
        shapes={
            "body": _closed(*sleek, *left),
            "tips": _closed(*black) + _closed(*((-x, y) for x, y in black)),
            "head": _closed(*((x * SLENDER, y) for x, y in head)),
            "bill": _closed(*bill),
            "folds": wing
            + other
            + taper([(6, -40), (4, -70), (1, -104)], 2)
            + taper([(-6, -40), (-4, -70), (-1, -104)], 2),
            "eye": _closed((6.8, 73), (8.4, 75), (6.8, 77), (5.2, 75))
            + _closed((-6.8, 73), (-5.2, 75), (-6.8, 77), (-8.4, 75)),
        },
        lines={},
    )


SLENDER = 0.86  # how narrow a gannet makes itself for the dive


def gannet_soaring() -> Bird:
    """A gannet on stiff wings, seen from below."""
    body = (*_corner(76, 0), (64, -2.6), (54, -6), (42, -7.5), (24, -10), (0, -11), (-30, -7), *_corner(-74, 0), (-30, 7),
            (0, 11), (24, 10), (42, 7.5), (54, 6), (64, 2.6))  # fmt: skip
    wing = (*_corner(24, 6), (30, 30), (33, 56), (30, 78), (18, 108), (2, 138), *_corner(-22, 164), (-14, 132), (-4, 104),
            (2, 76), (0, 44), *_corner(-14, 8))  # fmt: skip
    tip = (*_corner(-22, 164), (2, 138), (18, 108), (24, 96), (10, 94), (-2, 98), (-14, 132))
    other, far_tip = (tuple((x, -y) for x, y in points) for points in (wing, tip))
    return Bird(
        shapes={
            "body": _closed(*body) + _closed(*wing) + _closed(*other),
            "tips": _closed(*tip) + _closed(*far_tip),
            "head": _closed((66, 0), (56, -5.6), (46, -7), (40, -6), (38, 0), (40, 6), (46, 7), (56, 5.6)),
        },
        lines={},
    )


OYSTERCATCHER_BODY = (
    (-4, -34), (16, -35), (28, -46), (35, -58), (46, -65), (58, -62), (63, -52), (60, -42), (53, -32), (46, -16),
    (34, -1), (14, 8), (-10, 7), (-32, 0), (-54, -8), *_corner(-82, -18), (-60, -24), (-32, -31),
)  # fmt: skip
OYSTERCATCHER_BELLY = (*_corner(45, -16), (33, -1), (14, 8), (-10, 7), (-32, 0), (-54, -8), *_corner(-64, -11.5), (-42, -11),
                       (-16, -9), (12, -13), (30, -18))  # fmt: skip
OYSTERCATCHER_BILL = (*_corner(61, -56), (76, -53), (92, -49), *_corner(108, -44), *_corner(107, -41), (90, -43), (74, -46),
                      *_corner(60, -47))  # fmt: skip


def oystercatcher(pose: str = "standing") -> Bird:
    """An oystercatcher on its feet: standing, walking or probing the sand."""
    maker: Callable[[], Bird] = {"standing": _upright, "walking": _upright, "probing": _probing}[pose]
    bird = maker()
    return Bird(bird.shapes, {"legs": (OYSTERCATCHER_LEGS[pose], 3.4)})


OYSTERCATCHER_LEGS = {
    "standing": smooth([(0, 6), (0, 6), (3, 30), (3, 30), (0, 58), (0, 58), (12, 58)])
    + smooth([(14, 6), (14, 6), (17, 30), (17, 30), (16, 60), (16, 60), (28, 60)]),
    "walking": smooth([(-4, 5), (-4, 5), (-14, 28), (-14, 28), (-32, 52), (-32, 52), (-24, 58)])
    + smooth([(14, 6), (14, 6), (26, 28), (26, 28), (24, 60), (24, 60), (37, 60)]),
    "probing": smooth([(-6, 5), (-6, 5), (-6, 30), (-6, 30), (-12, 58), (-12, 58), (0, 58)])
    + smooth([(10, 6), (10, 6), (17, 30), (17, 30), (14, 60), (14, 60), (26, 60)]),
}


def _upright() -> Bird:
    return Bird(
        {
            "body": _closed(*OYSTERCATCHER_BODY),
            "belly": _closed(*OYSTERCATCHER_BELLY),
            "bill": _closed(*OYSTERCATCHER_BILL),
            "eye": _closed((50, -57), (53, -54), (50, -51), (47, -54)),
            "wing": taper([(24, -20), (-4, -15), (-34, -15), (-66, -18)], 3.4),
        },
        {},
    )


def _probing() -> Bird:
    body = ((-8, -34), (14, -33), (32, -30), (46, -26), (59, -22), (69, -12), (70, 0), (62, 7), (52, 5), (44, -2), (36, 2), (22, 9),
            (4, 11), (-16, 6), (-36, -4), (-56, -18), *_corner(-82, -34), (-60, -35), (-34, -36))  # fmt: skip
    belly = (
        *_corner(38, 1),
        (22, 9),
        (4, 11),
        (-16, 6),
        (-36, -4),
        *_corner(-60, -21),
        (-40, -16),
        (-14, -8),
        (12, -6),
    )
    bill = (
        *_corner(70, -1),
        (76, 14),
        (81, 30),
        *_corner(87, 47),
        *_corner(84, 48),
        (74, 32),
        (67, 18),
        *_corner(61, 7),
    )
    return Bird(
        {
            "body": _closed(*body),
            "belly": _closed(*belly),
            "bill": _closed(*bill),
            "eye": _closed((61, -10), (64, -7), (61, -4), (58, -7)),
            "wing": taper([(26, -14), (-2, -14), (-32, -22), (-66, -34)], 3.4),
        },
        {},
    )


def herring_gull() -> Bird:
    """A herring gull standing, chest out."""
    body = (*_corner(80, -66), (74, -70), (68, -72), (64, -80), (54, -87), (43, -85), (36, -75), (33, -60), (22, -46), (4, -38),
            (-24, -28), (-60, -12), *_corner(-104, 4), (-84, 8), *_corner(-62, 6), (-70, 12), *_corner(-82, 16), (-54, 18),
            (-30, 22), (-4, 24), (20, 18), (38, 4), (48, -18), (53, -40), (60, -56), (68, -62), (76, -62))  # fmt: skip
    wing = (*_corner(32, -24), (22, -40), (4, -36), (-24, -26), (-60, -11), *_corner(-104, 4), (-76, 4), (-46, 8), (-16, 10),
            (12, 2))  # fmt: skip
    tip = (*_corner(-104, 4), (-84, -2), (-58, -11), (-50, 2), (-62, 6), (-84, 6))
    bill = (*_corner(82, -65), (75, -71), (66, -73), *_corner(62, -73), *_corner(62, -63), (70, -62.5), (77, -61))
    return Bird(
        {
            "body": _closed(*body),
            "wing": _closed(*wing),
            "tips": _closed(*tip),
            "bill": _closed(*bill),
            "eye": _closed((55, -79), (57.6, -76.4), (55, -73.8), (52.4, -76.4)),
            "gaps": _feathers(((20, -30), (20, -8)), ((-50, -12), (-40, 6)), 4, 2.2),
        },
        {
            "legs": (
                smooth([(-4, 22), (-4, 22), (-3, 58), (-3, 58), (14, 60)])
                + smooth([(10, 20), (10, 20), (13, 62), (13, 62), (30, 64)]),
                4.0,
            )
        },
    )


def gull_soaring() -> Bird:
    """A herring gull coming across on bowed wings, seen from the side and a little below."""
    body = (*_corner(66, 4), (58, -2), (50, -7), (40, -9), (24, -8), (0, -8), (-30, -6), *_corner(-68, -10), (-70, -2),
            *_corner(-66, 6), (-36, 8), (-8, 12), (20, 12), (42, 8), (56, 6))  # fmt: skip
    near = (*_corner(28, 2), (40, 20), (44, 38), (34, 60), (12, 88), *_corner(-26, 116), (-18, 92), (-14, 64), (-14, 36),
            *_corner(-22, 4))  # fmt: skip
    far = (*_corner(28, -6), (44, -28), (50, -50), (42, -74), (24, -100), *_corner(-12, -128), (-4, -100), (0, -68), (-4, -36),
           *_corner(-16, -6))  # fmt: skip
    tips = _closed(*_corner(-26, 116), (2, 97), (16, 83), (-2, 80), (-16, 84)) + _closed(
        *_corner(-12, -128), (14, -110), (28, -95), (12, -88), (-2, -94)
    )
    return Bird(
        {
            "body": _closed(*body) + _closed(*near) + _closed(*far),
            "wing": _closed(*near) + _closed(*far),
            "tips": tips,
            "bill": _closed(*_corner(68, 5), (60, -1), *_corner(52, -4), *_corner(51, 4), (60, 6)),
            "gaps": _feathers(((26, 44), (10, 20)), ((-18, 98), (-12, 30)), 5, 1.8),
        },
        {},
    )
