"""Variants by name, and the shards that hold them."""

from dataclasses import replace

import pytest

from functions.shop.catalogue import shard_of
from tests.small_shop import POSTCARD, PRINT_A4


def test_a_variant_is_named_by_title_and_options() -> None:
    assert (POSTCARD.name, POSTCARD.label) == ("Postcard", "")
    assert (PRINT_A4.name, PRINT_A4.label) == ("Print, A4, Oak", "A4, Oak")
    assert replace(PRINT_A4, options=("A3",)).name == "Print, A3"


@pytest.mark.parametrize(
    ("sku", "of_2", "of_16"), [("CARD", 1, 13), ("PRINT-A4", 1, 3), ("LAST", 0, 12), ("card", 0, 6)]
)
def test_the_shard_of_a_sku_never_changes_as_published_files_rely_on_it(sku: str, of_2: int, of_16: int) -> None:
    assert (shard_of(sku, 2), shard_of(sku, 16)) == (of_2, of_16)


def test_skus_spread_over_all_shards() -> None:
    counts = [0] * 16
    for number in range(1600):
        counts[shard_of(f"SKU-{number}", 16)] += 1
    assert min(counts) > 60
    assert max(counts) < 140
