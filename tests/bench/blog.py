"""The generated texts as articles of a plain Pelican site with its default theme."""

import sys
from pathlib import Path

from tests.bench.catalogue import COLLECTIONS, text
from tests.bench.rounds import put_aside


def write_blog(folder: Path, articles: int) -> None:
    """A site of so many articles."""
    (folder / "content").mkdir(parents=True)
    for number in range(articles):
        head = f"Title: Thing {number}\nDate: 2026-01-01\nCategory: Group {number % COLLECTIONS}\n\n"
        (folder / "content" / f"thing-{number:05d}.md").write_text(head + text(number), encoding="utf-8")
    (folder / "pelicanconf.py").write_text(
        "SITEURL = 'http://127.0.0.1:8000'\nPATH = 'content'\nTIMEZONE = 'UTC'\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\n"
    )


def command() -> list[str]:
    """What builds the site, run in its folder."""
    return [sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py"]


def forget(folder: Path) -> None:
    """Put aside all that was built."""
    put_aside(folder / "output")
