"""The photographs of goods, and of the collection they are in."""

from collections.abc import Callable

from numpy.random import Generator

from content.artwork import furniture as put
from content.artwork import stationery as desk
from content.artwork.browser import Easel, Pixels
from content.artwork.frames import image
from content.artwork.homeware import folded_towel, hanging_towel, mug, mug_front, mug_side, towel_cloth
from content.artwork.light import SHADE, blurred, box, cast, leaves, lit, multiplied, window
from content.artwork.paper import generator
from content.artwork.press import pull
from content.artwork.stationery import (
    BOOK_HEIGHT,
    BOOK_WIDTH,
    CALENDAR_HEIGHT,
    CALENDAR_WIDTH,
    CARD_HEIGHT,
    CARD_WIDTH,
    GIFT_HEIGHT,
    GIFT_WIDTH,
    laid,
)
from content.artwork.studio import Scene, table, wall
from content.artwork.svg import circle, group, rect, stroke

EIGHT = (
    "chart-of-the-sound",
    "first-light",
    "storm-petrel",
    "nine-boats",
    "spring-tide",
    "carrow-head-light",
    "arctic-terns",
    "gale-warning",
)


def _card_sheet(name: str) -> Callable[[Easel, Generator], Pixels]:
    return lambda easel, _: pull(easel, desk.note_card(name))


SHEETS: dict[str, Callable[[Easel, Generator], Pixels]] = {
    "towel": towel_cloth,
    "towel-hanging": hanging_towel,
    "mug-front": mug_front,
    "mug-side": mug_side,
} | {f"sheet-card-{name}": _card_sheet(name) for name in desk.MOTIFS}


def _sun(x: float = -120, y: float = -260, width: float = 1300, height: float = 1500) -> str:
    return window(x, y, width, height, lean=0.28, opacity=0.34, softness=26, panes=(2, 2))


# --- postcards


def postcards_fan() -> Scene:
    """Eight postcards, fanned."""
    cards = []
    for index, slug in enumerate(EIGHT):
        turn = -50 + 100 * index / 7
        card = laid(desk.postcard(slug), CARD_WIDTH, CARD_HEIGHT, 0, -520, 0, lift=0.7)
        cards.append(group(card, transform=f"translate(800 1370) rotate({turn:.1f}) scale(1.04)"))
    sleeve = laid(desk.sleeve(700, 236), 700, 236, 800, 1590, -2, lift=0.8)
    return Scene("postcards-coast-1", table("#d4c9b6") + "".join(cards) + sleeve + _sun())


def postcards_laid() -> Scene:
    """Postcards laid out on a dark table, one with its back up."""
    spots = (
        ("spring-tide", 330, 400, -5),
        ("arctic-terns", 830, 360, 3),
        ("nine-boats", 1310, 430, -3),
        ("carrow-head-light", 400, 1080, 4),
        ("first-light", 1240, 1110, 5),
        ("storm-petrel", 820, 1060, -4),
    )
    cards = "".join(
        laid(desk.postcard(slug), CARD_WIDTH, CARD_HEIGHT, x, y, turn, lift=0.7) for slug, x, y, turn in spots
    )
    back = laid(desk.postcard_back(), CARD_HEIGHT, CARD_WIDTH, 560, 1650, -8, lift=0.7)
    pencil = group(desk.pencil(430), transform="translate(960 1720) rotate(-24)")
    return Scene("postcards-coast-2", table("url(#walnut)") + cards + back + pencil + _sun(300, -300))


# --- note cards


def note_cards_envelope() -> Scene:
    """Three note cards and an envelope."""
    envelope = laid(desk.envelope(980, 690), 980, 690, 900, 1380, 7)
    cards = "".join(
        laid(desk.note(name, 1.32), 470 * 1.32, 664 * 1.32, x, y, turn)
        for name, x, y, turn in (("gull", 470, 590, -9), ("oystercatcher", 1130, 620, 6), ("tern", 640, 1130, -3))
    )
    return Scene("note-cards-sea-birds-1", table("#c5cbc6") + envelope + cards + _sun())


def note_cards_six() -> Scene:
    """All six note cards in two rows, their envelopes beneath."""
    drawn = []
    for index, name in enumerate(desk.MOTIFS):
        row, column = divmod(index, 3)
        x, y = 300 + 500 * column, 520 + 940 * row
        drawn.append(laid(desk.envelope(640, 450, "#d3bd98"), 640, 450, x + 18, y + 60, 86 + 3 * (index % 3), lift=0.6))
        drawn.append(laid(desk.note(name, 0.9), 423, 598, x, y, (-2.5, 1.5, -1)[column] * (1 - 2 * row), lift=0.7))
    return Scene("note-cards-sea-birds-2", table("#e4d9c7") + "".join(drawn) + _sun(200, -300))


