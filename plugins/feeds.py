"""All files for machines that speak of the whole shop: feeds, sitemaps, and what stands at old addresses.

They are joined from fragments, one for each product, that were made with its page and are remembered with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plugins.aliases import alias_address, alias_page
from plugins.content import ShopSource
from plugins.llms import PATH as LLMS
from plugins.llms import llms, llms_line
from plugins.merchant_feed import PATH as MERCHANT
from plugins.merchant_feed import merchant_feed, merchant_items
from plugins.news_feed import PATH as NEWS
from plugins.news_feed import News, news_feed, post_news, product_news
from plugins.products import product_path
from plugins.profile import Profile
from plugins.sitemap import robots, sitemap_entry, sitemaps
from plugins.views import Crumb, Page, Post, Product

SITEMAP = "/sitemap.xml"
SITEMAPS = "/sitemap"  # how the addresses of all parts of it begin
ROBOTS = "/robots.txt"
FOR_MACHINES = (MERCHANT, NEWS, LLMS, SITEMAP, ROBOTS)
KINDS = (MERCHANT, NEWS, LLMS, SITEMAP)
Fragments = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the slug and the text of each product's fragment of a kind, by slug."""


def feed_fragments(product: Product, shop: ShopSource, url: str) -> dict[str, str]:
    """What a product that lists show adds to each feed. `url` is the site's address, without a slash at the end."""
    settings = shop.settings
    news = product_news(product, settings, url)
    return {
        MERCHANT: merchant_items(product, settings, url),
        NEWS: f"{news.day}\n{news.item}" if news else "",
        LLMS: llms_line(product, url),
        SITEMAP: sitemap_entry(url + product.path, [url + image.original for image in product.images]),
    }


class Feeds(NamedTuple):
    """Joins the fragments. `homes` are the home collections of products by slug, `paths` other pages with pictures."""

    shop: ShopSource
    fragments: Fragments
    homes: Mapping[str, Crumb]
    pages: Sequence[Page]
    posts: Sequence[Post]
    paths: Mapping[str, Sequence[str]]
    url: str

    def makers(self) -> dict[str, Callable[[], str | Iterator[str]]]:
        """What makes each feed, by its path: as a text, or as its pieces."""
        return {MERCHANT: self._merchant, NEWS: self._news, LLMS: self._llms}

    def sitemaps(self) -> dict[str, str]:
        """The sitemaps, by their paths."""
        others = (sitemap_entry(self.url + path, [self.url + i for i in images]) for path, images in self.paths.items())
        return sitemaps((*others, *(text for _, text in self.fragments(SITEMAP))), self.url)

    def robots(self) -> str:
        """What stands at /robots.txt."""
        return robots(self.url)

    def _merchant(self) -> Iterator[str]:
        items = (text for _, text in self.fragments(MERCHANT))
        return merchant_feed(items, self.shop.settings, self.shop.description, self.url)

    def _news(self) -> str:
        products = (News(*text.split("\n", 1)) for _, text in self.fragments(NEWS))
        posts = (post_news(post, self.shop.settings, self.url) for post in self.posts)
        return news_feed((*products, *posts), self.shop.settings, self.shop.description, self.url)

    def _llms(self) -> str:
        shelves: dict[Crumb, list[str]] = {}
        for slug, line in self.fragments(LLMS):
            shelves.setdefault(self.homes[slug], []).append(line)
        return llms(self.shop.settings, self.shop.description, shelves, self.pages, self.url)


def alias_files(profiles: Iterable[Profile], language: str, url: str) -> Iterator[tuple[str, str]]:
    """A page at each old address of a product: its path, and what stands there."""
    for profile in profiles:
        if profile.aliases:
            page = alias_page(profile.title, product_path(profile.slug), language, url)
            yield from ((alias_address(alias), page) for alias in profile.aliases)


def moved(profiles: Iterable[Profile]) -> dict[str, str]:
    """The old paths of products, each with the present one."""
    return {alias: product_path(profile.slug) for profile in profiles for alias in profile.aliases}
