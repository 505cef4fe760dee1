"""The generator: Pelican's hook in which the shop is read, put together and written."""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup
from pelican.generators import Generator

from functions.shop.settings import Settings
from plugins import signals, structured_data
from plugins.aliases import redirects_json
from plugins.assets import OF_FUNCTIONS, Assets
from plugins.content import Content, Status, load
from plugins.embedding import with_cards
from plugins.feeds import alias_files, feed_files, moved, sitemap_files
from plugins.listing import ALL_CARDS, PAGE, Arrangement, arrange, entry_of
from plugins.looks import sheet_of
from plugins.mails import publish_mails
from plugins.output import Output, replace_file
from plugins.past import look_back
from plugins.pictures import publish, render
from plugins.products import picture_of, product_path
from plugins.progress import console, picture_progress
from plugins.release import write_release
from plugins.rendering import Cards, Frames, Meta, make_environment, make_frame
from plugins.site import Site, make_site, pictures_of
from plugins.twin import twin_path
from plugins.views import Collection, Home, Listing, Page, Product


class ShopGenerator(Generator):  # type: ignore[misc]
    """Reads everything before it writes anything: a fault in the content leaves the last good build as it was."""

    content: Content
    site: Site

    def generate_context(self) -> None:
        """Read and check the content, and make the pictures that are new. Raises ContentFaults."""
        root = Path(os.path.relpath(self.path))  # faults name files as an owner sees them
        self.content = signals.read(load(root, datetime.now(UTC).date()))
        self._cache = Path(self.settings["SHOP_BUILD"]) / "cache" / "pictures"
        with picture_progress() as report:
            self._renditions = render(pictures_of(self.content), self._cache, report)
        settings = self.content.shop.settings
        today = _today(settings)
        past = look_back(self.content.products, root, settings, today)
        for doubt in past.doubts:
            console.print(str(doubt))
        self.site = make_site(self.content, self._renditions, today, past)

    def generate_output(self, _writer: object) -> None:
        """Write the pages and what they need, then put the release in force, then clear away what is left over."""
        output = Output(Path(self.output_path), Path(self.settings["SHOP_BUILD"]) / "output.json")
        url = self.settings["SITEURL"]
        environment = self._environment(output, url)
        publish(self._renditions.values(), self._cache, output)
        self._cards = Cards(environment, self.site)
        self._slugs = {variant.sku: variant.product for variant in self.site.variants}
        self._arranged = {collection.slug: self._arrangement(collection) for collection in self.site.collections}
        frames = Frames(environment, self._menu())
        pages = list(self._pages(url))
        for address, template, meta, context in pages:
            main = environment.get_template(template).render(**context)
            if context.get("related"):
                main += environment.get_template("related.html").render(**context)
            output.write(address, frames.page(meta, main, address))
        for address, text in self._all_cards(environment):
            output.write(address, text)
        listed = (meta.canonical for address, _, meta, _ in pages if meta.canonical == url + address)
        self._for_machines(output, listed, url)
        publish_mails(Path(self.settings["THEME"]) / "templates", Path(self.settings["SHOP_BUILD"]))
        self._release(frames)
        output.sweep()

    def _for_machines(self, output: Output, addresses: Iterable[str], url: str) -> None:
        shop, products = self.content.shop, self.content.products
        published = [source for source in products if source.status is not Status.DRAFT]
        files = chain(
            feed_files(self.site, shop, (), url),
            sitemap_files(self.site, addresses, url),
            alias_files(published, shop.settings.language, url),
        )
        for address, text in files:
            output.write(address, text)
        build = Path(self.settings["SHOP_BUILD"])
        replace_file(build / "redirects.json", redirects_json(moved(published)).encode())

    def _environment(self, output: Output, url: str) -> Environment:
        theme = Path(self.settings["THEME"])
        assets = Assets(theme / "static", output, tokens=sheet_of(theme, self.settings.get("THEME_LOOK", "")))
        self._assets = {name: assets.address(name) for name in OF_FUNCTIONS}
        frame = make_frame(self.site, assets, url, _today(self.content.shop.settings))
        settings = self.content.shop.settings
        locale = self.content.shop.locale
        return make_environment(theme / "templates", settings, locale, site=frame, delivery=self.site.delivery)

    def _menu(self) -> set[str]:
        collections = {collection.path for collection in self.site.collections}
        return collections | {page.path for page in self.site.header_pages}

    def _release(self, frames: Frames) -> None:
        build = Path(self.settings["SHOP_BUILD"])
        write_release(build, self.content.shop.settings, frames.text(), self.site.variants, self._assets)

    def _pages(self, url: str) -> Iterator[tuple[str, str, Meta, dict[str, Any]]]:
        """Every page: its address, template, meta and context."""
        site, shop = self.site, self.content.shop
        name = shop.settings.name
        yield "/", "home.html", self._home_meta(url), {"home": self._home()}
        for product in (*site.products, *site.hidden):
            yield product.path, "product.html", _product_meta(product, shop.settings, url), self._product(product)
        for collection in site.collections:
            arranged = self._arranged[collection.slug]
            for listing in arranged.listings:
                meta = _listing_meta(collection, listing, name, url)
                yield listing.path, "collection.html", meta, self._collection(collection, listing, arranged)
        for page in site.pages:
            yield page.path, "page.html", _page_meta(page, name, url), {"page": page}
        yield (
            "/404.html",
            "404.html",
            Meta(f"Not here · {name}", robots="noindex"),
            {"cards": self._cards.of(product.slug for product in site.products[:4])},
        )

    def _home(self) -> Home:
        home = self.content.shop.home
        image = picture_of(home.image, self._renditions)
        return Home(home.headline, home.text, image, self._cards.of(home.featured))

    def _product(self, product: Product) -> dict[str, Any]:
        return {"product": product, "related": self._cards.of(self.site.related[product.slug])}

    def _collection(self, collection: Collection, listing: Listing, arranged: Arrangement) -> dict[str, Any]:
        cards, body = self._cards.of(listing.entries), with_cards(collection.body, self._card_of)
        return {
            "collection": collection, "listing": listing, "cards": cards, "body": body, "places": arranged.places,
        }  # fmt: skip

    def _arrangement(self, collection: Collection) -> Arrangement:
        products = {product.slug: product for product in self.site.products}
        members = self.site.members[collection.slug]
        entries = [entry_of(products[slug], card) for slug, card in zip(members, self._cards.of(members), strict=True)]
        return arrange(collection.path, entries, self.content.shop.settings.money)

    def _all_cards(self, environment: Environment) -> Iterator[tuple[str, str]]:
        """The files from which script chooses, for collections of several pages."""
        for collection in self.site.collections:
            arranged = self._arranged[collection.slug]
            if arranged.needs_all_cards:
                cards = self._cards.of(self.site.members[collection.slug])
                text = environment.get_template("cards.html").render(
                    collection=collection, cards=cards, places=arranged.places
                )
                yield collection.path + ALL_CARDS, text

    def _card_of(self, sku: str) -> Markup:
        return self._cards.of([self._slugs[sku]])[0]

    def _home_meta(self, url: str) -> Meta:
        shop = self.content.shop
        data = structured_data.shop_data(shop.settings, shop.description, url)
        site = structured_data.site_data(shop.settings, url)
        return Meta(
            title=f"{shop.settings.name}: {shop.settings.tagline}",
            description=shop.description,
            canonical=f"{url}/",
            image=url + picture_of(shop.home.image, self._renditions).original,
            json_ld=structured_data.script(data, site),
            alternates=(("application/rss+xml", "/feed.xml"),),
        )


