"""Furniture and small things, seen from the front. Each stands on the line y; x is its middle."""

from collections.abc import Callable, Sequence

from numpy.random import Generator

from content.artwork.light import SHADE, blurred, box, glow, gradient, grounded, leaf, lit, multiplied, turned
from content.artwork.svg import Point, circle, fill, group, lens, polygon, rect, smooth, stroke

DOWN: Point = (0, 1)


def board(x: float, y: float, width: float, height: float, paint: str = "url(#oak)", *, upright: bool = False) -> str:
    """A plank, its upper edge catching the light."""
    tone = "url(#oak-upright)" if upright and paint == "url(#oak)" else paint
    return (
        rect(x, y, width, height, tone)
        + lit(box(x, y, width, height), ((0, "#fff", 0.10), (0.4, "#fff", 0), (1, SHADE, 0.30)))
        + rect(x, y, width, max(height * 0.04, 2), "#fff", opacity=0.35)
    )


def sideboard(
    x: float, y: float, width: float, height: float, *, paint: str = "url(#oak)", doors: int = 3, legs: float = 110
) -> str:
    """A low cupboard on tapered legs."""
    left, top, body = x - width / 2, y - height, height - legs
    feet = "".join(_leg(left + at, y - legs, legs, side, paint) for at, side in ((60, -1), (width - 60, 1)))
    gap = 26
    door = (width - 2 * gap) / doors
    fronts = "".join(
        _door(left + gap + door * index + 3, top + 50, door - 6, body - 76, paint) for index in range(doors)
    )
    case = board(left, top, width, body, paint) + multiplied(
        rect(left + 18, top + 42, width - 36, body - 60, "#8b745c"), 0.75
    )
    under = multiplied(blurred(rect(left + 20, top + body, width - 20, 70, SHADE), 26), 0.35)
    floor = multiplied(
        blurred(f'<ellipse cx="{x + 40}" cy="{y + 6}" rx="{width * 0.53}" ry="30" fill="{SHADE}"/>', 22), 0.5
    )
    lip = multiplied(blurred(rect(left, top + 26, width, 10, SHADE), 5), 0.4)
    return floor + under + feet + case + fronts + board(left - 12, top, width + 24, 26, paint) + lip


def _door(x: float, y: float, width: float, height: float, paint: str) -> str:
    tone = "url(#oak-upright)" if paint == "url(#oak)" else paint
    face = rect(x, y, width, height, tone) + lit(
        box(x, y, width, height), ((0, "#fff", 0.10), (0.5, SHADE, 0.02), (1, SHADE, 0.20)), to=(1, 0.6)
    )
    edge = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="{SHADE}" stroke-opacity="0.35" stroke-width="2"/>'
    knob = (
        multiplied(blurred(circle(x + width - 38, y + height * 0.3 + 6, 13, SHADE), 5), 0.6)
        + circle(x + width - 42, y + height * 0.3, 12, "#b9955f")
        + circle(x + width - 45, y + height * 0.3 - 3, 5, "#ecd3a0")
    )
    return face + edge + knob


def _leg(x: float, y: float, height: float, side: int, paint: str) -> str:
    shape = polygon(
        [(x - 19, y - 4), (x + 19, y - 4), (x + 9 + side * 16, y + height), (x - 9 + side * 16, y + height)]
    )
    return fill(shape, paint) + lit(shape, ((0, "#fff", 0.12), (0.5, SHADE, 0.1), (1, SHADE, 0.5)))


def vase(x: float, y: float, height: float, tint: str, shape: str = "round") -> str:
    """A vase: round, bottle or jug."""
    half = [(px * height, -py * height) for px, py in PROFILES[shape]]
    outline = [(x + px, y + py) for px, py in half]
    mirror = [(x - px, y + py) for px, py in reversed(half)]
    data = smooth([outline[0], *outline, outline[-1]]) + "L" + smooth([mirror[0], *mirror, mirror[-1]])[1:] + "Z"
    lip_x, lip_y = half[-1]
    mouth = f'<ellipse cx="{x}" cy="{y + lip_y:.1f}" rx="{lip_x:.1f}" ry="{lip_x * 0.16:.1f}" fill="{SHADE}" opacity="0.75"/>'
    rim = f'<ellipse cx="{x}" cy="{y + lip_y:.1f}" rx="{lip_x:.1f}" ry="{lip_x * 0.16:.1f}" fill="none" stroke="#fff" stroke-opacity="0.4" stroke-width="2"/>'
    return grounded(x, y, max(px for px, _ in half) * 1.7) + turned(data, tint) + mouth + rim


