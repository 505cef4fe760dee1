"""The theme with a shop's facts at hand, and the key that changes with anything that stands on every page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from functions.language import words_in
from plugins import signals
from plugins.assets import PROMISED, TIMETABLE, Assets, make_assets
from plugins.content import Menu, PictureFolder
from plugins.fingerprint import code_state, fingerprint, tree_state
from plugins.looks import sheet_of
from plugins.memory import Memory
from plugins.promise_data import promised_script
from plugins.rendering import Frame, Theme, make_environment, make_frame
from plugins.shop_parts import ShopParts
from plugins.site import collection_view, delivery_of, page_view
from plugins.template_code import compiled_folder
from plugins.timetable import timetable_script


class ShopTheme(NamedTuple):
    """`key` is a fingerprint of all that every page is made from."""

    theme: Theme
    assets: Assets
    key: bytes


def shop_theme(parts: ShopParts, settings: Mapping[str, Any], memory: Memory) -> ShopTheme:
    """The theme that Pelican's settings name."""
    folder = Path(settings["THEME"]).resolve()
    tokens = sheet_of(folder, settings.get("THEME_LOOK", ""))
    words = words_in(parts.settings.language)
    static, written = tree_state([folder / "static", folder / "looks"]), _written(parts)
    assets = memory.made(
        "assets",
        fingerprint(static, str(tokens), words.state, repr(written)),
        lambda: make_assets(folder / "static", tokens=tokens, words=words, written=written),
    )
    frame = _frame(parts, assets, str(settings["SITEURL"]))
    environment = make_environment(
        folder / "templates",
        parts.settings,
        parts.shop.lists,
        compiled=compiled_folder(folder),
        site=frame,
        delivery=delivery_of(parts.settings),
        today=parts.today,
    )
    menu = {collection.path for collection in frame.collections} | {page.path for page in frame.header_pages}
    return ShopTheme(Theme(environment, menu), assets, _key(parts, frame, folder, settings))


def _written(parts: ShopParts) -> dict[str, str]:
    """The scripts that are the shop's own, by the names of those they stand in for."""
    return {
        PROMISED: promised_script(parts.settings, date.fromisoformat(parts.today)),
        TIMETABLE: timetable_script(parts.settings, parts.today),
    }


def _frame(parts: ShopParts, assets: Assets, url: str) -> Frame:
    return make_frame(
        [collection_view(source, parts.renditions) for source in parts.collections],
        [page_view(source) for source in parts.pages if source.menu is Menu.HEADER],
        [page_view(source) for source in parts.pages if source.menu is Menu.FOOTER],
        assets,
        url,
        parts.today,
        has_journal=bool(parts.posts),
    )


def _key(parts: ShopParts, frame: Frame, theme: Path, settings: Mapping[str, Any]) -> bytes:
    shelves = [(shelf.title, shelf.path, shelf.summary, shelf.in_menu) for shelf in frame.collections]
    menus = [
        [(page.title, page.path, page.summary) for page in menu] for menu in (frame.header_pages, frame.footer_pages)
    ]
    chosen = {name: value for name, value in settings.items() if isinstance(value, (str, int, float, bool))}
    return fingerprint(
        code_state(),
        words_in(parts.settings.language).state,
        tree_state([theme / "templates"]),
        repr((parts.shop, replace(parts.facts, pictures=PictureFolder(parts.root)), parts.today)),
        repr((shelves, menus, frame.has_journal)),
        repr(sorted(frame.assets.addresses.items())),
        repr(sorted(chosen.items())),
        *signals.listeners(),
    )
