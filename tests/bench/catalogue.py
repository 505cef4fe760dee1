"""Generated catalogues of any size, for Pouch and, with the same texts, for plain Pelican."""

import random
import shutil
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
WORDS = (
    "tide harbour light paper gull slack water drift stone wind salt swell print ink morning quay rope net lantern "
    "island channel buoy anchor cloud rain shelter ferry signal beam shore"
).split()


def write_shop(folder: Path, products: int) -> None:
    """A shop folder with so many products in eight collections, all with two variants and one shared picture."""
    content = folder / "content"
    shutil.copytree(ROOT / "content" / "shop", content / "shop")
    (content / "images").mkdir(parents=True)
    Image.new("RGB", (1600, 2000), "#9ab3b0").save(content / "images" / "sea.jpg")
    for number in range(8):
        _write(
            content / "collections" / f"group-{number}.md", f"title: Group {number}\nsummary: Things.\norder: {number}"
        )
    for number in range(products):
        _write(content / "products" / f"thing-{number:05d}.md", _product(number), text(number))
    _write(
        content / "pages" / "about.md", "title: About\nsummary: About us.\nmenu: footer\norder: 1", "We sell things."
    )
    shop = content / "shop" / "shop.yaml"
    shop.write_text(_with_home(shop.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "conf.py").write_text(
        f"SITEURL = 'http://127.0.0.1:8000'\nPATH = {str(content)!r}\nOUTPUT_PATH = {str(folder / 'output')!r}\n"
        f"SHOP_BUILD = {str(folder / 'build')!r}\nTHEME = {str(ROOT / 'theme')!r}\nPLUGINS = ['plugins.shop']\n"
        "ARTICLE_PATHS = []\nPAGE_PATHS = []\nSTATIC_PATHS = []\nTHEME_STATIC_PATHS = []\nDIRECT_TEMPLATES = []\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\nTIMEZONE = 'UTC'\n"
    )


def write_blog(folder: Path, articles: int) -> None:
    """The same texts as articles of a plain Pelican site with its default theme."""
    for number in range(articles):
        head = f"Title: Thing {number}\nDate: 2026-01-01\nCategory: Group {number % 8}\n\n"
        path = folder / "content" / f"thing-{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text(number), encoding="utf-8")
    (folder / "conf.py").write_text(
        f"SITEURL = 'http://127.0.0.1:8000'\nPATH = {str(folder / 'content')!r}\n"
        f"OUTPUT_PATH = {str(folder / 'output')!r}\nTIMEZONE = 'UTC'\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\n"
    )


def text(number: int) -> str:
    """Three paragraphs, a list and some emphasis, the same for the same number."""
    chance = random.Random(number)  # noqa: S311
    paragraphs = [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(3)]
    items = "\n".join(f"- {' '.join(chance.choices(WORDS, k=6))}" for _ in range(4))
    return f"{paragraphs[0]}\n\n## Made by hand\n\n{paragraphs[1]}\n\n{items}\n\n*{paragraphs[2]}*\n"


def _product(number: int) -> str:
    return f"""title: Thing {number}
summary: Thing number {number}, printed by hand.
collection: group-{number % 8}
images:
  - file: sea.jpg
    alt: A flat sea.
options:
  Size: [A4, A3]
variants:
  - {{sku: T{number}-A4, price: 24.00, options: {{Size: A4}}, weight: 180 g, stock: 40}}
  - {{sku: T{number}-A3, price: 36.00, options: {{Size: A3}}, weight: 320 g, stock: 12}}
specs:
  Paper: Cotton rag
care: Keep it dry."""


def _with_home(shop: str) -> str:
    """shop.yaml with a home page that shows what there is."""
    head = shop.split("\nhome:", 1)[0]
    home = "headline: Things\n  text: Many things.\n  image: {file: sea.jpg, alt: Sea.}\n  featured: [thing-00000]"
    return f"{head}\nhome:\n  {home}\n"


def _write(path: Path, front: str, body: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