PROFILES = {
    "round": ((0.16, 0.0), (0.30, 0.12), (0.37, 0.34), (0.31, 0.58), (0.16, 0.74), (0.11, 0.86), (0.13, 1.0)),
    "bottle": ((0.17, 0.0), (0.20, 0.04), (0.21, 0.30), (0.19, 0.48), (0.075, 0.64), (0.055, 0.80), (0.07, 1.0)),
    "jug": ((0.22, 0.0), (0.27, 0.08), (0.30, 0.34), (0.26, 0.60), (0.19, 0.78), (0.19, 0.88), (0.22, 1.0)),
    "bowl": ((0.30, 0.0), (0.34, 0.06), (0.66, 0.42), (0.86, 0.74), (0.94, 1.0)),
    "pot": ((0.34, 0.0), (0.37, 0.04), (0.44, 0.50), (0.48, 1.0)),
}


def books(x: float, y: float, tints: tuple[str, ...], width: float = 250) -> str:
    """A pile of books, spines to the front."""
    drawn, top = [grounded(x, y, width * 0.95)], y
    for index, tint in enumerate(tints):
        thick, span, push = 30 + 9 * (index * 7 % 3), width - 22 * index, (index * 13 % 5 - 2) * 6
        top -= thick
        data = box(x - span / 2 + push, top, span, thick)
        band = rect(
            x - span / 2 + push + span * 0.12, top + thick * 0.36, span * 0.3, thick * 0.22, "#f5ecd9", opacity=0.6
        )
        drawn.append(fill(data, tint) + band + lit(data, ((0, "#fff", 0.18), (0.3, SHADE, 0), (1, SHADE, 0.35))))
        drawn.append(
            rect(x - span / 2 + push, top + thick - 3, span, 3, SHADE, opacity=0.4)
            + rect(x - span / 2 + push, top, span, 2, "#fff", opacity=0.3)
        )
    return "".join(drawn)


def branch(
    rng: Generator,
    x: float,
    y: float,
    height: float,
    *,
    tints: tuple[str, ...] = ("#7d8f7a", "#93a28a", "#66796a"),
    stems: int = 5,
) -> str:
    """Eucalyptus standing in a vase whose mouth is at x, y."""
    return "".join(_stem(rng, x, y, height, -38 + 76 * (index + 0.5) / stems, tints) for index in range(stems))


def _stem(rng: Generator, x: float, y: float, height: float, lean: float, tints: tuple[str, ...]) -> str:
    length, bend = height * rng.uniform(0.7, 1.05), lean / 90
    points = [
        (x + length * (bend * part + 0.35 * bend * part**2), y - length * part * (1 - 0.18 * abs(bend) * part))
        for part in (0, 0.25, 0.5, 0.75, 1)
    ]
    drawn = [stroke(smooth(points), 3.4, "#6b5f4c")]
    for index in range(13):
        part = 0.22 + 0.78 * index / 12
        at = (x + length * (bend * part + 0.35 * bend * part**2), y - length * part * (1 - 0.18 * abs(bend) * part))
        size = height * (0.17 - 0.08 * part) * rng.uniform(0.85, 1.15)
        side = (-1) ** index
        drawn.append(leaf(*at, size, -90 + lean + side * rng.uniform(38, 70), tints[int(rng.integers(len(tints)))]))
    return "".join(drawn)


def lamp(x: float, y: float, height: float, *, foot: str) -> str:
    """A table lamp with a linen shade."""
    return vase(x, y, height * 0.56, foot, "bottle") + lampshade(x, y - height, height)