# --- the gift card


def gift_card_envelope() -> Scene:
    """The gift card on its envelope."""
    envelope = laid(desk.envelope(1200, 800, "#d3bd98"), 1200, 800, 840, 1240, 8)
    card = laid(desk.gift_card("tern-gliding"), GIFT_WIDTH, GIFT_HEIGHT, 0, 0, 0, lift=1.1)
    return Scene(
        "gift-card-1",
        table("#b9c4c3") + envelope + group(card, transform="translate(780 830) rotate(-6) scale(1.2)") + _sun(),
    )


def gift_cards_three() -> Scene:
    """Three gift cards and a pencil on a dark table."""
    cards = "".join(
        group(
            laid(desk.gift_card(name), GIFT_WIDTH, GIFT_HEIGHT, 0, 0, 0, lift=0.9),
            transform=f"translate({x} {y}) rotate({turn}) scale(1.02)",
        )
        for name, x, y, turn in (("petrel", 860, 420, 5), ("gull", 690, 1010, -4), ("tern", 880, 1590, 3))
    )
    pencil = group(desk.pencil(520), transform="translate(1050 1300) rotate(-28)")
    return Scene("gift-card-2", table("url(#walnut)") + cards + pencil + _sun(300, -300))


# --- the calendar


def calendar_hung() -> Scene:
    """The calendar on the wall, open at January."""
    light = window(120, -60, 1200, 1500, lean=0.24, opacity=0.5, softness=14)
    page = _calendar(1, "spring-tide", 1.22, 251, 190)
    return Scene(
        "tide-calendar-2027-1",
        wall("#e6dfd2")
        + light
        + page
        + group(light, opacity=0.3)
        + leaves(generator("calendar"), (1520, 260), size=1.6, sprays=2, opacity=0.09, softness=13),
    )


def _calendar(month: int, slug: str, scale: float, x: float, y: float) -> str:
    under = "".join(
        rect(2 + 2 * k, CALENDAR_HEIGHT + 2 * k, CALENDAR_WIDTH - 2, 3, tint)
        for k, tint in enumerate(("#cfc7b8", "#e6dfd0", "#c5bdad"))
    )
    whole = (
        cast(box(0, 0, CALENDAR_WIDTH, CALENDAR_HEIGHT + 6), reach=0.5)
        + under
        + desk.month_page(month, slug)
        + _page_light()
        + desk.binding(CALENDAR_WIDTH)
    )
    nail = (
        multiplied(blurred(circle(CALENDAR_WIDTH / 2 + 8, -24, 10, SHADE), 4), 0.5)
        + circle(CALENDAR_WIDTH / 2, -38, 9, "#b08d57")
        + circle(CALENDAR_WIDTH / 2 - 3, -41, 3, "#f0d9a8")
    )
    return group(whole + nail, transform=f"translate({x} {y}) scale({scale})")


def _page_light() -> str:
    return lit(
        box(0, 0, CALENDAR_WIDTH, CALENDAR_HEIGHT),
        ((0, SHADE, 0.16), (0.03, SHADE, 0.02), (0.2, "#fff", 0.08), (0.8, "#fff", 0), (1, SHADE, 0.10)),
        to=(0.12, 1),
    )


def calendar_kitchen() -> Scene:
    """The calendar over a kitchen shelf in June."""
    rng = generator("kitchen")
    light = window(-60, 20, 1000, 1300, lean=0.28, opacity=0.5, softness=13)
    y = 1560.0
    things = (
        put.vase(270, y, 260, "#39555c", "jug")
        + put.branch(rng, 270, y - 250, 420)
        + mug("mug-front", 1170, y + 4, 0.36)
        + put.vase(1410, y, 190, "#e9e1d0", "round")
        + put.books(720, y, ("#c9573c", "#d9c7a4"), 300)
    )
    shelf = cast(box(60, y + 6, 1480, 54), reach=0.9) + put.board(40, y, 1520, 56)
    return Scene(
        "tide-calendar-2027-2",
        wall("#b9c6bd")
        + light
        + _calendar(6, "first-light", 0.86, 420, 170)
        + shelf
        + things
        + _brackets(y + 56)
        + group(light, opacity=0.3),
    )


def _brackets(y: float) -> str:
    return "".join(
        multiplied(blurred(rect(x + 14, y, 30, 150, SHADE), 9), 0.4)
        + rect(x, y, 26, 140, "#26241f")
        + rect(x, y, 5, 140, "#fff", opacity=0.2)
        for x in (240, 1330)
    )


