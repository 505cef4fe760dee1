"""Where parcels can be followed."""

import pytest

from functions.shop.carrier import TRACKING, tracking_url


@pytest.mark.parametrize(
    ("carrier", "number", "url"),
    [
        ("An Post", "RR123456785IE", "https://www.anpost.com/Post-Parcels/Track/History?item=RR123456785IE"),
        ("an  post", "RR 1234 5678 5IE", "https://www.anpost.com/Post-Parcels/Track/History?item=RR123456785IE"),
        ("UPS", "1Z&x=/", "https://www.ups.com/track?tracknum=1Z%26x%3D%2F"),
        ("Bicycle", "7", ""),
        ("DHL", "", ""),
    ],
)
def test_a_known_carrier_and_a_number_make_an_address(carrier: str, number: str, url: str) -> None:
    assert tracking_url(carrier, number) == url


def test_every_page_is_secure_and_takes_one_number() -> None:
    for page in TRACKING.values():
        assert page.startswith("https://")
        assert page.count("{}") == 1