def lampshade(x: float, y: float, height: float) -> str:
    """A linen shade with its light on; y is its upper edge, the height that of the lamp it belongs to."""
    top, bottom, low = height * 0.17, height * 0.30, y + height * 0.44
    hood = polygon([(x - top, y), (x + top, y), (x + bottom, low), (x - bottom, low)])
    warm = ((0, "#c8b796", 0.5), (0.3, "#fff1cf", 0.75), (0.55, "#ffe9bd", 0.7), (1, "#b89a6c", 0.55))
    hems = rect(x - top, y, 2 * top, 4, HEM, opacity=0.5) + rect(x - bottom, low - 5, 2 * bottom, 5, HEM, opacity=0.5)
    return _lamplight(x, y, height) + fill(hood, LINEN) + lit(hood, warm) + hems


LINEN, HEM = "#efe6d4", "#8d7a58"


def _lamplight(x: float, shade: float, height: float) -> str:
    tag, paint = glow(((0, "#ffdf9e", 0.55), (0.35, "#ffdf9e", 0.22), (1, "#ffdf9e", 0)))
    return (
        tag
        + circle(x, shade + height * 0.3, height * 1.25, paint, style="mix-blend-mode:soft-light")
        + circle(x, shade + height * 0.3, height * 0.8, paint, opacity=0.35)
    )


def floor_lamp(x: float, y: float, height: float) -> str:
    """A reading lamp on a thin black stand."""
    stand = rect(x - 4, y - height + 40, 8, height - 44, "#24221f") + rect(
        x - 1, y - height + 40, 2, height - 44, "#fff", opacity=0.3
    )
    foot = f'<ellipse cx="{x}" cy="{y - 6}" rx="92" ry="11" fill="#24221f"/>' + grounded(x, y, 180)
    hood = polygon(
        [(x - 60, y - height), (x + 60, y - height), (x + 128, y - height + 170), (x - 128, y - height + 170)]
    )
    return (
        _lamplight(x, y - height - 20, 420)
        + foot
        + stand
        + fill(hood, "#eadfc9")
        + lit(hood, ((0, "#b9a98a", 0.5), (0.4, "#fff2d4", 0.8), (1, "#a88d62", 0.55)))
    )


def _scaler(x: float, y: float, unit: float) -> Callable[[Sequence[Point]], list[Point]]:
    """Turns points given in parts of a thing's size, upwards from where it stands, into the drawing's."""
    return lambda points: [(x + px * unit, y - py * unit) for px, py in points]


def armchair(x: float, y: float, width: float, tint: str) -> str:
    """An upholstered armchair with wooden legs and one cushion."""
    unit = width / 100
    at = _scaler(x, y, unit)
    legs = "".join(
        fill(
            polygon(at([(px - 2.4, 18), (px + 2.4, 18), (px + 1.4 + lean, 0), (px - 1.4 + lean, 0)])),
            "url(#oak-upright)",
        )
        for px, lean in ((-38, -2), (38, 2))
    )
    back = smooth(
        at(
            [
                (-41, 40),
                (-41, 40),
                (-43, 70),
                (-40, 92),
                (-28, 98),
                (0, 100),
                (28, 98),
                (40, 92),
                (43, 70),
                (41, 40),
                (41, 40),
            ]
        ),
        closed=True,
    )
    seat = smooth(
        at([(-36, 24), (-36, 24), (-37, 40), (-33, 45), (0, 47), (33, 45), (37, 40), (36, 24), (36, 24)]), closed=True
    )
    front = smooth(
        at([(-40, 14), (-40, 14), (-40, 27), (-40, 27), (40, 27), (40, 27), (40, 14), (40, 14)]), closed=True
    )
    arms = [
        smooth(
            at(
                [
                    (s * 50, 14),
                    (s * 50, 14),
                    (s * 51, 50),
                    (s * 47, 59),
                    (s * 40, 60),
                    (s * 35, 55),
                    (s * 35, 14),
                    (s * 35, 14),
                ]
            ),
            closed=True,
        )
        for s in (-1, 1)
    ]
    cushion = smooth(
        at([(-22, 46), (-26, 60), (-24, 76), (-22, 78), (0, 75), (20, 78), (23, 75), (22, 60), (19, 46), (0, 48)]),
        closed=True,
    )
    shade = multiplied(
        blurred(f'<ellipse cx="{x + 20}" cy="{y}" rx="{width * 0.56}" ry="22" fill="{SHADE}"/>', 16), 0.6
    )
    return (
        shade + legs + padded(back, tint, 0.30) + _cushion(cushion) + padded(seat, tint, 0.10) + padded(front, tint, 0.36)
        + "".join(padded(arm, tint, 0.24) for arm in arms)
    )  # fmt: skip


