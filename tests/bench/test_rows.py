"""Rows of the bench say what they leave out."""

from pathlib import Path

import pytest

from tests.bench import building, shop
from tests.bench.process import seconds

pytestmark = pytest.mark.slow


def test_a_build_with_the_search_index_is_measured_cold_and_after_an_edit(tmp_path: Path) -> None:
    """The edit is checked to be on the page and in the index, so a build that left the index out would raise."""
    shop.write_shop(tmp_path / "shop", 12)
    seconds(shop.command(), tmp_path / "shop")  # makes the pictures
    rows = dict(building.with_search(tmp_path / "shop", 12, rounds=1))
    assert list(rows) == [
        "12 products, cold, with the search index",
        "12 products, one edited, in a fresh process, with the search index",
    ]
    assert shop.search_index(tmp_path / "shop")