# --- the tea towel


def towel_hung() -> Scene:
    """The tea towel over a wooden rail."""
    light = window(80, -40, 1100, 1500, lean=0.24, opacity=0.5, softness=14)
    y = 330.0
    cloth = image("towel-hanging.png", 270, y - 14, 1060, 1500)
    shadow = multiplied(
        group(cloth, style="filter:brightness(0) blur(26px)", opacity=0.42, transform="translate(34 44)")
        + group(cloth, style="filter:brightness(0) blur(8px)", opacity=0.25, transform="translate(9 12)")
    )
    return Scene("tea-towel-gulls-1", wall("#cfd4cc") + light + shadow + _rail(y) + cloth + group(light, opacity=0.3))


def _rail(y: float) -> str:
    shadow = multiplied(blurred(rect(110, y + 30, 1400, 34, SHADE), 12), 0.45)
    ends = "".join(
        rect(x, y - 34, 34, 96, "url(#oak-upright)") + lit(box(x, y - 34, 34, 96), ((0, "#fff", 0.2), (1, SHADE, 0.4)))
        for x in (110, 1456)
    )
    return shadow + put.board(90, y - 14, 1420, 40) + ends


def towel_folded() -> Scene:
    """The tea towel folded on a table, with a wooden spoon."""
    width = 1040.0
    towel = laid(folded_towel(width), width, width * 1.02 + 26, 720, 960, -5)
    board_ = laid(
        rect(0, 0, 1180, 1560, "url(#walnut)", rx=40)
        + lit(box(0, 0, 1180, 1560), ((0, "#fff", 0.08), (1, SHADE, 0.12))),
        1180,
        1560,
        760,
        1000,
        -5,
    )
    return Scene("tea-towel-gulls-2", table("#ded6c8") + board_ + towel + _spoon() + _sun())


def _spoon() -> str:
    outline = "M-34,0C-60,-20 -64,-130 0,-150C64,-130 60,-20 34,0C22,30 20,60 18,120L13,760C12,790 -12,790 -13,760L-18,120C-20,60 -22,30 -34,0Z"
    bowl = "M-26,-8C-46,-30 -46,-112 0,-130C46,-112 46,-30 26,-8C14,6 -14,6 -26,-8Z"
    shadow = multiplied(blurred(f'<path d="{outline}" fill="{SHADE}"/>', 9, transform="translate(10 16)"), 0.5)
    wood = (
        f'<path d="{outline}" fill="url(#oak-upright)"/>'
        + lit(outline, ((0, "#fff", 0.22), (0.5, "#fff", 0), (1, SHADE, 0.3)))
        + lit(bowl, ((0, SHADE, 0.36), (0.6, SHADE, 0.06), (1, "#fff", 0.22)), to=(0.8, 1))
    )
    return group(shadow + wood, transform="translate(1370 620) rotate(14) scale(1.35)")


# --- the mug


def mug_alone() -> Scene:
    """The mug on a table in the morning."""
    light = window(60, -40, 1150, 1400, lean=0.24, opacity=0.5, softness=22)
    return Scene(
        "mug-isobars-1",
        wall("#dcd5c8")
        + blurred(light, 3)
        + _tabletop(1290)
        + mug("mug-front", 730, 1560, 1.42)
        + group(light, opacity=0.25),
    )


def _tabletop(y: float, paint: str = "url(#oak)", width: float = 1600, height: float = 2000) -> str:
    surface = rect(0, y, width, height - y, paint) + lit(
        box(0, y, width, height - y), ((0, "#fff", 0.30), (0.35, "#fff", 0.08), (1, SHADE, 0.22)), to=(0.25, 1)
    )
    return surface + multiplied(blurred(rect(-40, y - 14, width + 80, 20, SHADE), 12), 0.35)


def mugs_shelf() -> Scene:
    """Two mugs with books on a shelf."""
    rng = generator("mugs")
    light = window(300, 100, 1100, 1200, lean=0.26, opacity=0.5, softness=15)
    y = 1500.0
    things = (
        put.vase(1380, y, 420, "#b9654a", "bottle")
        + put.branch(rng, 1380, y - 410, 600, stems=4)
        + put.books(1000, y, ("#4d6470", "#d9c7a4"), 470)
    )
    mugs = mug("mug-side", 1010, y - 70, 0.66) + mug("mug-front", 470, y + 8, 0.86, coffee=True)
    shelf = cast(box(-20, y + 6, 1640, 70), reach=1.0) + put.board(-20, y, 1640, 76)
    return Scene("mug-isobars-2", wall("#a9b7b8") + light + shelf + things + mugs + group(light, opacity=0.3))