def padded(data: str, tint: str, dark: float) -> str:
    """Something upholstered or woven: its colour, its weave, and the light rolling off its edges."""
    around = multiplied(blurred(fill(data, SHADE), 9, transform="translate(3 5)"), 0.30)
    return (
        around
        + fill(data, tint)
        + fill(data, "url(#weave)", opacity=0.6, style="mix-blend-mode:multiply")
        + lit(data, ((0, "#fff", 0.16), (0.5, "#fff", 0), (1, SHADE, dark)), to=(0.7, 1))
        + lit(data, ((0, SHADE, 0.2), (0.14, SHADE, 0), (0.8, SHADE, 0), (1, SHADE, 0.22)))
    )


def _cushion(data: str) -> str:
    return padded(data, "#e7ddc8", 0.22)


def bench(x: float, y: float, width: float, height: float) -> str:
    """A plain oak bench."""
    left = x - width / 2
    legs = "".join(board(at, y - height + 30, 40, height - 30, upright=True) for at in (left + 70, left + width - 110))
    floor = multiplied(
        blurred(f'<ellipse cx="{x + 40}" cy="{y + 4}" rx="{width * 0.5}" ry="22" fill="{SHADE}"/>', 18), 0.45
    )
    under = multiplied(blurred(rect(left + 40, y - height + 50, width - 60, 40, SHADE), 16), 0.4)
    rail = board(left + 100, y - height + 60, width - 200, 26)
    return floor + rail + under + legs + board(left, y - height, width, 46)


def desk(x: float, y: float, width: float, height: float) -> str:
    """A writing desk with two drawers."""
    left, top = x - width / 2, y - height
    legs = "".join(
        _leg(left + at, top + 150, height - 150, side, "url(#oak-upright)") for at, side in ((44, -1), (width - 44, 1))
    )
    drawers = "".join(
        _door(left + 36 + (width - 72) / 2 * index + 4, top + 44, (width - 72) / 2 - 8, 100, "url(#oak-plain)")
        for index in range(2)
    )
    floor = multiplied(
        blurred(f'<ellipse cx="{x + 40}" cy="{y + 6}" rx="{width * 0.5}" ry="24" fill="{SHADE}"/>', 20), 0.4
    )
    return floor + legs + board(left + 18, top + 24, width - 36, 132) + drawers + board(left - 10, top, width + 20, 30)


