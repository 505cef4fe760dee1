"""All files for machines, from the whole site: sitemap, feeds, twins, and what stands at old addresses."""

from collections.abc import Iterable, Iterator

from plugins.aliases import alias_address, alias_page
from plugins.content import ProductSource, ShopSource
from plugins.llms import PATH as LLMS
from plugins.llms import llms, llms_line
from plugins.merchant_feed import PATH as MERCHANT
from plugins.merchant_feed import merchant_feed, merchant_items
from plugins.news_feed import PATH as NEWS
from plugins.news_feed import news_feed, post_news, product_news
from plugins.products import product_path
from plugins.site import Site
from plugins.sitemap import robots, sitemap_entry, sitemaps
from plugins.twin import twin, twin_path
from plugins.views import Crumb, Post

File = tuple[str, str]
"""A path on the site, and what stands there."""


def feed_files(site: Site, shop: ShopSource, posts: Iterable[Post], url: str) -> Iterator[File]:
    """The feeds, and the twin of each product that lists show. `url` is the site's address, without a slash."""
    settings = shop.settings
    items = (merchant_items(product, settings, url) for product in site.products)
    yield MERCHANT, merchant_feed(items, settings, shop.description, url)
    products = (product_news(product, settings, url) for product in site.products)
    news = [*(each for each in products if each), *(post_news(post, settings, url) for post in posts)]
    yield NEWS, news_feed(news, settings, shop.description, url)
    yield LLMS, llms(settings, shop.description, _shelves(site, url), site.pages, url)
    for product in site.products:
        yield twin_path(product.slug), twin(product, settings, url)


def sitemap_files(site: Site, addresses: Iterable[str], url: str) -> Iterator[File]:
    """The sitemaps of these addresses, with the pictures of products and collections, and robots.txt."""
    pictures = {url + product.path: [url + image.original for image in product.images] for product in site.products}
    pictures |= {url + each.path: [url + each.image.original] for each in site.collections if each.image}
    entries = (sitemap_entry(address, pictures.get(address, ())) for address in addresses)
    yield from sitemaps(entries, url).items()
    yield "/robots.txt", robots(url)


def alias_files(products: Iterable[ProductSource], language: str, url: str) -> Iterator[File]:
    """A page at each old address of a product."""
    for source in products:
        page = alias_page(source.title, product_path(source.slug), language, url)
        yield from ((alias_address(alias), page) for alias in source.aliases)


def moved(products: Iterable[ProductSource]) -> dict[str, str]:
    """The old paths of products, each with the present one."""
    return {alias: product_path(source.slug) for source in products for alias in source.aliases}


def _shelves(site: Site, url: str) -> dict[Crumb, list[str]]:
    shelves: dict[Crumb, list[str]] = {}
    for product in site.products:
        shelves.setdefault(product.collections[0], []).append(llms_line(product, url))
    return shelves
