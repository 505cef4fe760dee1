"""Whether a quote costs the same however much a shop sells: one cart in catalogues of ever more SKUs."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from functions.adapters.file_catalogue import FileCatalogue
from functions.adapters.sqlite import SqliteStore
from functions.ports import Catalogue
from functions.service.carting import quote_cart
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination
from functions.shop.quote import Quote
from functions.shop.settings import Settings
from plugins.release import Sold, write_release, write_shards
from plugins.variant_lines import variant_json
from tests.bench.rounds import best
from tests.shop.test_promotion_speed import GOODS, rules
from tests.small_shop import CHROME, SETTINGS

SIZES = (50, 1_000, 100_000, 1_000_000)
"""The smallest one is ten products of five variants, for fifty lines need fifty SKUs."""
QUICK = (50, 1_000)
LINES = len(GOODS)
ZONES = 40
NOW = 1_800_000_000
STOCK = 100
AT_ONCE = 10_000  # counts handed to the store in one go, so that a million need little memory
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Goods(Mapping[str, str]):
    """So many SKUs with their JSON texts, made when they are asked for. Every catalogue holds what is in the cart."""

    size: int

    @property
    def cart(self) -> Cart:
        """Three of each of fifty SKUs from all over the catalogue; the same goods in every one."""
        return Cart(tuple(CartLine(f"SKU-{at * self.size // LINES}", 3) for at in range(LINES)))

    def __getitem__(self, sku: str) -> str:
        number = int(sku.removeprefix("SKU-"))
        return variant_json(replace(GOODS[number * LINES // self.size], sku=sku))

    def __iter__(self) -> Iterator[str]:
        return (f"SKU-{number}" for number in range(self.size))

    def __len__(self) -> int:
        return self.size


@dataclass(frozen=True, slots=True)
class Grown:
    """A shop with a catalogue of some size, and a cart to be quoted in it."""

    build: Path
    store: SqliteStore
    cart: Cart

    def catalogue(self) -> FileCatalogue:
        """The catalogue of a function that has just started."""
        return FileCatalogue(self.build, clock=lambda: NOW)

    def quote(self, catalogue: Catalogue) -> Quote:
        """The cart's quote at the prices of the release in force."""
        return quote_cart(
            self.cart, release=catalogue.current(), store=self.store, now=NOW, destination=Destination("IE")
        )


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    with tempfile.TemporaryDirectory() as folder:
        shops = {size: grown(Path(folder) / str(size), size) for size in (QUICK if quick else SIZES)}
        warm = best({str(size): _warm(shop) for size, shop in shops.items()}, ROUNDS)
        cold = best({str(size): _cold(shop) for size, shop in shops.items()}, ROUNDS)
        for size in shops:
            name = f"quote of {LINES} lines with 20 promotions and {ZONES} zones, catalogue of {size:,} SKUs"
            yield f"warm {name}", _against(warm, size)
            yield f"cold {name}", _against(cold, size)


def grown(folder: Path, size: int) -> Grown:
    """A shop of so many SKUs, with full settings."""
    goods, store = Goods(size), SqliteStore(folder / "shop.db")
    shards = write_shards(folder / "build", Sold.of(goods))
    write_release(folder / "build", full_settings(), CHROME, shards.values(), {}, {})
    for start in range(0, size, AT_ONCE):
        store.declare_stock({f"SKU-{number}": STOCK for number in range(start, min(start + AT_ONCE, size))})
    return Grown(folder / "build", store, goods.cart)


def full_settings() -> Settings:
    """The settings of a shop with as many rules as an owner can keep in mind, and more."""
    home = SETTINGS.shipping.zones[0]
    zones = tuple(replace(home, name=f"Zone {number}", countries=(f"{number:02}",)) for number in range(ZONES - 1))
    return replace(SETTINGS, shipping=replace(SETTINGS.shipping, zones=(home, *zones)), promotions=tuple(rules()))


def _warm(shop: Grown) -> Callable[[], float]:
    catalogue = shop.catalogue()
    shop.quote(catalogue)
    return lambda: _seconds(lambda: shop.quote(catalogue))


def _cold(shop: Grown) -> Callable[[], float]:
    return lambda: _seconds(lambda: shop.quote(shop.catalogue()))


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _against(figures: Mapping[str, float], size: int) -> str:
    least = min(map(int, figures))
    return f"{figures[str(size)] * 1000:.2f} ms; {figures[str(size)] / figures[str(least)]:.2f} of {least} SKUs"
