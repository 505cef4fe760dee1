"""What stands at an old address."""

import json

import pytest

from plugins.aliases import alias_address, alias_page, redirects_json


def test_an_old_address_leads_to_the_new_one_without_script_and_is_no_search_result() -> None:
    page = alias_page('Tern & "Gull"', "/products/tern/", "en", "https://shop.example")
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://shop.example/products/tern/">' in page
    assert '<meta http-equiv="refresh" content="0; url=/products/tern/">' in page
    assert '<a href="/products/tern/">Tern &amp; &#34;Gull&#34;</a>' in page


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/products/old/", "/products/old/"),
        ("/shop/petrel", "/shop/petrel/"),
        ("/shop/petrel/index.html", "/shop/petrel/"),
        ("/old.html", "/old.html"),
        ("/old-index.html", "/old-index.html"),
    ],
)
def test_a_page_is_written_where_any_host_finds_it(path: str, address: str) -> None:
    assert alias_address(path) == address


def test_hosts_that_can_redirect_get_a_list() -> None:
    moved = {"/z/": "/products/z/", "/a": "/products/ä/"}
    assert json.loads(redirects_json(moved)) == moved
    assert list(json.loads(redirects_json(moved))) == ["/a", "/z/"]
