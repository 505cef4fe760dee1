"""The feed for people: what is new, with whole addresses and dates that readers understand."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from plugins.news_feed import News, absolute, news_feed, post_news, product_news
from plugins.views import Post
from tests.plugins.sample_site import product
from tests.small_shop import SETTINGS

URL = "https://shop.example"
GALE = Post(
    "gale",
    "Gale & co",
    "It <blew>.",
    "2026-07-20",
    None,
    Markup('<p><a href="/birds/">Birds</a></p>'),
    "/journal/gale/",
)


def read(news: list[News]) -> ElementTree.Element:
    """The feed as a reader parses it."""
    return ElementTree.fromstring(news_feed(news, SETTINGS, "A small shop.", URL))  # noqa: S314 - our own text


def test_a_product_is_news_of_the_day_on_which_it_was_added() -> None:
    news = product_news(product("tern", added="2026-11-20"), SETTINGS, URL)
    assert news
    [item] = read([news]).iter("item")
    assert {field.tag: field.text for field in item} == {
        "title": "Tern",
        "link": "https://shop.example/products/tern/",
        "guid": "https://shop.example/products/tern/",
        "pubDate": "Fri, 20 Nov 2026 00:00:00 +0000",
        "description": '<p><img src="https://shop.example/images/tern-1600.01234567.jpg" alt="A tern"></p>\n'
        "<p>About tern.</p>\n<p>€24.00</p>",
    }


def test_a_product_of_unknown_age_is_no_news() -> None:
    assert product_news(product("tern"), SETTINGS, URL) is None


def test_a_post_comes_with_its_text_and_with_the_day_in_the_shops_time_zone() -> None:
    """Which is an hour ahead in an Irish summer."""
    [item] = read([post_news(GALE, SETTINGS, URL)]).iter("item")
    assert item.findtext("title") == "Gale & co"
    assert item.findtext("description") == (
        '<p>It &lt;blew&gt;.</p>\n<p><a href="https://shop.example/birds/">Birds</a></p>'
    )
    assert item.findtext("pubDate") == "Mon, 20 Jul 2026 00:00:00 +0100"
    assert parsedate_to_datetime("Mon, 20 Jul 2026 00:00:00 +0100") == datetime(2026, 7, 19, 23, tzinfo=UTC)


def test_the_latest_comes_first_and_only_fifty_come_at_all() -> None:
    news = [
        post_news(GALE._replace(date=f"2026-{day // 28 + 1:02}-{day % 28 + 1:02}"), SETTINGS, URL) for day in range(60)
    ]
    dates = [item.findtext("pubDate") for item in read(news).iter("item")]
    assert len(dates) == 50
    assert dates[0] == "Wed, 04 Mar 2026 00:00:00 +0000"
    assert dates[-1] == "Sun, 11 Jan 2026 00:00:00 +0000"


def test_the_feed_says_where_it_is() -> None:
    link = read([]).find("channel/{http://www.w3.org/2005/Atom}link")
    assert link is not None
    assert link.attrib == {"href": f"{URL}/feed.xml", "rel": "self", "type": "application/rss+xml"}


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/a/">', f'<a href="{URL}/a/">'),
        ('<a href="https://x.example/a">', '<a href="https://x.example/a">'),
        ('<a href="//x.example/a">', '<a href="//x.example/a">'),
        ('<a href="#top">', '<a href="#top">'),
        (
            '<img alt="/a/" src="/a.jpg" srcset="/a.jpg 1w, /b.jpg 2w">',
            f'<img alt="/a/" src="{URL}/a.jpg" srcset="{URL}/a.jpg 1w, {URL}/b.jpg 2w">',
        ),
    ],
)
def test_addresses_are_whole_wherever_they_stand(html: str, whole: str) -> None:
    assert absolute(Markup(html), URL) == whole  # noqa: S704