def chair(x: float, y: float, height: float, tint: str = "#2c2925") -> str:
    """A spindle-back chair seen from behind a desk: dark, simple."""
    unit = height / 100
    at = _scaler(x, y, unit)
    legs = "M" + " M".join(
        f"{x + a * unit:.1f},{y - 48 * unit:.1f}L{x + b * unit:.1f},{y:.1f}" for a, b in ((-18, -24), (18, 24))
    )
    spindles = "".join(
        f"M{x + px * unit * 0.9:.1f},{y - 50 * unit:.1f}L{x + px * unit * 1.1:.1f},{y - 92 * unit:.1f}"
        for px in (-15, -9, -3, 3, 9, 15)
    )
    posts = smooth(at([(-20, 50), (-24, 74), (-25, 97)])) + smooth(at([(20, 50), (24, 74), (25, 97)]))
    rail = smooth(
        at(
            [
                (-28, 90),
                (-28, 90),
                (-12, 94),
                (12, 94),
                (28, 90),
                (28, 90),
                (28, 99),
                (28, 99),
                (12, 103),
                (-12, 103),
                (-28, 99),
                (-28, 99),
            ]
        ),
        closed=True,
    )
    seat = smooth(
        at([(-27, 50), (-24, 53), (0, 54), (24, 53), (27, 50), (24, 46.5), (0, 45.5), (-24, 46.5)]), closed=True
    )
    rungs = f"M{x - 20.5 * unit:.1f},{y - 26 * unit:.1f}H{x + 20.5 * unit:.1f}"
    drawn = (
        stroke(legs, 4.2 * unit, tint)
        + stroke(rungs, 2.4 * unit, tint)
        + stroke(spindles, 1.7 * unit, tint)
        + stroke(posts, 3 * unit, tint)
    )
    floor = multiplied(blurred(f'<ellipse cx="{x + 20}" cy="{y}" rx="{30 * unit}" ry="12" fill="{SHADE}"/>', 10), 0.5)
    return (
        floor
        + drawn
        + fill(rail, tint)
        + lit(rail, ((0, "#fff", 0.25), (0.5, "#fff", 0.05), (1, SHADE, 0.3)))
        + fill(seat, tint)
        + lit(seat, ((0, "#fff", 0.22), (1, SHADE, 0.2)), to=DOWN)
    )


def bed(x: float, y: float, width: float, tint: str, blanket: str) -> str:
    """The head of a bed: a headboard, pillows, a folded blanket. y is the lower edge of the picture."""
    left = x - width / 2
    head = smooth(
        [
            (left, y),
            (left, y),
            (left, y - 560),
            (left + 40, y - 604),
            (x, y - 610),
            (left + width - 40, y - 604),
            (left + width, y - 560),
            (left + width, y),
            (left + width, y),
        ],
        closed=True,
    )
    back = multiplied(blurred(fill(head, SHADE), 30, transform="translate(24 10)"), 0.35)
    pillows = "".join(padded(_pillow(px, py, pw, ph), colour, 0.20) for px, py, pw, ph, colour in (
        (x - 300, y - 350, 600, 300, "#ece6da"), (x + 320, y - 350, 600, 300, "#ece6da"), (x - 270, y - 270, 540, 270, "#f4f0e7"),
        (x + 300, y - 270, 540, 270, "#f4f0e7"), (x + 10, y - 220, 400, 230, tint)))  # fmt: skip
    duvet = smooth(
        [
            (left - 80, y + 40),
            (left - 80, y + 40),
            (left - 60, y - 120),
            (left + 200, y - 150),
            (x, y - 140),
            (x + 300, y - 156),
            (left + width + 60, y - 120),
            (left + width + 80, y + 40),
            (left + width + 80, y + 40),
        ],
        closed=True,
    )
    fold = smooth(
        [
            (left - 80, y + 40),
            (left - 80, y + 40),
            (left - 66, y - 34),
            (x - 200, y - 58),
            (x + 240, y - 50),
            (left + width + 66, y - 34),
            (left + width + 80, y + 40),
            (left + width + 80, y + 40),
        ],
        closed=True,
    )
    return back + padded(head, blanket, 0.26) + pillows + padded(duvet, "#f2ede3", 0.16) + padded(fold, blanket, 0.3)


def _pillow(x: float, y: float, width: float, height: float) -> str:
    w, h = width / 2, height / 2
    return smooth([(x - w, y - h * 0.9), (x - w * 0.5, y - h * 0.92), (x, y - h), (x + w * 0.5, y - h * 0.92), (x + w, y - h * 0.9), (x + w * 0.97, y), (x + w, y + h * 0.9),
                   (x, y + h), (x - w, y + h * 0.9), (x - w * 0.97, y)], closed=True)  # fmt: skip


