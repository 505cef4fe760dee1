"""Pelican's settings for a shop on this machine. What an owner decides stands in content/shop/, not here."""

import os

SITEURL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
SITENAME = "Pouch"  # pages take the name from content/shop/shop.yaml

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_LOOK = ""  # the usual look; or the name of a file in theme/looks/
SHOP_BUILD = "build"  # the release that functions read, and the cache of pictures
SHOP_SEARCH = True  # whether an index for the search box is built
PLUGINS = ["plugins.shop"]

# Pelican's own articles, pages, feeds and static files are off: plugins/generator.py makes all there is.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"
