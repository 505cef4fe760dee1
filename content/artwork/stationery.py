"""Things of paper: postcards, note cards and envelopes, the calendar, the notebook. Sizes are pixels of the photograph."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi

from content.artwork import birds
from content.artwork.birds import Bird, Perch
from content.artwork.frames import image
from content.artwork.light import SHADE, blurred, box, gradient, lit, multiplied
from content.artwork.press import SHEET_HEIGHT, SHEET_WIDTH, Ink, Plate, Print
from content.artwork.svg import CARVED, INK, circle, fill, group, line, polygon, rect, smooth, stroke, text

NAVY = "#22364f"


def crop(
    address: str,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    view: tuple[float, float, float, float] = (86, 86, 828, 1164),
) -> str:
    """A part of a sheet, filling a rectangle; the view is left, top, width and height in units of the drawing."""
    box_ = " ".join(f"{number:g}" for number in view)
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" viewBox="{box_}" preserveAspectRatio="xMidYMid slice">'
        f"{image(address, 0, 0, SHEET_WIDTH, SHEET_HEIGHT)}</svg>"
    )


def laid(content: str, width: float, height: float, x: float, y: float, turn: float, *, lift: float = 1.0) -> str:
    """A flat thing of that size, drawn around its own upper left corner, laid down with its middle at x, y."""
    edge = box(0, 0, width, height)
    shadow = multiplied(
        group(blurred(fill(edge, SHADE), 2.5), opacity=0.40, transform="translate(1.5 2.5)")
        + group(blurred(fill(edge, SHADE), 9 * lift), opacity=0.32, transform=f"translate({5 * lift} {7 * lift})")
        + group(blurred(fill(edge, SHADE), 30 * lift), opacity=0.24, transform=f"translate({16 * lift} {22 * lift})")
    )
    shine, paint = gradient(((0, "#fff", 0.10), (0.4, "#fff", 0), (1, SHADE, 0.09)), to=(1, 0.9))
    rim = f'<path d="M0,{height}V0H{width}" fill="none" stroke="#fff" stroke-opacity="0.75" stroke-width="1.4"/>'
    whole = shadow + content + shine + rect(0, 0, width, height, paint) + rim
    return group(
        whole, transform=f"translate({x:.1f} {y:.1f}) rotate({turn:.2f}) translate({-width / 2:.1f} {-height / 2:.1f})"
    )


# --- postcards

CARD_WIDTH, CARD_HEIGHT = 440.0, 624.0


def postcard(slug: str) -> str:
    """The picture side of a postcard."""
    return rect(0, 0, CARD_WIDTH, CARD_HEIGHT, "#fbf8f1") + crop(
        f"sheet-{slug}.png", 22, 22, CARD_WIDTH - 44, CARD_HEIGHT - 44
    )


def postcard_back() -> str:
    """The other side: a line down the middle, lines for the address, a stamp; drawn upright."""
    width, height = CARD_HEIGHT, CARD_WIDTH
    lines = rect(width / 2, 40, 1.6, height - 80, NAVY, opacity=0.5) + "".join(
        rect(width / 2 + 34, 210 + 44 * row, width / 2 - 74, 1.4, NAVY, opacity=0.45) for row in range(4)
    )
    stamp = f'<rect x="{width - 112}" y="36" width="76" height="92" fill="none" stroke="{NAVY}" stroke-opacity="0.5" stroke-width="1.4"/>'
    words = text(36, height - 36, "Tern &amp; Gale", 17, NAVY, text_anchor="start", opacity=0.8)
    return (
        rect(0, 0, width, height, "#f8f3e8")
        + lines
        + stamp
        + words
        + group(tern_mark(), transform="translate(80 78) scale(0.42)")
    )


def sleeve(width: float, height: float) -> str:
    """The paper band that holds the postcards together."""
    face = rect(0, 0, width, height, "#c9b08a") + multiplied(rect(0, 0, width, height, "url(#plaster)"))
    frame = f'<rect x="16" y="16" width="{width - 32}" height="{height - 32}" fill="none" stroke="{NAVY}" stroke-width="2"/>'
    words = text(width / 2, height * 0.52, "Postcards from the Coast", 42, NAVY, font_style="italic") + text(
        width / 2, height * 0.74, "EIGHT CARDS", 18, NAVY, letter_spacing=5
    )
    return face + frame + words


def tern_mark(colour: str = NAVY) -> str:
    """The bird of the shop."""
    return group(birds.tern_gliding().part("body", colour=colour), transform="rotate(-38)")


# --- note cards


@dataclass(frozen=True)
class Motif:
    """A bird alone on a coloured card: the bird, where it is, and the inks of its parts in their order."""

    bird: Bird
    perch: Perch
    ground: str
    inks: Mapping[str, tuple[str, ...]]
    light: bool = True


_TERN_INKS = {"#7d98a6": ("far",), "#1c2630": ("cap", "tips"), "#e65a3c": ("bill", "feet")}
MOTIFS: dict[str, Motif] = {
    "tern": Motif(birds.tern_rising(), Perch(520, 840, 4.1, turn=-14), "#9cc6cb", _TERN_INKS),
    "petrel": Motif(birds.storm_petrel(), Perch(480, 780, 4.3, turn=-8), "#e9bf6d", {"#22262c": ("body", "legs", "feet")}, light=False),
    "gannet": Motif(birds.gannet_diving(), Perch(500, 740, 3.9), "#3f79a8", {"#f0b640": ("head",), "#1b2230": ("tips", "eye", "bill"), "#9db4c4": ("folds",)}),
    "oystercatcher": Motif(birds.oystercatcher("walking"), Perch(480, 720, 4.4), "#e8c7a6", {"#e4572e": ("bill", "legs"), "#22262b": ("body",)}, light=False),
    "gull": Motif(birds.herring_gull(), Perch(510, 740, 4.0), "#7fa39a", {"#8fa3ae": ("wing",), "#20262c": ("tips", "eye"), "#e9b23c": ("bill",), "#e59a86": ("legs",)}),
    "tern-gliding": Motif(birds.tern_gliding(), Perch(500, 700, 3.5, turn=-52), "#e8775c", _TERN_INKS),
}  # fmt: skip
DETAILS = ("rump", "bar", "gaps", "far gaps", "belly", "wing")  # what is carved out of a dark bird


def note_card(name: str) -> Print:
    """The printed front of a note card."""
    motif = MOTIFS[name]
    white = motif.perch.place(motif.bird.part("body", "legs", colour=CARVED))
    plates = [Plate(Ink(motif.ground), rect(0, 0, SHEET_WIDTH, SHEET_HEIGHT) + white + _sea_lines())]
    plates += [
        Plate(Ink(tint), motif.perch.place(motif.bird.part(*names) + _carved(motif, names)))
        for tint, names in motif.inks.items()
    ]
    if motif.light:
        plates.append(Plate(Ink("#5f7c8c"), motif.perch.place(motif.bird.part("gaps"))))
    return Print(f"card-{name}", "#f9f5ea", tuple(plates), signed=False)


def _carved(motif: Motif, names: tuple[str, ...]) -> str:
    return motif.bird.part(*DETAILS, colour=CARVED) if "body" in names else ""


def _sea_lines() -> str:
    rows = [
        smooth([(float(x), 1180 + 44 * row + 13 * cos(x / 74 + row * 1.9)) for x in range(-40, 1080, 37)])
        for row in range(5)
    ]
    return "".join(stroke(row, 7 - index * 0.6, CARVED) for index, row in enumerate(rows))


NOTE_WIDTH, NOTE_HEIGHT = 470.0, 664.0


def note(name: str, scale: float = 1.0) -> str:
    """A folded note card from the front: its art, and the fold on the left."""
    width, height = NOTE_WIDTH * scale, NOTE_HEIGHT * scale
    fold = lit(box(0, 0, 16 * scale, height), ((0, SHADE, 0.22), (0.5, "#fff", 0.25), (1, "#fff", 0)))
    inner = rect(2, 3, width + 3, height + 2, "#f3eee2")
    return inner + image(f"sheet-card-{name}.png", 0, 0, width, height) + fold


def envelope(width: float, height: float, tint: str = "#c9b08a") -> str:
    """The back of an envelope, its flap closed; lies on its long side."""
    body = rect(0, 0, width, height, tint) + multiplied(rect(0, 0, width, height, "url(#plaster)"))
    tip = height * 0.58
    flap = f"M0,0L{width * 0.46:.1f},{tip:.1f}Q{width * 0.5:.1f},{tip + 14:.1f} {width * 0.54:.1f},{tip:.1f}L{width},0Z"
    shadow = multiplied(blurred(fill(flap, SHADE), 7, transform="translate(3 8)"), 0.45)
    folds = f'<path d="M0,{height}L{width * 0.42:.1f},{height * 0.47:.1f}M{width},{height}L{width * 0.58:.1f},{height * 0.47:.1f}" stroke="{SHADE}" stroke-opacity="0.25" stroke-width="2" fill="none"/>'
    return body + folds + shadow + fill(flap, tint) + lit(flap, ((0, "#fff", 0.16), (1, SHADE, 0.05)), to=(0, 1))


# --- the gift card

GIFT_WIDTH, GIFT_HEIGHT = 1040.0, 640.0


def gift_card(motif: str, paper: str = "#fbf8f1") -> str:
    """A gift card: a bird on the left; on the right what it is, and lines on which its code is written by hand."""
    middle = 0.71 * GIFT_WIDTH
    words = (
        text(middle, 208, "Gift card", 78, NAVY, font_style="italic")
        + text(middle, 268, "FOR SOMETHING FROM THE COAST", 18, NAVY, letter_spacing=4)
        + text(middle, 556, "TERN &amp; GALE  ·  CARROWMORE HARBOUR", 14, NAVY, letter_spacing=3, opacity=0.7)
    )
    gaps = "".join(rect(476 + 132 * group_, 418, 110, 2, NAVY, opacity=0.55) for group_ in range(4))
    label = text(476, 352, "Your code", 22, NAVY, text_anchor="start", font_style="italic", opacity=0.8)
    picture = _cut_out(f"sheet-card-{motif}.png", 0, 0, 420, GIFT_HEIGHT)
    return rect(0, 0, GIFT_WIDTH, GIFT_HEIGHT, paper) + picture + words + label + gaps


def _cut_out(address: str, x: float, y: float, width: float, height: float) -> str:
    return crop(address, x, y, width, height, view=(60, 320, 880, 1000))


# --- the calendar

CALENDAR_WIDTH, CALENDAR_HEIGHT = 900.0, 1270.0
NEW_MOON = 7.85  # the first new moon of 2027: 7 January, late in the evening (UTC), as almanacs have it
SYNODIC = 29.53  # days from new moon to new moon


MOONS = {1: (7, 22), 5: (6, 20), 6: (4, 19)}  # the days of new and full moon in the months that are photographed


def month_page(month: int, slug: str, *, view: tuple[float, float, float, float] = (86, 250, 828, 690)) -> str:
    """A month of the tide calendar of 2027: a picture, the days, and under each week how high the tide runs."""
    width, height = CALENDAR_WIDTH, CALENDAR_HEIGHT
    page = rect(0, 0, width, height, "#faf6ec") + crop(f"sheet-{slug}.png", 46, 70, width - 92, 640, view=view)
    title = text(48, 792, calendar.month_name[month], 62, NAVY, text_anchor="start") + text(
        width - 48, 792, "2027", 40, "#c9573c", text_anchor="end"
    )
    return (
        page
        + title
        + _days(month)
        + text(width / 2, height - 26, "TERN &amp; GALE  ·  TIDE CALENDAR", 13, NAVY, letter_spacing=3, opacity=0.7)
    )


def _days(month: int) -> str:
    left, step, top = 48.0, (CALENDAR_WIDTH - 96) / 7, 834.0
    heads = "".join(
        text(left + step * (index + 0.5), top, name, 17, NAVY, opacity=0.65, letter_spacing=1.5)
        for index, name in enumerate(("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))
    )
    weeks = calendar.Calendar().monthdayscalendar(2027, month)
    gap = 366 / len(weeks)
    drawn = [rect(left, top + 14, CALENDAR_WIDTH - 96, 1.6, NAVY, opacity=0.6)]
    for row, week in enumerate(weeks):
        base = top + 46 + gap * row
        drawn += [_day(left + step * (column + 0.5), base, day, month) for column, day in enumerate(week) if day]
        drawn.insert(1, _tide(week, month, left, step, base + gap * 0.30))
    return heads + "".join(drawn)


def _day(x: float, y: float, day: int, month: int) -> str:
    new, full = (day == moon for moon in MOONS[month])
    mark = (
        f'<circle cx="{x + 34}" cy="{y - 9}" r="8" fill="{NAVY if new else "none"}" stroke="{NAVY}" stroke-width="1.8"/>'
        if new or full
        else ""
    )
    return text(x, y, str(day), 27, NAVY) + mark


def _moon_age(month: int, day: int) -> float:
    before = sum(calendar.monthrange(2027, earlier)[1] for earlier in range(1, month))
    return before + day - NEW_MOON


def _tide(week: list[int], month: int, left: float, step: float, y: float) -> str:
    days = [(column, day) for column, day in enumerate(week) if day]
    points = []
    for part in range(len(days) * 16 + 1):
        at = days[0][1] + part / 16
        height = 5.2 + 3.4 * cos(4 * pi * _moon_age(month, 0) / SYNODIC + 4 * pi * at / SYNODIC)
        points.append((left + step * (days[0][0] + part / 16), y + 6 - height * cos(2 * pi * at / 0.5175)))
    return stroke(smooth(points), 1.7, "#3c8d95")


def binding(width: float) -> str:
    """The wire binding along the upper edge of a calendar, with the hook to hang it by."""
    loops = "".join(_loop(46 + index * (width - 92) / 44) for index in range(45) if not 19 < index < 25)
    hook = stroke(
        f"M{width / 2 - 62},8L{width / 2 - 20},8Q{width / 2 - 14},-40 {width / 2},-40Q{width / 2 + 14},-40 {width / 2 + 20},8L{width / 2 + 62},8",
        4,
        "#6d6a66",
    )
    return loops + hook


def _loop(x: float) -> str:
    hole = rect(x - 4, 16, 8, 9, SHADE, opacity=0.75)
    return (
        hole
        + stroke(f"M{x - 2},20C{x - 7},-14 {x + 7},-14 {x + 2},20", 3.2, "#55524e")
        + stroke(f"M{x - 3.4},8C{x - 4},-8 {x},-10 {x + 2},-6", 1.2, "#fff", opacity=0.7)
    )


# --- the notebook

BOOK_WIDTH, BOOK_HEIGHT = 900.0, 1270.0


def notebook(width: float = BOOK_WIDTH) -> str:
    """A notebook from above: the chart on its cover, a cloth spine, an elastic band, the edges of its pages."""
    height = width * BOOK_HEIGHT / BOOK_WIDTH
    spine = width * 0.13
    pages = (
        rect(width - 4, 8, 15, height - 4, "#e9e1cf")
        + "".join(rect(width - 1 + 3 * k, 9, 1.2, height - 6, SHADE, opacity=0.25) for k in range(4))
        + rect(8, height - 3, width - 6, 12, "#ddd3bf")
        + rect(8, height + 8, width + 6, 4, "#253a55")
    )
    art = crop("sheet-chart-of-the-sound.png", spine, 0, width - spine, height, view=(125, 300, 640, 900))
    cloth = (
        rect(0, 0, spine, height, "#253a55")
        + rect(0, 0, spine, height, "url(#weave)", style="mix-blend-mode:multiply")
        + lit(
            box(0, 0, spine, height),
            ((0, SHADE, 0.5), (0.14, "#fff", 0.16), (0.35, "#fff", 0), (0.9, SHADE, 0.1), (1, SHADE, 0.4)),
        )
    )
    groove = multiplied(blurred(rect(spine - 3, 0, 9, height, SHADE), 4), 0.45)
    label = (
        rect(width * 0.36, height * 0.70, width * 0.44, height * 0.135, "#faf5e8")
        + f'<rect x="{width * 0.372:.1f}" y="{height * 0.7085:.1f}" width="{width * 0.416:.1f}" height="{height * 0.118:.1f}" fill="none" stroke="{NAVY}" stroke-width="2"/>'
        + text(width * 0.58, height * 0.772, "Carrow Sound", width * 0.047, NAVY, font_style="italic")
    )
    lines = rect(width * 0.43, height * 0.805, width * 0.30, 1.6, NAVY, opacity=0.6)
    return pages + art + cloth + groove + label + lines + _elastic(width, height)


def _elastic(width: float, height: float) -> str:
    x = width * 0.9
    shadow = multiplied(blurred(rect(x + 6, 0, 16, height, SHADE), 5), 0.5)
    return (
        shadow
        + rect(x, -2, 16, height + 14, "#c9573c")
        + lit(box(x, -2, 16, height + 14), ((0, "#fff", 0.2), (0.4, "#fff", 0), (1, SHADE, 0.35)))
    )


def open_notebook(width: float) -> str:
    """The notebook lying open: dotted pages, and a page of birds drawn in pencil. The width is that of both pages."""
    height = width * 0.705
    half = width / 2
    cover = rect(-10, -9, width + 20, height + 18, "#253a55")
    block = rect(-3, -3, width + 6, height + 6, "#d9cfba") + rect(0, 0, width, height, "#f8f3e6")
    dots = "".join(
        f"M{28 + 24 * c},{34 + 24 * r}h.01"
        for r in range(int(height / 24) - 2)
        for c in range(int(width / 24) - 1)
        if abs(28 + 24 * c - half) > 26
    )
    gutter = lit(
        box(half - 130, 0, 260, height),
        (
            (0, SHADE, 0),
            (0.42, SHADE, 0.12),
            (0.5, SHADE, 0.42),
            (0.54, "#fff", 0.25),
            (0.7, SHADE, 0.06),
            (1, SHADE, 0),
        ),
    )
    swell = lit(
        box(0, 0, width, height),
        ((0, SHADE, 0.10), (0.1, "#fff", 0.1), (0.4, "#fff", 0), (0.75, "#fff", 0.15), (1, SHADE, 0.14)),
    )
    return cover + block + stroke(dots, 2.6, "#8c9aa6", opacity=0.55) + _sketches(half, height) + swell + gutter


def _sketches(half: float, height: float) -> str:
    pencil = "#55524f"
    flying = (
        (birds.tern_gliding(), Perch(half * 1.5, height * 0.36, half / 400, turn=-34)),
        (birds.tern_rising(), Perch(half * 1.32, height * 0.80, half / 640, turn=-10)),
        (birds.tern_rowing(), Perch(half * 1.74, height * 0.74, half / 640, turn=-16)),
    )
    drawn = []
    for bird, perch in flying:
        outline = "".join(
            f'<path d="{bird.shapes[name]}" fill="#f8f3e6" stroke="{pencil}" stroke-width="{2.0 / perch.size:.2f}"/>'
            for name in ("far", "near", "trunk")
        )
        drawn.append(perch.place(outline + bird.part("cap", "gaps", "tips", colour=pencil)))
    lines = "".join(
        _handwriting(half * 0.16, height * (0.2 + 0.052 * row), half * (0.66 if row % 5 else 0.4), row)
        for row in range(12)
    )
    return group("".join(drawn), opacity=0.85) + lines


def _handwriting(x: float, y: float, width: float, seed: int) -> str:
    points, at, index = [], x, 0
    words = []
    while at < x + width:
        index += 1
        points.append((at, y + (7 if index % 2 else -5) * (0.5 + (seed * 13 + index * 7) % 10 / 12)))
        at += 5 + (seed * 5 + index * 3) % 6
        if (seed + index * 5) % 11 == 0 and len(points) > 3:
            words.append(smooth(points))
            points, at = [], at + 12
    return stroke("".join(words), 1.7, "#44566b", opacity=0.8)


def pencil(length: float, tint: str = "#d9a441") -> str:
    """A pencil lying along x, its point to the right."""
    shaft = (
        rect(0, -11, length, 22, tint)
        + rect(0, -11, length, 7, "#fff", opacity=0.28)
        + rect(0, 4, length, 7, SHADE, opacity=0.28)
    )
    tip = fill(polygon([(length, -11), (length + 46, 0), (length, 11)]), "#e6cfa6") + fill(
        polygon([(length + 32, -3.4), (length + 46, 0), (length + 32, 3.4)]), "#37342f"
    )
    shadow = multiplied(
        blurred(
            fill(line([(0, -9), (length, -9), (length + 46, 2), (length, 13), (0, 13)]) + "Z", SHADE),
            5,
            transform="translate(4 12)",
        ),
        0.5,
    )
    return shadow + shaft + tip + rect(0, -11, 26, 22, "#b9b3a8") + circle(0, 0, 0.1, INK)
