"""For search engines: which pages there are, with their pictures, and where to look for them.

https://www.sitemaps.org/protocol.html and https://www.google.com/schemas/sitemap-image/1.1
"""

from collections.abc import Iterable, Iterator

from functions.shop.site import PRIVATE
from plugins.xml import xml

MOST_ADDRESSES = 50_000
MOST_BYTES = 50_000_000  # the protocol's 52,428,800 with room for head and foot
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_URLSET = (
    f'{_HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
_INDEX = f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def sitemap_entry(address: str, images: Iterable[str] = ()) -> str:
    """One page by its absolute address, with the absolute addresses of its pictures."""
    pictures = "".join(f"<image:image><image:loc>{xml(image)}</image:loc></image:image>" for image in images)
    return f"<url><loc>{xml(address)}</loc>{pictures}</url>\n"


def sitemaps(entries: Iterable[str], url: str) -> dict[str, str]:
    """Every sitemap by its path. Search engines begin at /sitemap.xml, which lists the parts when there are several."""
    parts = ["".join(part) for part in _parts(entries)] or [""]
    if len(parts) == 1:
        return {"/sitemap.xml": f"{_URLSET}{parts[0]}</urlset>\n"}
    named = {f"/sitemap-{number}.xml": f"{_URLSET}{part}</urlset>\n" for number, part in enumerate(parts, 1)}
    listed = "".join(f"<sitemap><loc>{xml(url + path)}</loc></sitemap>\n" for path in named)
    return {"/sitemap.xml": f"{_INDEX}{listed}</sitemapindex>\n"} | named


def robots(url: str) -> str:
    """robots.txt: everything may be read but what belongs to one shopper: the address of a function, what is below it,
    and with a query, so that a page /withdrawal/ is no part of /withdraw (RFC 9309: a path means all that begin so).
    """
    private = "".join(f"Disallow: /{name}{end}\n" for name in sorted(PRIVATE) for end in ("$", "/", "?"))
    return f"User-agent: *\n{private}\nSitemap: {url}/sitemap.xml\n"


def _parts(entries: Iterable[str]) -> Iterator[list[str]]:
    """The entries in lots that one sitemap may hold."""
    part, size = list[str](), 0
    for entry in entries:
        length = len(entry.encode())
        if len(part) == MOST_ADDRESSES or size + length > MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(entry)
        size += length
    if part:
        yield part
