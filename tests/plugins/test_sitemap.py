"""What search engines ask for first."""

from xml.etree import ElementTree

from plugins.sitemap import robots, sitemap

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_the_sitemap_lists_every_address_once_and_in_order() -> None:
    """As XML that a parser reads, whatever stands in an address."""
    text = sitemap(["https://shop.example/", "https://shop.example/a&b/"])
    found = ElementTree.fromstring(text)  # noqa: S314 - our own text
    assert [entry.text for entry in found.iter(LOCATION)] == ["https://shop.example/", "https://shop.example/a&b/"]


def test_robots_may_read_all_but_what_belongs_to_one_shopper() -> None:
    """And are told where the sitemap is."""
    assert robots("https://shop.example") == (
        "User-agent: *\n"
        "Disallow: /cart\n"
        "Disallow: /checkout\n"
        "Disallow: /order/\n"
        "\n"
        "Sitemap: https://shop.example/sitemap.xml\n"
    )
