"""A print where it hangs, stands or lies: in a frame, on clips, as a loose sheet."""

from dataclasses import dataclass

from content.artwork.light import SHADE, blurred, box, cast, gradient, multiplied
from content.artwork.svg import clip, fill, group, polygon, rect

RATIO = 1414 / 1000  # height of an A sheet to its width


@dataclass(frozen=True)
class Finish:
    """What a frame is made of: a pattern or colour, and how strongly its sides are shaded."""

    paint: str
    light: float
    dark: float


FINISHES = {
    "oak": Finish("url(#oak)", 0.20, 0.30),
    "black": Finish("#26241f", 0.14, 0.50),
    "white": Finish("#f3f0e9", 0.55, 0.20),
}


def image(address: str, x: float, y: float, width: float, height: float, **attributes: object) -> str:
    """A picture stretched over a rectangle."""
    written = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<image href="{address}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" preserveAspectRatio="none"{written}/>'


def framed(
    address: str,
    x: float,
    y: float,
    width: float,
    finish: str = "oak",
    *,
    moulding: float = 0.034,
    reach: float = 1.0,
    lean: bool = False,
) -> str:
    """A framed print; x, y and width are those of the sheet inside, the moulding is a part of the width."""
    side, height = width * moulding, width * RATIO
    outer = box(x - side, y - side, width + 2 * side, height + 2 * side)
    shadow = cast(outer, reach=reach, strength=0.75 if lean else 1)
    return shadow + _moulding(x, y, width, height, side, FINISHES[finish]) + _glazed(address, x, y, width, height, side)


def _moulding(x: float, y: float, width: float, height: float, side: float, finish: Finish) -> str:
    left, top, right, bottom = x - side, y - side, x + width + side, y + height + side
    bars = {
        "top": [(left, top), (right, top), (x + width, y), (x, y)],
        "right": [(right, top), (right, bottom), (x + width, y + height), (x + width, y)],
        "bottom": [(left, bottom), (right, bottom), (x + width, y + height), (x, y + height)],
        "left": [(left, top), (left, bottom), (x, y + height), (x, y)],
    }
    wood = "".join(fill(polygon(points), _grain(finish, name)) for name, points in bars.items())
    shade = {
        "top": ("#fff", finish.light),
        "left": ("#fff", finish.light * 0.5),
        "right": (SHADE, finish.dark * 0.55),
        "bottom": (SHADE, finish.dark),
    }
    sides = "".join(fill(polygon(points), shade[name][0], opacity=shade[name][1]) for name, points in bars.items())
    mitres = "".join(
        f"M{a:.1f},{b:.1f}L{c:.1f},{d:.1f}"
        for a, b, c, d in (
            (left, top, x, y),
            (right, top, x + width, y),
            (left, bottom, x, y + height),
            (right, bottom, x + width, y + height),
        )
    )
    seams = f'<path d="{mitres}" stroke="{SHADE}" stroke-opacity="0.30" stroke-width="{max(side * 0.03, 0.8):.2f}"/>'
    return wood + sides + seams + _edges(left, top, right - left, bottom - top, side)


def _grain(finish: Finish, bar: str) -> str:
    upright = finish.paint == "url(#oak)" and bar in {"left", "right"}
    return "url(#oak-upright)" if upright else finish.paint


def _edges(left: float, top: float, width: float, height: float, side: float) -> str:
    line = max(side * 0.05, 1)
    outer = f'<path d="M{left},{top + height}V{top}H{left + width}" fill="none" stroke="#fff" stroke-opacity="0.35" stroke-width="{line:.2f}"/>'
    inner = f'<rect x="{left + side:.1f}" y="{top + side:.1f}" width="{width - 2 * side:.1f}" height="{height - 2 * side:.1f}" fill="none" stroke="{SHADE}" stroke-opacity="0.5" stroke-width="{line:.2f}"/>'
    return outer + inner


def _glazed(address: str, x: float, y: float, width: float, height: float, side: float) -> str:
    name = f"pane{x:.0f}-{y:.0f}-{width:.0f}"
    rim = f'<path d="M{x - side},{y + height + side}V{y - side}H{x + width + side}V{y}H{x}V{y + height}Z" fill="{SHADE}"/>'
    deep = multiplied(
        blurred(group(rim, transform=f"translate({side * 0.42:.1f} {side * 0.5:.1f})"), side * 0.34), 0.55
    )
    soft = multiplied(blurred(group(rim, transform=f"translate({side * 1.0:.1f} {side * 1.2:.1f})"), side * 0.9), 0.28)
    tag, paint = gradient(
        (
            (0, "#fff", 0.13),
            (0.34, "#fff", 0.03),
            (0.35, "#fff", 0.0),
            (0.62, "#fff", 0.0),
            (0.63, "#fff", 0.035),
            (0.8, "#fff", 0.0),
        ),
        to=(1, 0.75),
    )
    inside = image(address, x, y, width, height) + deep + soft + tag + rect(x, y, width, height, paint)
    return clip(name, rect(x, y, width, height)) + group(inside, clip_path=f"url(#{name})")


def sheet(
    address: str, x: float, y: float, width: float, *, turn: float = 0.0, height: float | None = None, lift: float = 1.0
) -> str:
    """A loose sheet lying on a surface, its corners a little raised."""
    tall = height or width * RATIO
    edge = polygon([(x, y), (x + width, y), (x + width, y + tall), (x, y + tall)])
    raised = f"M{x + 8},{y + 8}H{x + width - 6}Q{x + width - 4},{y + tall * 0.5:.1f} {x + width + 16 * lift},{y + tall + 12 * lift}Q{x + width / 2},{y + tall - 8:.1f} {x + 6},{y + tall + 14 * lift}Q{x + 16},{y + tall / 2:.1f} {x + 8},{y + 8}Z"
    shadow = multiplied(
        blurred(fill(edge, SHADE), 3, opacity=0.35, transform="translate(2 3)")
        + blurred(fill(raised, SHADE), 11, opacity=0.38, transform="translate(5 7)")
        + blurred(fill(raised, SHADE), 38, opacity=0.26, transform="translate(22 28)")
    )
    tag, paint = gradient(((0, "#fff", 0.10), (0.3, "#fff", 0.0), (0.7, SHADE, 0.0), (1, SHADE, 0.10)), to=(1, 0.8))
    face = image(address, x, y, width, tall) + tag + rect(x, y, width, tall, paint)
    line = (
        f'<path d="M{x},{y + tall}V{y}H{x + width}" fill="none" stroke="#fff" stroke-opacity="0.7" stroke-width="1.4"/>'
    )
    return group(shadow, face, line, transform=f"rotate({turn} {x + width / 2:.0f} {y + tall / 2:.0f})")