# --- the notebook


def notebook_closed() -> Scene:
    """The notebook and a pencil on a table."""
    book = laid(desk.notebook(1010), 1010 + 8, 1010 * BOOK_HEIGHT / BOOK_WIDTH + 10, 760, 1000, -6, lift=1.3)
    pencil = group(desk.pencil(760), transform="translate(1452 1560) rotate(-84)")
    return Scene("notebook-chart-1", table("#d8cdbb") + book + pencil + _sun())


def notebook_open() -> Scene:
    """The notebook open beside a closed one."""
    closed = laid(desk.notebook(640), 648, 640 * BOOK_HEIGHT / BOOK_WIDTH + 10, 1130, 560, 9, lift=1.2)
    width = 1340.0
    open_ = laid(desk.open_notebook(width), width, width * 0.705, 770, 1330, -7, lift=1.1)
    pencil = group(desk.pencil(520, "#c9573c"), transform="translate(1010 1720) rotate(-19)")
    cup = _coffee(380, 500)
    return Scene("notebook-chart-2", table("url(#oak)") + cup + closed + open_ + pencil + _sun(200, -200))


def _coffee(x: float, y: float) -> str:
    shadow = multiplied(blurred(circle(x + 26, y + 36, 190, SHADE), 26), 0.5)
    handle = stroke(f"M{x - 150},{y + 70}L{x - 262},{y + 122}", 46, "#ded6c7")
    rings = circle(x, y, 190, "#f6f2e8") + circle(x, y, 172, "#d9d1c2") + circle(x + 3, y + 4, 160, "#4b2f1f")
    return shadow + handle + rings + blurred(circle(x - 40, y - 50, 60, "#8a6142", opacity=0.5), 26)


# --- all of it together


def collection_paper() -> Scene:
    """The goods together on and over a shelf."""
    rng = generator("collection goods")
    light = window(200, -100, 1300, 1050, lean=0.24, opacity=0.5, softness=15, panes=(3, 3))
    y = 985.0
    towel = image("towel-hanging.png", 1430, 130, 420, 594)
    shade = multiplied(
        group(towel, style="filter:brightness(0) blur(14px)", opacity=0.45, transform="translate(18 24)")
    )
    shelf = cast(box(-20, y + 6, 2040, 56), reach=0.9) + put.board(-20, y, 2040, 60)
    rail = multiplied(blurred(rect(1370, 138, 560, 18, SHADE), 8), 0.4) + put.board(1360, 122, 560, 20)
    things = (
        mug("mug-front", 1330, y + 4, 0.36)
        + put.vase(1760, y, 170, "#39555c", "round")
        + put.branch(rng, 1760, y - 162, 250, stems=4)
    )
    return Scene(
        "collection-paper-and-home",
        wall("#dfe0d8", 2000, 1250)
        + light
        + _calendar(5, "nine-boats", 0.54, 90, 110)
        + shade
        + rail
        + towel
        + shelf
        + _standing(y)
        + things
        + group(light, opacity=0.3),
        2000,
        1250,
    )


def _standing(y: float) -> str:
    book_width = 330.0
    book_height = book_width * BOOK_HEIGHT / BOOK_WIDTH
    book = laid(desk.notebook(book_width), book_width, book_height, 780, y - book_height / 2 - 8, 0)
    cards = "".join(
        group(
            laid(content, CARD_WIDTH, CARD_HEIGHT, 0, 0, 0),
            transform=f"translate({x} {y - CARD_HEIGHT * 0.31}) scale(0.6)",
        )
        for content, x in ((desk.postcard("spring-tide"), 1010), (desk.postcard("carrow-head-light"), 1120))
    )
    return put.books(330, y, ("#4d6470", "#d9c7a4", "#b5573f"), 260) + book + cards


PICTURES: dict[str, Callable[[], Scene]] = {
    "postcards-coast-1": postcards_fan,
    "postcards-coast-2": postcards_laid,
    "note-cards-sea-birds-1": note_cards_envelope,
    "note-cards-sea-birds-2": note_cards_six,
    "gift-card-1": gift_card_envelope,
    "gift-card-2": gift_cards_three,
    "tide-calendar-2027-1": calendar_hung,
    "tide-calendar-2027-2": calendar_kitchen,
    "tea-towel-gulls-1": towel_hung,
    "tea-towel-gulls-2": towel_folded,
    "mug-isobars-1": mug_alone,
    "mug-isobars-2": mugs_shelf,
    "notebook-chart-1": notebook_closed,
    "notebook-chart-2": notebook_open,
    "collection-paper-and-home": collection_paper,
}
