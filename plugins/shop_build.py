"""One build of a shop: all of it is read and checked before anything is written, and only what changed is made anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from functions.shop.settings import Settings
from plugins import signals
from plugins.advice.menu import crowded
from plugins.advice.place import placed
from plugins.aliases import alias_address, redirects_json
from plugins.assets import OF_FUNCTIONS
from plugins.content import policy_pages
from plugins.content.folder import SOLD_FILES
from plugins.feeds import FOR_MACHINES, ROBOTS, SITEMAP, SITEMAPS, alias_files, moved
from plugins.fingerprint import fingerprint, tree_state
from plugins.job import doing
from plugins.mails import inlined_mails, publish_mails
from plugins.memory import Memory
from plugins.output import NAMED_BY_CONTENT, Output, replace_if_other
from plugins.pages import Pages
from plugins.past import Past, ages, past_key
from plugins.picture_index import look_at_pictures
from plugins.pictures import Rendition, are_published, make_pictures, publish
from plugins.product_maker import CARD, SEARCH, VARIANTS, ProductMaker
from plugins.product_shelf import ProductShelf, fill_shelf
from plugins.products import Surroundings
from plugins.profile import Profile
from plugins.progress import BuildProgress
from plugins.promotions import completed, goods_of
from plugins.release import Sold, write_release, write_shards
from plugins.search import FOLDER, write_index
from plugins.shop_parts import ShopParts, read_parts
from plugins.shop_theme import ShopTheme, shop_theme
from plugins.site import shelve
from plugins.sold_files import digests, keep_files
from plugins.spool import Spool
from plugins.views import Crumb


class Counts(NamedTuple):
    """What shoppers find, and how many files had to be made for it."""

    products: int
    collections: int
    pages: int
    written: int


@dataclass
class ShopBuild:
    """A build with Pelican's settings of the content below `root`."""

    settings: Mapping[str, Any]
    root: Path
    memory: Memory
    waiting: Spool
    progress: BuildProgress
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def run(self) -> Counts:
        """Read, make, write. Raises ContentFaults and ThemeFault, and has written nothing then."""
        root = Path(self.settings["OUTPUT_PATH"])
        with Output(root, self.memory.outputs(root), self.memory.unfinished(root)).surveyed() as output:
            return self._run(output)

    def _run(self, output: Output) -> Counts:
        looks = look_at_pictures(self.root / "images", self.memory)
        parts = signals.read(read_parts(self.root, self.now, looks, self.memory))
        theme = shop_theme(parts, self.settings, self.memory)
        self.memory.learnt_under(theme.key)
        maker = self._maker(parts, theme)
        shelf = fill_shelf(parts, maker, self.memory, self.progress)
        shelves = shelve(shelf.profiles.values(), parts.collections)
        recall = partial(self.memory.fragment, CARD)
        pages = Pages(parts, shelf, shelves, maker, theme.theme, self.url, theme.key, recall)
        counts = self._write(parts, shelf, pages, theme, output)
        if self.is_searched:
            self._index(pages)
        return counts

    def _index(self, pages: Pages) -> None:
        """What shoppers search in: last, for the shop is whole without it."""
        folder, note = Path(self.settings["OUTPUT_PATH"]) / FOLDER, self.build / "search.txt"
        write_index(pages.key_of(SEARCH).hex(), lambda: pages.records(self.memory.fragments), folder, note)

    @property
    def url(self) -> str:
        """Where the shop is published, without a slash at the end."""
        return str(self.settings["SITEURL"])

    @property
    def is_searched(self) -> bool:
        """Whether shoppers can search."""
        return bool(self.settings.get("SHOP_SEARCH", True))

    @property
    def build(self) -> Path:
        """The private side of what is built."""
        return Path(self.settings["SHOP_BUILD"])

    def _maker(self, parts: ShopParts, theme: ShopTheme) -> ProductMaker:
        crumbs = {source.slug: Crumb(source.title, f"/{source.slug}/") for source in parts.collections}
        history = past_key(self.root, parts.settings, parts.today)
        added = self.memory.made("added", fingerprint(history), lambda: ages(self.root, parts.settings, parts.today))
        past = Past(added)
        around = Surroundings(parts.settings, parts.renditions, crumbs, parts.today, {}, parts.shop.new_for, past)
        return ProductMaker(
            parts.facts, parts.shop, around, theme.theme, self.url, self.waiting, history, self.is_searched
        )

    def _write(self, parts: ShopParts, shelf: ProductShelf, pages: Pages, theme: ShopTheme, output: Output) -> Counts:
        pictures = self._new_pictures(parts, shelf, output)
        todo = list(pages.undone(output))
        files = chain.from_iterable(rendition.addresses for rendition in pictures.values())
        others = (*theme.assets.contents, *FOR_MACHINES, *map(alias_address, moved(_with_pages(shelf))))
        self.memory.expect(output.root, chain((job.address for job in todo), files, others))
        self._publish_pictures(pictures, output)
        for address, content in theme.assets.contents.items():
            if not output.keep(address, NAMED_BY_CONTENT):
                output.write(address, content, NAMED_BY_CONTENT)
        with doing(todo, output) as done:
            self._for_machines(parts, shelf, pages, output)
            shards = self._write_shards(shelf)
            for _ in self.progress.over("Writing pages", done, len(todo)):
                pass
        self._release(parts, shelf, theme, shards)
        output.sweep()
        self.memory.remember_outputs(output.root, output.written)
        for _, profile in sorted(shelf.profiles.items()):
            self.progress.say(profile.doubts)
        for _, doubt in placed(crowded(parts.collections, parts.pages)):
            self.progress.say(str(doubt))
        self.memory.keep()
        shown = sum(profile.is_shown for profile in shelf.profiles.values())
        return Counts(shown, len(parts.collections), len(parts.pages), len(todo))

    def _new_pictures(self, parts: ShopParts, shelf: ProductShelf, output: Output) -> dict[Path, Rendition]:
        """The pictures that pages show and that are not in the output."""
        wanted = {path: parts.renditions[path] for path in self._shown(parts, shelf)}
        return {path: found for path, found in wanted.items() if not are_published(found, output)}

    def _publish_pictures(self, new: Mapping[Path, Rendition], output: Output) -> None:
        """Make pictures and put them into the output."""
        cache = self.build / "cache" / "pictures"
        make_pictures(new, cache, lambda done, total: self.progress.at("Making pictures (once)", done, total))
        publish(new.values(), cache, output)

    def _shown(self, parts: ShopParts, shelf: ProductShelf) -> set[Path]:
        images = (*(source.image for source in parts.collections), *(source.image for source in parts.posts))
        texts = {image.file for image in images if image}
        names = {name for profile in shelf.profiles.values() if profile.has_page for name in profile.pictures}
        return {parts.shop.home.image.file, *texts, *(self.root / "images" / name for name in names)}

    def _for_machines(self, parts: ShopParts, shelf: ProductShelf, pages: Pages, output: Output) -> None:
        """Feeds, sitemaps, and what stands at the old addresses of products."""
        feeds = pages.feeds(self.memory.fragments)
        for address, make in feeds.makers().items():
            if not output.keep(address, key := pages.key_of(address)):
                output.write(address, make(), key)
        key = fingerprint(pages.key_of(SITEMAP), repr(feeds.paths))
        maps = {} if output.keep_all(SITEMAPS, key) else feeds.sitemaps()
        for address, text in maps.items():
            output.write(address, text, key)
        output.write(ROBOTS, feeds.robots())
        for address, text in alias_files(_with_pages(shelf), parts.settings.language, self.url):
            output.write(address, text)

    def _write_shards(self, shelf: ProductShelf) -> Iterable[str]:
        """Write the catalogue's shards, beside those of the release in force, and give the names of their files."""
        texts = partial(self._sold, shelf)
        shards = write_shards(self.build, Sold(shelf.prints(VARIANTS), texts, self.memory.shards()))
        self.memory.remember_shards(shards)
        return shards.values()

    def _release(self, parts: ShopParts, shelf: ProductShelf, theme: ShopTheme, shards: Iterable[str]) -> None:
        """What functions read: redirects, mail templates, and the release, which is in force from then on."""
        replace_if_other(self.build / "redirects.json", redirects_json(moved(_with_pages(shelf))).encode())
        templates = Path(self.settings["THEME"]) / "templates"
        mails = self.memory.made("mails", tree_state([templates / "mail"]), lambda: inlined_mails(templates))
        publish_mails(mails, self.build)
        assets = {name: theme.assets.address(name) for name in OF_FUNCTIONS}
        files = self._keep_sold_files()
        write_release(self.build, _settings(parts, shelf), theme.theme.frame(), shards, assets, files)

    def _sold(self, shelf: ProductShelf, skus: Sequence[str]) -> dict[str, str]:
        """What the catalogue says of the products of these SKUs."""
        texts = self.memory.fragments_of(VARIANTS, {shelf.owner(sku) for sku in skus})
        return dict(line.split("\t", 1) for text in texts for line in text.split("\n"))

    def _keep_sold_files(self) -> dict[str, str]:
        folder = self.root / SOLD_FILES
        names: dict[str, str] = self.memory.made("sold files", tree_state([folder]), lambda: digests(folder))
        keep_files(folder, names, self.build / SOLD_FILES)
        return names


def _settings(parts: ShopParts, shelf: ProductShelf) -> Settings:
    """The settings with all that functions need to know of promotions and of the pages of small print."""
    settings = replace(parts.settings, points=parts.promotions.points, policies=policy_pages(parts.pages))
    if not parts.promotions.rules:
        return settings
    goods = goods_of(parts.collections, shelf.profiles.values())
    return replace(settings, promotions=completed(parts.promotions.rules, goods))


def _with_pages(shelf: ProductShelf) -> list[Profile]:
    return [profile for _, profile in sorted(shelf.profiles.items()) if profile.has_page]
