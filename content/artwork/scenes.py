"""The photographs of prints: as a loose sheet, in a frame, in a room; and those of the home and collection pages."""

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator

from content.artwork import furniture as put
from content.artwork.frames import RATIO, framed, sheet
from content.artwork.light import SHADE, blurred, box, cast, grounded, leaves, lit, multiplied, window
from content.artwork.paper import generator
from content.artwork.studio import Scene, floor, panels, table, wall
from content.artwork.svg import fill, group, polygon, rect, stroke


@dataclass(frozen=True)
class Setting:
    """How a print is shown: the surface it lies on, its frame and wall, and its room."""

    surface: str
    finish: str
    wall: str
    hanging: str
    room: str
    room_wall: str
    room_finish: str


SETTINGS = {
    "arctic-terns": Setting("#d9d2c5", "oak", "#e9e3d7", "alone", "sideboard", "#dfe0d6", "oak"),
    "storm-petrel": Setting("#c9cdc6", "black", "#dcd8cc", "leaning", "reading", "#c8cfc4", "black"),
    "gannet-dive": Setting("#d5d0c6", "white", "#c3cdd0", "plant", "desk", "#e6dfd2", "oak"),
    "oystercatchers": Setting("#cfc8bb", "oak", "#e5dccd", "plant", "hall", "#e9e2d4", "black"),
    "spring-tide": Setting("#dcd3c4", "oak", "#ece5d9", "leaning", "bedroom", "#d9c3b2", "oak"),
    "sea-area-forecast": Setting("#b9c2c2", "white", "#dfe2dc", "alone", "desk", "#7f939b", "white"),
    "gale-warning": Setting("#d8d3c8", "black", "#d8d5ca", "alone", "sideboard", "#ebe5d9", "black"),
    "first-light": Setting("#cdd0cc", "white", "#e8dccb", "plant", "reading", "#e7d6c1", "oak"),
    "carrow-head-light": Setting("#d6cfc0", "black", "#e3ddcf", "leaning", "hall", "#5f7580", "oak"),
    "nine-boats": Setting("#e0d8c9", "oak", "#e8e6dc", "alone", "shelf", "#e9e4d8", "white"),
    "chart-of-the-sound": Setting("#a98f74", "oak", "#d5d9d3", "leaning", "shelf", "#bcc7c0", "oak"),
    "night-crossing": Setting("#cbc8c0", "black", "#cfd0c8", "plant", "bedroom", "#a9b4b5", "black"),
}  # fmt: skip


def address(slug: str) -> str:
    """Where the studio keeps the sheet of a print."""
    return f"sheet-{slug}.png"


def paper(slug: str) -> Scene:
    """The print as a loose sheet on a table."""
    rng = generator(slug + " paper")
    setting, turn = SETTINGS[slug], float(rng.uniform(-1.3, 1.3))
    width = 1210.0
    top = (2000 - width * RATIO) / 2 - 8
    surface = table("url(#walnut)") if slug == "chart-of-the-sound" else table(setting.surface)
    print_ = sheet(address(slug), (1600 - width) / 2, top, width, turn=turn)
    light = window(-120, -260, 1300, 1500, lean=0.28, opacity=0.30, softness=34, panes=(2, 2))
    return Scene(f"{slug}-paper", surface + print_ + light)


def in_frame(slug: str) -> Scene:
    """The framed print from nearby."""
    setting = SETTINGS[slug]
    return Scene(f"{slug}-framed", HANGINGS[setting.hanging](slug, setting))


def _alone(slug: str, setting: Setting) -> str:
    rng = generator(slug + " framed")
    light = window(60, 30, 1250, 1650, lean=0.22, opacity=0.5, softness=13)
    return (
        wall(setting.wall)
        + light
        + framed(address(slug), 270, 245, 1060, setting.finish, reach=1.1)
        + _over(light)
        + leaves(rng, (1500, 300), size=1.6, sprays=2, opacity=0.08, softness=14)
    )


