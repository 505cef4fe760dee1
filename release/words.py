"""What changes from one release to another, in words: `python -m release.words BEFORE AFTER`, two folders with a shop
that was built.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from release.manifest import Manifest, built, manifest_of

Read = Callable[[str], bytes]
"""Gives a file of the private side by its name."""
Sold = Mapping[str, Mapping[str, Any]]


def said(before: Manifest | None, after: Manifest, old: Read, new: Read) -> str:
    """Such as `3 prices, 1 new product, 2 pages`. Only the shards that differ are read."""
    if before is None:
        return f"The first release: {counted(_pages(after), 'page', 'pages')}"
    was, now = _sold(before, after, old), _sold(after, before, new)
    products_before, products_now = _products(was), _products(now)
    shown = products_before | products_now
    parts = (
        counted(_prices(was, now), "price", "prices"),
        counted(products_now - products_before, "new product", "new products"),
        counted(products_before - products_now, "product gone", "products gone"),
        counted(_changed(before, after) - shown, "page", "pages"),
    )
    return ", ".join(part for part in parts if part) or "No price, product or page; only what stands around them"


def counted(things: Iterable[object], one: str, many: str) -> str:
    """How many there are, in words; nothing for none."""
    count = len(list(things))
    return f"{count:,} {one if count == 1 else many}" if count else ""


def _sold(release: Manifest, other: Manifest, read: Read) -> Sold:
    """What is sold by SKU in the shards of a release that the other does not have."""
    listed = json.loads(read(release.catalogue))
    names = [name for name in listed["shards"] if name not in other.kept]
    return {sku: variant for name in names for sku, variant in json.loads(read(name)).items()}


def _products(sold: Sold) -> set[str]:
    return {f"{variant['path']}index.html" for variant in sold.values()}


def _prices(was: Sold, now: Sold) -> list[str]:
    return [sku for sku, variant in now.items() if sku in was and was[sku]["price"] != variant["price"]]


def _pages(release: Manifest) -> list[str]:
    return [path for path, file in release.files.items() if path.endswith(".html") and not file.gone]


def _changed(before: Manifest, after: Manifest) -> set[str]:
    """The pages that are new, gone or other than before."""
    old = {path: before.files[path].sha256 for path in _pages(before)}
    new = {path: after.files[path].sha256 for path in _pages(after)}
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def main(before: str, after: str) -> None:
    """Write it to the standard output."""
    old, new = (built(Path(folder) / "output", Path(folder) / "build") for folder in (before, after))
    sys.stdout.write(f"{said(manifest_of(old), manifest_of(new), old.kept, new.kept)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
