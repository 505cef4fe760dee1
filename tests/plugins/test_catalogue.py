"""The catalogue: which shard a SKU is in, and which shards a build makes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.catalogue import kept_shards, shard_text, shards
from plugins.fingerprint import fingerprint
from plugins.memory import Memory
from plugins.product_maker import KINDS, VARIANTS
from plugins.profile import Profile

NOTHING = Profile("", "published", "", 0, True, "", (), (), (), (), (), (), (), b"", b"", b"")


class Shop:
    """A shop with so many products, each of which sells one thing, and what its builds remember."""

    def __init__(self, folder: Path, products: int) -> None:
        self.build, self.memory = folder, Memory(folder / "cache" / "build.db", KINDS)
        self.profiles: dict[str, Profile] = {}
        for number in range(products):
            self.sell(number, 100)

    def sell(self, number: int, price: int) -> None:
        """Sell a product at a price from now on."""
        slug, sku = f"card-{number}", f"CARD-{number}"
        text = f"{sku}\t{price}"
        prints = b"".join(fingerprint(text if kind == VARIANTS else "") for kind in KINDS)
        self.profiles[slug] = NOTHING._replace(slug=slug, sold=(sku,), prints=prints)
        self.memory.learn(slug, "state", (), {VARIANTS: text})

    def release(self) -> list[str]:
        """Keep the shards; gives their names."""
        return kept_shards(self.build, self.profiles.values(), self.memory)

    def catalogue(self, names: list[str]) -> dict[str, int]:
        """Every price by its SKU."""
        texts = [(self.build / "catalogue" / name).read_text() for name in names]
        return {sku: price for text in texts for sku, price in json.loads(text).items()}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop whose catalogue takes four shards."""
    shop = Shop(tmp_path, 1000)
    yield shop
    shop.memory.close()


def test_a_large_catalogue_is_spread_over_shards_and_none_is_lost(shop: Shop) -> None:
    """A quote reads the shards of its SKUs only, so its cost does not grow with the catalogue."""
    skus = [f"CARD-{number}" for number in range(1000)]
    assert len(shards(skus)) == 4
    assert max(len(shard) for shard in shards(skus)) < 320
    assert shop.catalogue(shop.release()) == dict.fromkeys(skus, 100)


def test_another_price_is_in_another_shard_and_all_others_stay(shop: Shop) -> None:
    first = shop.release()
    shop.sell(7, 250)
    second = shop.release()
    assert len(set(second) - set(first)) == 1
    assert shop.catalogue(second) == dict.fromkeys((f"CARD-{number}" for number in range(1000)), 100) | {"CARD-7": 250}


def test_what_is_no_longer_sold_is_gone_and_what_is_new_is_there(shop: Shop) -> None:
    shop.release()
    del shop.profiles["card-7"]
    shop.sell(1000, 300)
    catalogue = shop.catalogue(shop.release())
    assert ("CARD-7" in catalogue, catalogue["CARD-1000"], len(catalogue)) == (False, 300, 1000)


def test_a_shard_that_somebody_deleted_is_written_again(shop: Shop) -> None:
    """A release never names what is not there."""
    names = shop.release()
    (shop.build / "catalogue" / names[2]).unlink()
    assert shop.release() == names
    assert len(shop.catalogue(names)) == 1000


def test_a_draft_sells_nothing(shop: Shop) -> None:
    shop.profiles["card-7"] = shop.profiles["card-7"]._replace(sold=())
    assert "CARD-7" not in shop.catalogue(shop.release())


def test_a_shard_is_one_json_text() -> None:
    assert shard_text(["A", "Ö"], {"A": '{"price":1}', "Ö": "{}"}) == r'{"A":{"price":1},"\u00d6":{}}'
    assert shard_text([], {}) == "{}"
