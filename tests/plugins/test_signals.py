"""Signals: what listens may look, or give something else; who listens is asked in a steady order."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from functions.adapters.file_catalogue import every_variant
from plugins import signals
from plugins.content import ProductSource
from plugins.shop_parts import ShopParts
from plugins.views import Product
from tests.golden.building import build_sample

pytestmark = pytest.mark.slow


SIGNALS = (signals.content_read, signals.product_made, signals.page_made, signals.release_written)


@pytest.fixture(autouse=True)
def _nobody_listens_afterwards() -> Iterator[None]:
    yield
    for signal in SIGNALS:
        for receiver in list(signal.receivers_for(signal)):
            signal.disconnect(receiver)


def test_receivers_change_a_whole_build(tmp_path: Path) -> None:
    """The content, a product with its price in the catalogue, and every page; and are told of the release."""
    told: list[tuple[str, Path]] = []

    def otherwise_described(parts: ShopParts) -> ShopParts:
        return replace(parts, shop=replace(parts.shop, description="Birds, mostly."))

    def dearer(product: Product, source: ProductSource) -> Product | None:
        if source.slug != "card":
            return None
        (offer,) = product.offers
        return replace(product, offers=(offer._replace(variant=replace(offer.variant, price=999)),))

    def with_a_note(html: str, address: str) -> str:
        return html.replace("</body>", f"<!-- {address} --></body>")

    def note(release_id: str, build: Path) -> None:
        told.append((release_id, build))

    signals.content_read.connect(otherwise_described)
    signals.product_made.connect(dearer)
    signals.page_made.connect(with_a_note)
    signals.release_written.connect(note)
    build_sample(tmp_path)
    assert 'content="Birds, mostly."' in (tmp_path / "output/index.html").read_text()
    page = (tmp_path / "output/products/card/index.html").read_text()
    assert "€9.99" in page
    assert "<!-- /products/card/ --></body>" in page
    prices = {variant.sku: variant.price for variant in every_variant(tmp_path / "build")}
    assert prices["CARD"] == 999
    assert [(len(release_id), build) for release_id, build in told] == [(16, tmp_path / "build")]


def test_a_receiver_that_takes_a_variant_away_takes_it_out_of_the_catalogue(tmp_path: Path) -> None:
    """What is not on the page cannot be bought."""

    def without_the_last(product: Product, source: ProductSource) -> Product | None:
        return replace(product, offers=product.offers[:-1]) if len(product.offers) > 1 else None

    build_sample(tmp_path / "before")
    signals.product_made.connect(without_the_last)
    build_sample(tmp_path / "after")
    before, after = (
        {variant.sku for variant in every_variant(tmp_path / name / "build")} for name in ("before", "after")
    )
    assert after < before


def test_receivers_are_asked_one_after_the_other_in_the_order_of_their_names() -> None:
    """However they were connected, so that every build comes out the same."""

    def b_second(html: str, address: str) -> str:
        return html + " second"

    def a_first(html: str, address: str) -> str:
        return html + " first"

    signals.page_made.connect(b_second)
    signals.page_made.connect(a_first)
    assert signals.about_to_write(b"page", "/") == b"page first second"


def test_a_receiver_that_gives_nothing_leaves_things_as_they_are() -> None:
    """It only looked."""
    seen: list[str] = []

    def look(html: str, address: str) -> None:
        seen.append(address)

    signals.page_made.connect(look)
    assert signals.about_to_write(b"page", "/about/") == b"page"
    assert seen == ["/about/"]
