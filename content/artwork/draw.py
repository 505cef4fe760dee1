"""Which pictures there are, and how each is made."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from content.artwork import goods, harbours, scenes, sea_birds, weather
from content.artwork.browser import Easel, easel
from content.artwork.paper import generator
from content.artwork.photograph import save
from content.artwork.press import Print, pull
from content.artwork.studio import Scene, furnish, take

IMAGES = Path(__file__).parent.parent / "images"

PRINTS: dict[str, Callable[[], Print]] = {
    "arctic-terns": sea_birds.arctic_terns,
    "storm-petrel": sea_birds.storm_petrel,
    "gannet-dive": sea_birds.gannet_dive,
    "oystercatchers": sea_birds.oystercatchers,
    "spring-tide": weather.spring_tide,
    "sea-area-forecast": weather.sea_area_forecast,
    "gale-warning": weather.gale_warning,
    "first-light": weather.first_light,
    "carrow-head-light": harbours.carrow_head_light,
    "nine-boats": harbours.nine_boats,
    "chart-of-the-sound": harbours.chart_of_the_sound,
    "night-crossing": harbours.night_crossing,
}
VIEWS: dict[str, Callable[[str], Scene]] = {"paper": scenes.paper, "framed": scenes.in_frame, "room": scenes.room}
PAGES: dict[str, Callable[[], Scene]] = {
    "home-hero": scenes.home_hero,
    "collection-sea-birds": scenes.collection_sea_birds,
    "collection-tides-and-weather": scenes.collection_tides,
    "collection-harbours-and-lights": scenes.collection_harbours,
}


def pictures() -> dict[str, Callable[[], Scene]]:
    """Every picture of the shop by name."""
    of_prints = {f"{slug}-{view}": _view(make, slug) for slug in PRINTS for view, make in VIEWS.items()}
    return of_prints | goods.PICTURES | PAGES


def _view(make: Callable[[str], Scene], slug: str) -> Callable[[], Scene]:
    return lambda: make(slug)


def draw(wanted: Iterable[str]) -> None:
    """Draw the wanted pictures, named in full or by their beginning (`storm-petrel`); nothing named means all."""
    beginnings = tuple(wanted) or ("",)
    chosen = {name: make for name, make in pictures().items() if name.startswith(beginnings)}
    if not chosen:
        sys.exit(f"No picture begins with {', '.join(beginnings)}; there are: {', '.join(pictures())}")
    IMAGES.mkdir(exist_ok=True)
    with easel() as board:
        _prepare(board)
        for name, make in chosen.items():
            size = save(take(board, make()), IMAGES / f"{name}.jpg")
            sys.stdout.write(f"{name}.jpg {size // 1000} kB\n")
            sys.stdout.flush()


def _prepare(board: Easel) -> None:
    furnish(board)
    for slug, make in PRINTS.items():
        board.keep(f"sheet-{slug}", pull(board, make()))
    for name, make_sheet in goods.SHEETS.items():
        board.keep(name, make_sheet(board, generator(name)))