def _leaning(slug: str, setting: Setting) -> str:
    width = 1010.0
    bottom = 1770.0
    y = bottom - width * RATIO - width * 0.034
    light = window(-80, 80, 1150, 1500, lean=0.2, opacity=0.45, softness=16)
    things = put.vase(1450, bottom + 8, 430, "#e8e0d1", "bottle") + put.branch(
        generator(slug), 1450, bottom - 418, 560, stems=3
    )
    return (
        wall(setting.wall)
        + light
        + framed(address(slug), 225, y, width, setting.finish, lean=True)
        + _shelf(bottom)
        + things
        + _over(light)
    )


def _with_plant(slug: str, setting: Setting) -> str:
    rng = generator(slug + " plant")
    light = window(280, -100, 1200, 1700, lean=0.26, opacity=0.5, softness=15, panes=(2, 4))
    plant = put.branch(rng, 1540, 2080, 980, stems=5)
    shadow = multiplied(blurred(group(plant, transform="translate(60 50)", style="filter:brightness(0)"), 22), 0.18)
    return (
        wall(setting.wall)
        + light
        + framed(address(slug), 255, 200, 1060, setting.finish)
        + _over(light)
        + shadow
        + blurred(plant, 2.2)
    )


def _over(light: str) -> str:
    return group(light, opacity=0.18)


def _shelf(y: float, width: float = 1600, height: float = 2000) -> str:
    """A broad oak shelf right across the picture, seen from a little above."""
    top = lit(box(0, y - 22, width, 60), ((0, "#fff", 0.20), (1, "#fff", 0.0)))
    contact = multiplied(blurred(rect(180, y - 14, width - 420, 26, SHADE), 10), 0.55)
    front = rect(0, y + 38, width, height, "url(#oak)") + lit(
        box(0, y + 38, width, height - y), ((0, SHADE, 0.18), (0.3, SHADE, 0.28), (1, SHADE, 0.4)), to=(0, 1)
    )
    return (
        rect(0, y - 22, width, 62, "url(#oak)")
        + top
        + contact
        + front
        + rect(0, y + 37, width, 3, "#fff", opacity=0.35)
    )


HANGINGS: dict[str, Callable[[str, Setting], str]] = {"alone": _alone, "leaning": _leaning, "plant": _with_plant}


def room(slug: str) -> Scene:
    """The print at home."""
    setting, rng = SETTINGS[slug], generator(slug + " room")
    return Scene(f"{slug}-room", ROOMS[setting.room](rng, slug, setting))


def _sideboard(rng: Generator, slug: str, setting: Setting) -> str:
    light = window(120, 60, 980, 1180, lean=0.26, opacity=0.55, softness=12)
    paint = "url(#oak)" if setting.room_finish == "oak" else "url(#walnut)"
    things = (
        put.vase(300, 1302, 250, "#e9e3d6", "round") + put.branch(rng, 300, 1060, 430)
        + put.books(1195, 1302, ("#4d6470", "#d9c7a4", "#b5573f")) + put.cup(1195, 1198, 80, "#eee8dc") + put.vase(1380, 1302, 300, "#39464a", "bottle")
    )  # fmt: skip
    return (
        wall(setting.room_wall)
        + light
        + floor(1830)
        + framed(address(slug), 530, 220, 600, setting.room_finish, reach=0.7)
        + put.sideboard(800, 1850, 1300, 550, paint=paint)
        + things
        + _over(light)
        + leaves(rng, (1500, 120), size=1.5, sprays=3, opacity=0.09, softness=12)
    )


