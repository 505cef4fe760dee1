"""The feed for people: new products and journal posts (RSS 2.0, https://www.rssboard.org/rss-specification)."""

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from functions.language import words_in
from functions.shop.settings import Settings
from plugins.once import amounts, remembered
from plugins.views import Post, Product
from plugins.xml import xml

PATH = "/feed.xml"
LENGTH = 50
_ADDRESSES = re.compile(r'(?<= )(href|src|srcset)="([^"]*)"')
_FROM_THE_ROOT = re.compile(r"(^|, )/(?!/)")


class News(NamedTuple):
    """One piece of news: the day (ISO 8601) on which it came, and its item as XML."""

    day: str
    item: str


def product_news(product: Product, settings: Settings, url: str) -> News | None:
    """A product as a piece of news; None when nobody knows since when it is there. `url` is the site's address."""
    if not product.added:
        return None
    image, price = product.images[0], amounts(settings)(product.price_from)
    if product.prices_differ:
        price = words_in(settings.language).say("from {amount}", amount=price)
    text = (
        f'<p><img src="{escape(url + image.original)}" alt="{escape(image.alt)}"></p>\n'
        f"<p>{escape(product.summary)}</p>\n<p>{price}</p>"
    )
    return News(product.added, _item(product.title, url + product.path, product.added, text, settings))


def post_news(post: Post, settings: Settings, url: str) -> News:
    """A post of the journal, with all of its text. `url` is the site's address, without a slash at the end."""
    text = f"<p>{escape(post.summary)}</p>\n{absolute(post.body, url)}"
    return News(post.date, _item(post.title, url + post.path, post.date, text, settings))


def news_feed(news: Iterable[News], settings: Settings, description: str, url: str) -> str:
    """The whole feed: the latest news first."""
    latest = sorted(news, reverse=True)[:LENGTH]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{xml(settings.name)}</title><link>{url}/</link><description>{xml(description)}</description>\n"
        f"<language>{settings.language}</language>"
        f'<atom:link href="{url}{PATH}" rel="self" type="application/rss+xml"/>\n'
        f"{''.join(each.item for each in latest)}</channel></rss>\n"
    )


def absolute(html: Markup, url: str) -> Markup:
    """The same HTML with whole addresses, for readers that show it elsewhere."""
    site = str(escape(url))

    def whole(found: re.Match[str]) -> str:
        addresses = _FROM_THE_ROOT.sub(lambda start: f"{start[1]}{site}/", found[2])
        return f'{found[1]}="{addresses}"'

    return Markup(_ADDRESSES.sub(whole, html))  # noqa: S704 (only addresses change)


def _item(title: str, link: str, day: str, html: str, settings: Settings) -> str:
    return (
        f'<item><title>{xml(title)}</title><link>{xml(link)}</link><guid isPermaLink="true">{xml(link)}</guid>'
        f"<pubDate>{_moment(day, settings.time_zone)}</pubDate><description>{xml(html)}</description></item>\n"
    )


@remembered
def _moment(day: str, time_zone: str) -> str:
    """The beginning of a day (ISO 8601) as feeds write it."""
    return format_datetime(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(time_zone)))
