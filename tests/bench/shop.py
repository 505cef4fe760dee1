"""The generated catalogue as a Pouch shop in a folder of its own, which `make serve` could serve."""

import re
import shutil
import sys
from pathlib import Path

from PIL import Image

from tests.bench.catalogue import COLLECTIONS, PICTURE, ROOT, collection, product_file
from tests.bench.rounds import put_aside

_PRICE = re.compile(r"(?<=price: )\d+")
_NO_SEARCH = "conf_without_search.py"
WITHOUT_SEARCH, WITH_SEARCH = "without the search index", "with the search index"
_ABOUT = "---\ntitle: About\nsummary: About us.\nmenu: footer\n---\nWe sell things.\n"
_HOME = f"""home:
  headline: Things
  text: Many things.
  image: {{file: {PICTURE}, alt: Sea.}}
  featured: [thing-00000]
"""


def write_shop(folder: Path, products: int) -> None:
    """A shop with so many products, with the repository's theme and settings."""
    content = folder / "content"
    shutil.copytree(ROOT / "content" / "shop", content / "shop", ignore=shutil.ignore_patterns("promotions.yaml"))
    (content / "images").mkdir(parents=True)
    Image.new("RGB", (1600, 2000), "#9ab3b0").save(content / "images" / PICTURE)
    for number in range(COLLECTIONS):
        _write(content / "collections" / f"group-{number}.md", f"---\n{collection(number)}\n---\n")
    for number in range(products):
        _write(product_path(folder, number), product_file(number))
    _write(
        content / "pages" / "about.md", "---\ntitle: About\nsummary: About us.\nmenu: footer\n---\nWe sell things.\n"
    )
    shop = content / "shop" / "shop.yaml"
    shop.write_text(f"{shop.read_text(encoding='utf-8').split('home:', 1)[0]}{_HOME}", encoding="utf-8")
    for name in ("theme", "plugins", "pelicanconf.py"):
        (folder / name).symlink_to(ROOT / name)
    (folder / _NO_SEARCH).write_text("from pelicanconf import *\n\nSHOP_SEARCH = False\n")


def product_path(folder: Path, number: int) -> Path:
    """The file of one product."""
    return folder / "content" / "products" / f"thing-{number:05d}.md"


def product_page(folder: Path, number: int) -> Path:
    """Where one product's page is built."""
    return folder / "output" / "products" / f"thing-{number:05d}" / "index.html"


def search_index(folder: Path) -> frozenset[str]:
    """The names of the files of the search index; none while there is none."""
    return frozenset(path.name for path in (folder / "output" / "search" / "pagefind").rglob("*.pf_*"))


def edit_price(folder: Path, number: int) -> str:
    """What an owner does most: one unit more for a product, saved as editors save. Gives the new price."""
    path = product_path(folder, number)
    text = path.read_text(encoding="utf-8")
    old = _PRICE.search(text)[0]  # type: ignore[index]
    new = f"{int(old) + 1}"
    aside = path.with_suffix(".md~")
    aside.write_text(_PRICE.sub(new, text, count=1), encoding="utf-8")
    aside.replace(path)
    return f"€{new}.00"


def command(*, search: bool = False) -> list[str]:
    """What builds a shop, run in its folder. Hugo's site has no search index, so ours has one on demand only; the rows
    of what was built say which.
    """
    return [sys.executable, "-m", "plugins.build", *(() if search else (_NO_SEARCH,))]


def forget(folder: Path) -> None:
    """Put aside all that was built but the pictures, which Hugo is given as well."""
    put_aside(folder / "output")
    pictures, kept = folder / "build" / "cache" / "pictures", folder / "pictures"
    pictures.rename(kept)
    put_aside(folder / "build")
    pictures.parent.mkdir(parents=True)
    kept.rename(pictures)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
