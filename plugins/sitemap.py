"""For search engines: which pages there are, and where to look for them."""

from collections.abc import Iterable
from xml.sax.saxutils import escape


def sitemap(addresses: Iterable[str]) -> str:
    """sitemap.xml (https://www.sitemaps.org/protocol.html) for absolute addresses."""
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(url: str) -> str:
    """robots.txt: everything may be read but what belongs to one shopper."""
    private = "".join(f"Disallow: {path}\n" for path in ("/cart", "/checkout", "/order/"))
    return f"User-agent: *\n{private}\nSitemap: {url}/sitemap.xml\n"
