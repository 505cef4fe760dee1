"""Everything of a shop but its products: read first and in every build, because every page shows some of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from functions.shop.settings import Settings
from plugins.content import (
    CollectionSource,
    Facts,
    Files,
    Look,
    PageSource,
    PictureFolder,
    PostSource,
    Promotions,
    Reading,
    Readings,
    ShopSource,
    files_of,
    load,
    newest_first,
    rate_ids,
    read_collection,
    read_page,
    read_post,
    read_promotions,
    read_shop,
)
from plugins.fingerprint import fingerprint
from plugins.memory import Memory
from plugins.pictures import Rendition, renditions

NO_PROMOTIONS = Promotions()
S = TypeVar("S", CollectionSource, PageSource)


@dataclass(frozen=True, slots=True)
class ShopParts:
    """The shop, its collections, pages and posts in their order, without a fault, and what they were read with.

    `readings` are the same as they were read, still without products.
    """

    root: Path
    shop: ShopSource
    collections: tuple[CollectionSource, ...]
    pages: tuple[PageSource, ...]
    posts: tuple[PostSource, ...]
    files: Files
    facts: Facts
    readings: Readings
    renditions: Mapping[Path, Rendition]
    today: str
    promotions: Promotions = NO_PROMOTIONS

    @property
    def settings(self) -> Settings:
        return self.shop.settings


def read_parts(root: Path, now: datetime, looks: Mapping[str, Look], memory: Memory) -> ShopParts:
    """Read and check them. Raises ContentFaults, with all faults of the products as well."""
    folder, day = PictureFolder(root / "images", looks), now.date()
    (shop, facts), files = _shop(root, day, folder, memory), files_of(root)
    collections = tuple(read_collection(path, facts) for path in map(Path, files.collections))
    pages = tuple(read_page(path, facts) for path in map(Path, files.pages))
    posts = tuple(read_post(path, facts) for path in map(Path, files.journal))
    promotions = read_promotions(root, facts, rate_ids(shop.source))
    others = (promotions, *collections, *pages, *posts)
    if shop.source is None or promotions.source is None or any(reading.source is None for reading in others):
        load(root, day)
        raise AssertionError("a part of the shop is missing, yet no fault says so")
    return ShopParts(
        root=root,
        shop=shop.source,
        collections=_ordered(collections),
        pages=_ordered(pages),
        posts=newest_first(post.source for post in posts if post.source),
        files=files,
        facts=facts,
        readings=Readings(shop, (), collections, pages, posts, files.faults, promotions, files.sold),
        renditions=renditions(folder.path, looks),
        today=now.astimezone(ZoneInfo(shop.source.settings.time_zone)).date().isoformat(),
        promotions=promotions.source,
    )


def _shop(root: Path, day: date, pictures: PictureFolder, memory: Memory) -> tuple[Reading[ShopSource], Facts]:
    """The shop's own files, remembered as long as they, the day and the pictures are the same."""
    files = sorted((root / "shop").glob("*.yaml"))
    key = fingerprint(str(day), repr(pictures), repr(files), *(path.read_bytes() for path in files))

    def read() -> tuple[Reading[ShopSource], Facts]:
        shop, facts = read_shop(root, day, pictures)
        return shop, replace(facts, pictures=PictureFolder(pictures.path))

    shop, facts = memory.made("shop", key, read)
    return shop, replace(facts, pictures=pictures)


def _ordered(readings: Iterable[Reading[S]]) -> tuple[S, ...]:
    sources = (reading.source for reading in readings if reading.source)
    return tuple(sorted(sources, key=lambda source: (source.order, source.slug)))