def _reading(rng: Generator, slug: str, setting: Setting) -> str:
    light = window(-60, 200, 900, 1100, lean=0.3, opacity=0.5, softness=12, panes=(2, 4))
    tint = "#8a9a8c" if setting.room_finish == "oak" else "#b2764f"
    things = put.floor_lamp(1320, 1850, 1230) + put.armchair(720, 1876, 860, tint) + put.stool(1400, 1890, 240, 380)
    table_things = put.books(1390, 1512, ("#d8cbb2", "#5c7480"), 170) + put.cup(1390, 1436, 62, "#f1ece2")
    return (
        wall(setting.room_wall)
        + light
        + floor(1800)
        + framed(address(slug), 430, 150, 560, setting.room_finish, reach=0.7)
        + things
        + table_things
        + _over(light)
        + leaves(rng, (80, 300), size=1.5, sprays=2, opacity=0.08, softness=12)
    )


def _desk(_: Generator, slug: str, setting: Setting) -> str:
    light = window(420, 40, 1000, 1050, lean=0.24, opacity=0.5, softness=13, panes=(3, 3))
    things = (
        put.lamp(330, 1290, 430, foot="#7d8a83")
        + put.books(1225, 1290, ("#c96b4b", "#e3d5b8", "#3f5560", "#8d9b8f"), 270)
        + put.vase(1010, 1290, 120, "#dcd3c2", "jug")
        + _pencils(1010, 1180)
    )
    return (
        wall(setting.room_wall)
        + light
        + floor(1850, "url(#walnut)")
        + framed(address(slug), 540, 180, 600, setting.room_finish, reach=0.7)
        + put.desk(800, 1880, 1340, 590)
        + things
        + put.chair(820, 1960, 860)
        + _over(light)
    )


def _pencils(x: float, y: float) -> str:
    sticks = ((-12, -8, "#d9a441"), (0, 3, "#3f5560"), (12, 11, "#c2553b"))
    return "".join(
        group(
            rect(-4, -120, 8, 130, tint) + fill(polygon([(-4, -120), (4, -120), (0, -138)]), "#e8d3ae"),
            transform=f"translate({x + at} {y}) rotate({turn})",
        )
        for at, turn, tint in sticks
    )


def _hall(rng: Generator, slug: str, setting: Setting) -> str:
    light = window(-140, 100, 860, 1300, lean=0.3, opacity=0.5, softness=12)
    dado = panels("#efeadf" if setting.room_finish == "oak" else "#8fa09a", 1240, 1800)
    things = put.bench(760, 1870, 1080, 380) + put.basket(520, 1868, 300) + _boots(960, 1868) + _throw(1050, 1490)
    return (
        wall(setting.room_wall)
        + light
        + dado
        + floor(1800, skirting="#efeadf" if setting.room_finish == "oak" else "#8fa09a")
        + framed(address(slug), 470, 190, 620, setting.room_finish, reach=0.7)
        + things
        + put.tall_plant(rng, 1400, 1890, 900)
        + _over(light)
    )


def _boots(x: float, y: float) -> str:
    one = "M-34,-190L-34,-52C-34,-30 -36,-14 -36,0L62,0C66,-26 44,-40 18,-50L16,-190Z"
    pair = (
        fill(one, "#39555c")
        + lit(one, ((0, "#fff", 0.18), (0.4, "#fff", 0.02), (1, SHADE, 0.4)))
        + rect(-38, -6, 102, 10, "#24282a")
        + rect(-35, -186, 52, 8, "#fff", opacity=0.3)
    )
    return (
        grounded(x + 60, y, 230)
        + group(pair, transform=f"translate({x + 98} {y - 5})")
        + group(pair, transform=f"translate({x} {y})")
    )


def _throw(x: float, y: float) -> str:
    data = f"M{x - 120},{y - 8}C{x - 60},{y - 22} {x + 60},{y - 20} {x + 118},{y - 8}L{x + 112},{y + 190}C{x + 60},{y + 200} {x - 60},{y + 186} {x - 116},{y + 196}Z"
    stripes = "".join(rect(x - 118, y + at, 234, 7, "#5c7a84", opacity=0.8) for at in (110, 126, 160))
    fringe = "".join(f"M{x - 112 + 8 * index},{y + 190}v22" for index in range(28))
    return stroke(fringe, 2.4, "#e6dcc8") + put.padded(data, "#e6dcc8", 0.24) + stripes


