"""Small releases, and who crawls them: pages that lead to each other, a style sheet, a catalogue."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from release.manifest import Manifest, file_of
from tests.release.memory_bucket import MemoryBucket

_LINK = re.compile(r'(?:href|src)="([^"#?]+)"')


@dataclass(frozen=True)
class Release:
    """publish.Contents of pages and of prices by SKU."""

    pages: Mapping[str, bytes]
    prices: Mapping[str, int] = field(default_factory=dict)
    made: int = 100
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def _shard(self) -> bytes:
        return json.dumps(dict(self.prices), sort_keys=True).encode()

    @property
    def _listed(self) -> bytes:
        return json.dumps({"shards": [sha(self._shard)]}).encode()

    def page(self, path: str) -> bytes:
        return self.pages[path]

    def kept(self, name: str) -> bytes:
        return {sha(self._shard): self._shard, sha(self._listed): self._listed}[name]

    def sold(self, name: str) -> bytes:
        raise AssertionError(name)

    @property
    def manifest(self) -> Manifest:
        files = {path: file_of(content, self.redirects.get(path, "")) for path, content in sorted(self.pages.items())}
        return Manifest(files, sha(self._listed), (sha(self._shard), sha(self._listed)), made=self.made, commit="abc")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def shop(products: Mapping[str, int], *, style: str = "red", made: int = 100) -> Release:
    """A shop whose home leads to its products, each of which leads to the next and shows its price."""
    sheet = f"/static/shop.{sha(style.encode())[:8]}.css"
    names = list(products)
    pages = {"/404.html": page(sheet, "Not here"), "/index.html": page(sheet, "Home", *map(address, names))}
    for at, name in enumerate(names):
        pages[f"{address(name)}index.html"] = page(sheet, f"{name} {products[name]}", address(names[at - 1]), "/")
    return Release({**pages, sheet: style.encode()}, products, made)


def address(name: str) -> str:
    return f"/products/{name}/"


def page(sheet: str, text: str, *links: str) -> bytes:
    """HTML with a style sheet and links."""
    found = "".join(f'<a href="{link}">x</a>' for link in links)
    return f'<link rel="stylesheet" href="{sheet}"><p>{text}</p>{found}'.encode()


def broken_links(bucket: MemoryBucket, site: str = "main") -> list[str]:
    """All that a crawler who begins at the home finds missing at this moment; an address that is gone is missing."""
    todo, seen, broken = [f"{site}/index.html"], set[str](), []
    if bucket.get(todo[0]) is None:
        return []  # nothing is published yet
    while todo:
        key = todo.pop()
        seen.add(key)
        found = bucket.get(key)
        if found is None or bucket.label(key).notes.get("status") == "404":
            broken.append(key)
        elif key.endswith(".html"):
            links = (link for link in _LINK.findall(found.content.decode()))
            keys = {f"{site}{_file(link, key.removeprefix(site))}" for link in links}
            todo += [each for each in keys if each not in seen and each not in todo]
    return broken


def _file(link: str, base: str) -> str:
    path = normpath(join(dirname(base), link)) if not link.startswith("/") else link
    return f"{path}index.html" if link.endswith("/") else path
