"""Small releases, and who crawls them: pages that lead to each other, pictures, a style sheet with a font, prices."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from release.manifest import Manifest, file_of
from tests.release.memory_bucket import MemoryBucket

_LINK = re.compile(r'(?:href|src)="([^"#?]+)"')
_SRCSET = re.compile(r'srcset="([^"]+)"')
_CSS_URL = re.compile(r"url\(([^)]+)\)")


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
    """A shop whose home leads to its products, each of which leads to the next, has pictures and shows its price."""
    font, small, large = (asset(name, style) for name in ("font.woff2", "small.webp", "large.webp"))
    css = f"p{{color:{style}}}@font-face{{src:url({font.removeprefix('/static/')})}}".encode()
    sheet = f"/static/shop.{sha(css)[:8]}.css"
    names = list(products)
    pages = {
        "/404.html": page(sheet, "Not here"),
        "/index.html": page(sheet, "Home", *map(address, names)),
        sheet: css,
        font: style.encode(),
    }
    for at, name in enumerate(names):
        picture = f'<img src="{small}" srcset="{small} 1x, {large} 2x">'
        text = f"{name} {products[name]}{picture}"
        pages |= {f"{address(name)}index.html": page(sheet, text, address(names[at - 1]), "/")}
        pages |= {small: f"small {style}".encode(), large: f"large {style}".encode()}
    return Release(pages, products, made)


def asset(name: str, style: str) -> str:
    """The address of a file whose content depends on the style."""
    stem, _, suffix = name.partition(".")
    return f"/static/{stem}.{sha(f'{stem} {style}'.encode())[:8]}.{suffix}"


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
        found = bucket.get(key)
        if found is None or bucket.label(key).notes.get("status") == "404":
            broken.append(key)
        elif key.endswith((".html", ".css")):
            keys = {f"{site}{_file(link, key.removeprefix(site))}" for link in _links(found.content.decode())}
            todo += keys - seen
            seen |= keys
    return broken


def _links(text: str) -> Iterator[str]:
    yield from _LINK.findall(text)
    yield from _CSS_URL.findall(text)
    for found in _SRCSET.findall(text):
        yield from (each.split()[0] for each in found.split(","))


def _file(link: str, base: str) -> str:
    path = normpath(join(dirname(base), link)) if not link.startswith("/") else link
    return f"{path}index.html" if link.endswith("/") else path
