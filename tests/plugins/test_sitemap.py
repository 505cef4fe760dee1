"""What search engines ask for first."""

from xml.etree import ElementTree

import pytest

from plugins import sitemap
from plugins.sitemap import robots, sitemap_entry, sitemaps

URL = "https://shop.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def addresses(text: str) -> list[str | None]:
    """Every address in a sitemap or an index."""
    return [found.text for found in ElementTree.fromstring(text).iter(f"{SITEMAP}loc")]  # noqa: S314 - our own text


def test_the_sitemap_lists_every_address_once_and_in_order() -> None:
    """As XML that a parser reads, whatever stands in an address."""
    files = sitemaps(map(sitemap_entry, [f"{URL}/", f"{URL}/a&b/"]), URL)
    assert list(files) == ["/sitemap.xml"]
    assert addresses(files["/sitemap.xml"]) == [f"{URL}/", f"{URL}/a&b/"]


def test_a_page_is_listed_with_its_pictures() -> None:
    """In the place that the image extension has for them."""
    [text] = sitemaps([sitemap_entry(f"{URL}/a/", [f"{URL}/1.jpg", f"{URL}/2.jpg?a&b"])], URL).values()
    pictures = ElementTree.fromstring(text).findall(f"{SITEMAP}url/{IMAGE}image/{IMAGE}loc")  # noqa: S314
    assert [picture.text for picture in pictures] == [f"{URL}/1.jpg", f"{URL}/2.jpg?a&b"]


def test_a_site_without_a_page_has_an_empty_sitemap() -> None:
    [text] = sitemaps([], URL).values()
    assert addresses(text) == []


def test_more_addresses_than_one_sitemap_may_hold_are_in_parts_that_an_index_lists() -> None:
    entries = [sitemap_entry(f"{URL}/{number}/") for number in range(100_001)]
    files = sitemaps(entries, URL)
    assert addresses(files.pop("/sitemap.xml")) == [f"{URL}/sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [addresses(text) for text in files.values()]
    assert [len(part) for part in parts] == [50_000, 50_000, 1]
    assert parts[2] == [f"{URL}/100000/"]


def test_a_sitemap_stays_below_the_size_that_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in bytes, as they are sent."""
    monkeypatch.setattr(sitemap, "MOST_BYTES", 93)  # two entries have 92 characters in 94 bytes
    files = sitemaps([sitemap_entry(f"{URL}/é/")] * 3, URL)
    assert list(files) == ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]


def kept_out(path: str) -> bool:
    """Whether a rule of robots.txt is for a path: it begins so, or is so when the rule ends with `$` (RFC 9309)."""
    rules = [line.removeprefix("Disallow: ") for line in robots(URL).splitlines() if line.startswith("Disallow: ")]
    return any(path == rule[:-1] if rule.endswith("$") else path.startswith(rule) for rule in rules)


@pytest.mark.parametrize(
    "path",
    [
        *("/cart", "/cart?add=CARD", "/checkout", "/download/abc", "/notify?sku=LAST", "/order/7K3M-9QXD-4FTR"),
        *("/order/7K3M-9QXD-4FTR?t=abc", "/order-link", "/unsubscribe/abc", "/wishlist?s=CARD", "/withdraw"),
    ],
)
def test_robots_are_kept_out_of_what_belongs_to_one_shopper(path: str) -> None:
    assert kept_out(path)


@pytest.mark.parametrize("path", ["/", "/withdrawal/", "/cartography/", "/orders-and-returns/", "/stock?sku=CARD"])
def test_robots_may_read_everything_else_also_what_begins_alike(path: str) -> None:
    assert not kept_out(path)


def test_robots_are_told_where_the_sitemap_is() -> None:
    assert robots(URL).startswith("User-agent: *\nDisallow: /cart$\nDisallow: /cart/\nDisallow: /cart?\n")
    assert robots(URL).endswith("\n\nSitemap: https://shop.example/sitemap.xml\n")