def _bedroom(rng: Generator, slug: str, setting: Setting) -> str:
    light = window(60, -60, 1000, 1250, lean=0.25, opacity=0.5, softness=14)
    tint, blanket = ("#b9654a", "#c9b79c") if setting.room_finish == "oak" else ("#3f5a68", "#8b9a96")
    sconce = _sconce(1405, 760)
    return (
        wall(setting.room_wall)
        + light
        + framed(address(slug), 500, 190, 600, setting.room_finish, reach=0.7)
        + sconce
        + put.bed(800, 2010, 1420, tint, blanket)
        + _over(light)
        + leaves(rng, (1480, 160), size=1.6, sprays=2, opacity=0.08, softness=13)
    )


def _sconce(x: float, y: float) -> str:
    plate = multiplied(blurred(rect(x - 18, y + 20, 50, 130, SHADE, rx=20), 10), 0.5) + rect(
        x - 22, y, 44, 130, "#b08d57", rx=22
    )
    shine = rect(x - 16, y + 10, 8, 110, "#f0d9a8", rx=4, opacity=0.7)
    arm = stroke(f"M{x},{y + 96}C{x - 4},{y + 30} {x - 6},{y + 10} {x - 6},{y - 40}", 9, "#94733f")
    return plate + shine + arm + put.lampshade(x - 6, y - 190, 330)


def _ledge(rng: Generator, slug: str, setting: Setting) -> str:
    width, y = 800.0, 1660.0
    other = "first-light" if slug == "nine-boats" else "night-crossing"
    light = window(160, 90, 1050, 1150, lean=0.22, opacity=0.5, softness=13)
    prints = framed(address(other), 1010, y - 420 * RATIO - 14, 420, "black", lean=True, reach=0.6) + framed(
        address(slug), 320, y - width * RATIO - 26, width, setting.room_finish, lean=True, reach=0.8
    )
    things = (
        put.vase(205, y, 300, "#b9654a", "jug")
        + put.branch(rng, 205, y - 290, 420, stems=4)
        + put.cup(1245, y, 100, "#ece6da")
        + put.books(1440, y, ("#d9c7a4", "#4d6470"), 190)
    )
    return wall(setting.room_wall) + light + prints + _plank(100, y, 1500, 52) + things + _over(light)


def _plank(x: float, y: float, width: float, height: float) -> str:
    shadow = cast(box(x + 10, y + 6, width - 20, height), reach=0.9)
    return (
        shadow
        + put.board(x, y, width, height)
        + multiplied(blurred(rect(x + 180, y - 8, width - 420, 12, SHADE), 5), 0.3)
    )


ROOMS: dict[str, Callable[[Generator, str, Setting], str]] = {
    "sideboard": _sideboard, "reading": _reading, "desk": _desk, "hall": _hall, "bedroom": _bedroom, "shelf": _ledge,
}  # fmt: skip


# --- the home page and the collections

HERO_WIDTH, HERO_HEIGHT = 2400, 1500
WIDE_WIDTH, WIDE_HEIGHT = 2000, 1250


def home_hero() -> Scene:
    """A quiet room: an empty wall on the left, a sideboard and three prints on the right."""
    rng = generator("home hero")
    light = window(260, -120, 1000, 1150, lean=0.26, opacity=0.55, softness=16, panes=(3, 3))
    prints = (
        framed(address("storm-petrel"), 1276, 150, 420, "oak", reach=0.6)
        + framed(address("spring-tide"), 1772, 248, 284, "black", reach=0.5)
        + framed(address("carrow-head-light"), 2112, 248, 236, "oak", reach=0.5)
    )
    things = (
        put.vase(1172, 1002, 170, "#e9e3d6", "round")
        + put.branch(rng, 1172, 838, 300)
        + put.books(2050, 1002, ("#4d6470", "#d9c7a4", "#b5573f"), 220)
        + put.vase(2235, 1002, 230, "#39464a", "bottle")
        + put.cup(1790, 1002, 76, "#dfe4df")
    )
    return Scene("home-hero", wall("#e8e1d4", HERO_WIDTH, HERO_HEIGHT) + light + floor(1370, width=HERO_WIDTH, height=HERO_HEIGHT) + prints + put.sideboard(1720, 1400, 1240, 400, doors=4, legs=90) + things + _over(light) + leaves(rng, (300, 240), size=1.7, sprays=3, opacity=0.08, softness=14), HERO_WIDTH, HERO_HEIGHT)  # fmt: skip