def cup(x: float, y: float, height: float, tint: str) -> str:
    """A small cup without a handle."""
    data = smooth([(x - height * 0.36, y), (x - height * 0.36, y), (x + height * 0.36, y), (x + height * 0.36, y), (x + height * 0.46, y - height * 0.5),
                   (x + height * 0.48, y - height), (x + height * 0.48, y - height), (x - height * 0.48, y - height), (x - height * 0.48, y - height), (x - height * 0.46, y - height * 0.5)], closed=True)  # fmt: skip
    return (
        grounded(x, y, height * 0.9)
        + turned(data, tint)
        + f'<ellipse cx="{x}" cy="{y - height}" rx="{height * 0.48:.1f}" ry="{height * 0.08:.1f}" fill="{SHADE}" opacity="0.6"/>'
    )


def basket(x: float, y: float, width: float) -> str:
    """A woven basket."""
    height = width * 0.62
    data = smooth([(x - width * 0.42, y), (x - width * 0.42, y), (x + width * 0.42, y), (x + width * 0.42, y), (x + width * 0.5, y - height * 0.5), (x + width * 0.47, y - height),
                   (x + width * 0.47, y - height), (x - width * 0.47, y - height), (x - width * 0.47, y - height), (x - width * 0.5, y - height * 0.5)], closed=True)  # fmt: skip
    weave = "".join(
        lens(
            x + (column - 8.5 + 0.5 * (row % 2)) * width * 0.056,
            y - height * (row + 0.5) / 12,
            width * 0.055,
            height * 0.032,
        )
        for row in range(12)
        for column in range(18)
    )
    return grounded(x, y, width) + fill(data, "#b58a55") + fill(weave, "#d8b27c", opacity=0.8) + turned(data, "none")


def stool(x: float, y: float, width: float, height: float) -> str:
    """A round stool used as a side table."""
    legs = "".join(
        _leg(x + at, y - height + 26, height - 26, side, "url(#oak-upright)")
        for at, side in ((-width * 0.34, -1), (width * 0.34, 1))
    )
    floor = multiplied(
        blurred(f'<ellipse cx="{x + 16}" cy="{y}" rx="{width * 0.55}" ry="14" fill="{SHADE}"/>', 12), 0.5
    )
    return floor + legs + board(x - width / 2, y - height, width, 30)


def tall_plant(rng: Generator, x: float, y: float, height: float, pot: str = "#d9d2c4") -> str:
    """A leafy plant in a pot on the floor."""
    base = height * 0.26
    greens = ("#5d7359", "#6f8567", "#4e6450", "#81956f")
    stems = []
    for index in range(11):
        lean = -62 + 124 * (index + 0.5) / 11 + rng.normal(scale=5)
        length = height * rng.uniform(0.42, 0.78) * (1 - abs(lean) / 190)
        bend = lean / 90
        tip = (x + length * bend * 0.85, y - base - length * (1 - 0.22 * abs(bend)))
        points = [(x + lean * 0.25, y - base + 6), (x + length * bend * 0.3, y - base - length * 0.5), tip]
        stems.append(
            stroke(smooth(points), 4, greens[2]) + _big_leaf(tip, height * 0.26, -90 + lean * 1.25, greens[index % 4])
        )
    return "".join(stems) + vase(x, y, base, pot, "pot")


def _big_leaf(at: Point, length: float, turn: float, tint: str) -> str:
    data = smooth(
        [
            (-length * 0.1, 0),
            (-length * 0.1, 0),
            (length * 0.25, -length * 0.27),
            (length * 0.62, -length * 0.2),
            (length, 0),
            (length, 0),
            (length * 0.62, length * 0.2),
            (length * 0.25, length * 0.27),
        ],
        closed=True,
    )
    tag, paint = gradient(((0, SHADE, 0.30), (0.5, SHADE, 0), (0.51, "#fff", 0.12), (1, "#fff", 0.0)), to=(0.2, 1))
    vein = f"M{-length * 0.1:.1f},0L{length * 0.95:.1f},0"
    return group(
        fill(data, tint) + tag + fill(data, paint) + stroke(vein, 1.6, "#c5d0ab", opacity=0.5),
        transform=f"translate({at[0]:.1f} {at[1]:.1f}) rotate({turn:.1f})",
    )
