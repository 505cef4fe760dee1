"""Variants by name, and the shards that hold them."""

from dataclasses import replace

import pytest

from functions.shop.catalogue import Part, Variant, availability, pieces, shard_of
from tests.small_shop import POSTCARD, PRINT_A4, TO_ORDER


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


# Whether something can be had

WAITS = replace(POSTCARD, backorder="2–3 weeks")
COMING = replace(POSTCARD, release_date="2027-05-12")


@pytest.mark.parametrize(
    ("variant", "left", "today", "expected"),
    [
        (POSTCARD, 4, "2027-01-01", "in"),
        (POSTCARD, 3, "2027-01-01", "low"),
        (POSTCARD, 1, "2027-01-01", "low"),
        (POSTCARD, 0, "2027-01-01", "out"),
        (POSTCARD, -1, "2027-01-01", "out"),
        (WAITS, 4, "2027-01-01", "in"),
        (WAITS, 0, "2027-01-01", "backorder"),
        (COMING, 4, "2027-05-11", "preorder"),
        (COMING, 1, "2027-05-11", "preorder"),
        (COMING, 4, "2027-05-12", "in"),
        (COMING, 4, "2027-05-13", "in"),
        (COMING, 0, "2027-05-11", "out"),
        (replace(COMING, backorder="a month"), 0, "2027-05-11", "backorder"),
        (replace(COMING, tracked=False), 0, "2027-05-11", "preorder"),
        (TO_ORDER, 0, "2027-01-01", "in"),
        (COMING, 4, "", "in"),
    ],
)
def test_one_word_says_whether_something_can_be_had(variant: Variant, left: int, today: str, expected: str) -> None:
    assert availability(variant, left, today).value == expected


def test_a_piece_takes_itself_from_the_stock_or_its_parts_or_nothing() -> None:
    parts = (Part("CARD", 4), Part("LAST", 1))
    assert POSTCARD.takes == (Part("CARD", 1),)
    assert replace(POSTCARD, sku="SET", parts=parts).takes == parts
    assert TO_ORDER.takes == ()


@pytest.mark.parametrize(
    ("stock", "expected"),
    [
        ({"CARD": 8, "LAST": 5}, 2),
        ({"CARD": 11, "LAST": 1}, 1),
        ({"CARD": 3, "LAST": 9}, 0),
        ({"CARD": 8}, 0),
        ({}, 0),
    ],
)
def test_a_bundle_can_be_made_as_often_as_its_parts_allow(stock: dict[str, int], expected: int) -> None:
    assert pieces((Part("CARD", 4), Part("LAST", 1)), stock) == expected
