"""SVG by hand: curves through points, and the few shapes that every drawing needs.

Units are the drawing's own; y grows downwards. On a printing plate INK is printed and CARVED is left as paper.
"""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

Point = tuple[float, float]

INK = "#000"
CARVED = "#fff"


def smooth(points: Sequence[Point], *, closed: bool = False, tension: float = 6.0) -> str:
    """Path data of a curve through all points; a point given twice in a row is a sharp corner."""
    last = len(points)
    count = last if closed else last - 1
    parts = [f"M{_at(points[0])}"]
    for index in range(count):
        start, end = points[index], points[(index + 1) % last]
        if start == end:
            continue
        before = points[index - 1] if index or closed else start
        after = points[(index + 2) % last] if closed or index + 2 < last else end
        parts.append(_cubic(before, start, end, after, tension))
    return "".join(parts) + ("Z" if closed else "")


def _cubic(before: Point, start: Point, end: Point, after: Point, tension: float) -> str:
    lean_out = _step(start, before, end, tension) if before != start else start
    lean_in = _step(end, after, start, tension) if after != end else end
    return f"C{_at(lean_out)} {_at(lean_in)} {_at(end)}"


def _step(origin: Point, behind: Point, ahead: Point, tension: float) -> Point:
    return origin[0] + (ahead[0] - behind[0]) / tension, origin[1] + (ahead[1] - behind[1]) / tension


def _at(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"


def polygon(points: Iterable[Point]) -> str:
    """Path data of straight lines through all points, closed."""
    return "M" + "L".join(_at(point) for point in points) + "Z"


def line(points: Iterable[Point]) -> str:
    """Path data of straight lines through all points, open."""
    return "M" + "L".join(_at(point) for point in points)


def lens(x: float, y: float, width: float, height: float) -> str:
    """Path data of a flat leaf, pointed at both ends: a ripple, a gleam, a gap between feathers."""
    half = width / 2
    return (
        f"M{x - half:.2f},{y:.2f}Q{x:.2f},{y - height:.2f} {x + half:.2f},{y:.2f}"
        f"Q{x:.2f},{y + height:.2f} {x - half:.2f},{y:.2f}Z"
    )


def taper(points: Sequence[Point], width: float) -> str:
    """Path data of a gouge mark: a stroke along the points, thick in the middle and pointed at both ends."""
    last = len(points) - 1
    left, right = [], []
    for index, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(index - 1, 0)], points[min(index + 1, last)]
        length = max(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 1e-6)
        half = width / 2 * sin(pi * index / last) ** 0.7 if 0 < index < last else 0.0
        nx, ny = (ay - by) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return smooth([left[0], *left, left[-1], left[-1], *right[::-1][1:]], closed=True)


def arc_points(x: float, y: float, radius: float, start: float, end: float, count: int = 12) -> list[Point]:
    """Points on a circle from the angle start to end, in degrees, clockwise from the right."""
    angles = [(start + (end - start) * index / (count - 1)) * pi / 180 for index in range(count)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def fill(data: str, colour: str = INK, **attributes: object) -> str:
    """A filled path."""
    return f'<path d="{data}" fill="{colour}"{_written(attributes)}/>'


def stroke(data: str, width: float, colour: str = INK, **attributes: object) -> str:
    """A drawn line with round ends."""
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round"{_written(attributes)}/>'
    )


def circle(x: float, y: float, radius: float, colour: str = INK, **attributes: object) -> str:
    """A filled circle."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{colour}"{_written(attributes)}/>'


def rect(x: float, y: float, width: float, height: float, colour: str = INK, **attributes: object) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"'
        f"{_written(attributes)}/>"
    )


def text(x: float, y: float, words: str, size: float, colour: str = INK, **attributes: object) -> str:
    """A line of text, in the generic serif unless told otherwise, centred on x."""
    settings = {"font_family": "serif", "text_anchor": "middle"} | attributes
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" fill="{colour}"{_written(settings)}>{words}</text>'


def group(*content: str, **attributes: object) -> str:
    """Elements under shared attributes, such as transform or clip_path."""
    return f"<g{_written(attributes)}>{''.join(content)}</g>"


def clip(name: str, *shapes: str) -> str:
    """The definition of a clipping shape, to be used as clip_path=f"url(#{name})"."""
    return f'<clipPath id="{name}">{"".join(shapes)}</clipPath>'


def document(width: float, height: float, content: str) -> str:
    """A whole SVG document of that size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{content}</svg>'
    )


def _written(attributes: dict[str, object]) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{value}"' for name, value in attributes.items())