def collection_sea_birds() -> Scene:
    """Three bird prints on a picture ledge."""
    rng = generator("collection birds")
    light = window(120, -80, 1300, 1000, lean=0.2, opacity=0.5, softness=15, panes=(3, 3))
    y = 1040.0
    prints = "".join(framed(address(slug), x, y - width * RATIO - width * 0.034, width, finish, lean=True, reach=0.7) for slug, x, width, finish in (
        ("oystercatchers", 1290, 470, "white"), ("arctic-terns", 230, 560, "oak"), ("gannet-dive", 830, 430, "black")))  # fmt: skip
    things = (
        put.vase(1880, y, 210, "#b9654a", "jug")
        + put.branch(rng, 1880, y - 200, 360, stems=4)
        + put.vase(130, y, 130, "#e8e0d1", "round")
    )
    return Scene(
        "collection-sea-birds",
        wall("#cfd6d2", WIDE_WIDTH, WIDE_HEIGHT) + light + prints + _plank(-20, y, 2040, 50) + things + _over(light),
        WIDE_WIDTH,
        WIDE_HEIGHT,
    )


def collection_tides() -> Scene:
    """Two prints over a sofa-high cupboard, and weather in the window light."""
    rng = generator("collection tides")
    light = window(300, -60, 1200, 950, lean=0.28, opacity=0.55, softness=14, panes=(3, 3))
    prints = (
        framed(address("spring-tide"), 300, 90, 470, "oak", reach=0.6)
        + framed(address("sea-area-forecast"), 830, 90, 470, "oak", reach=0.6)
        + framed(address("first-light"), 1360, 90, 470, "oak", reach=0.6)
    )
    things = (
        put.lamp(220, 960, 330, foot="#7d8a83")
        + put.books(1080, 960, ("#d9c7a4", "#b5573f"), 230)
        + put.vase(1660, 960, 170, "#39464a", "round")
        + put.branch(rng, 1660, 800, 240, stems=4)
    )
    return Scene(
        "collection-tides-and-weather",
        wall("#e8dccb", WIDE_WIDTH, WIDE_HEIGHT)
        + light
        + prints
        + put.sideboard(1000, 1420, 1900, 460, doors=5)
        + things
        + _over(light),
        WIDE_WIDTH,
        WIDE_HEIGHT,
    )


def collection_harbours() -> Scene:
    """Four harbour prints spread on a table."""
    rng = generator("collection harbours")
    spread = "".join(sheet(address(slug), x, y, 640, turn=turn, lift=0.7) for slug, x, y, turn in (
        ("chart-of-the-sound", 60, 250, -7), ("night-crossing", 1330, 240, 8), ("nine-boats", 480, 130, -2.5), ("carrow-head-light", 930, 170, 3.5)))  # fmt: skip
    light = window(-100, -260, 1500, 1200, lean=0.25, opacity=0.34, softness=26, panes=(3, 2))
    return Scene(
        "collection-harbours-and-lights",
        table("url(#walnut)", WIDE_WIDTH, WIDE_HEIGHT)
        + spread
        + light
        + leaves(rng, (1900, 1200), size=2, sprays=2, opacity=0.1, softness=16),
        WIDE_WIDTH,
        WIDE_HEIGHT,
    )