def _today(settings: Settings) -> str:
    return datetime.now(ZoneInfo(settings.time_zone)).date().isoformat()


def _product_meta(product: Product, settings: Settings, url: str) -> Meta:
    home = product.collections[0]
    trail = [("Home", "/"), (home.title, home.path), (product.title, product.path)]
    hidden = product.status == "hidden"
    return Meta(
        title=f"{product.title} · {settings.name}",
        description=product.summary,
        canonical="" if hidden else url + product.path,
        image=url + product.images[0].original,
        kind="product",
        json_ld=structured_data.script(
            *structured_data.product_data(product, settings, url), structured_data.breadcrumb_data(trail, url)
        ),
        robots="noindex" if hidden else "",
        alternates=() if hidden else (("text/markdown", twin_path(product.slug)),),
    )


def _listing_meta(collection: Collection, listing: Listing, name: str, url: str) -> Meta:
    trail = [("Home", "/"), (collection.title, collection.path)]
    narrowed = f": {listing.narrowed}" if listing.narrowed else ""
    number = f", page {listing.number}" if listing.number > 1 else ""
    paths = [product_path(slug) for slug in listing.entries]
    first = (listing.number - 1) * PAGE + 1
    listed = structured_data.list_data(collection.title, paths, listing.total, url, first)
    return Meta(
        title=f"{collection.title}{narrowed}{number} · {name}",
        description=collection.summary,
        canonical=url + listing.canonical,
        image=url + collection.image.original if collection.image else "",
        json_ld=structured_data.script(structured_data.breadcrumb_data(trail, url), listed),
        styles=("css/listing.css",),
        scripts=("js/listing.js",) if listing.facets or listing.sorts else (),
    )


def _page_meta(page: Page, name: str, url: str) -> Meta:
    questions = structured_data.script(structured_data.questions_data(page.questions)) if page.questions else ""
    return Meta(f"{page.title} · {name}", page.summary, canonical=url + page.path, json_ld=questions)
