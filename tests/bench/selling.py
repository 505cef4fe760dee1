"""How fast carts are quoted and checkouts are made."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import running_standin
from functions.ports import SessionLinks
from functions.service.carting import quote_cart
from functions.service.checkout import check_out
from functions.service.stocking import declare
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination
from tests.bench.growth import full_settings
from tests.living_shop import settings
from tests.shop.test_promotion_speed import GOODS
from tests.small_shop import POSTCARD, write_release

VARIANTS = tuple(replace(POSTCARD, sku=f"SKU-{number}", declared=100_000) for number in range(10_000))
NOW = 1_800_000_000
LINES = (1, 10, 50)
CHECKOUTS = 60


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    with tempfile.TemporaryDirectory() as folder, running_standin() as standin:
        build = Path(folder) / "build"
        write_release(build, VARIANTS, shards=64)
        app = App(settings("http://127.0.0.1:8000", standin.url, Path(folder), build))
        declare(every_variant(build), app.store)
        for lines in LINES:
            cart = Cart(tuple(CartLine(f"SKU-{number * 37}", 2) for number in range(lines)))
            yield f"warm quote of {lines} lines", f"{_median(_quoting(app, cart)) * 1000:.2f} ms"
        full = _median(_full(Path(folder), standin.url))
        yield "warm quote of 50 lines with 20 promotions and 40 zones", f"{full * 1000:.2f} ms of 10 allowed"
        yield "checkouts, one after the other, against the stand-in", f"{_checkouts(app):.0f} a second"


def _quoting(app: App, cart: Cart) -> Callable[[], object]:
    return lambda: quote_cart(
        cart, release=app.catalogue.current(), store=app.store, now=NOW, destination=Destination("IE")
    )


def _full(folder: Path, stripe: str) -> Callable[[], object]:
    """A full cart in a shop with as many rules as an owner can keep in mind, and more."""
    build, sold = folder / "full", tuple(replace(one, declared=100_000) for one in GOODS)
    write_release(build, sold, full_settings())
    app = App(settings("http://127.0.0.1:8000", stripe, folder / "full-var", build))
    declare(every_variant(build), app.store)
    return _quoting(app, Cart(tuple(CartLine(one.sku, 3) for one in sold)))


def _median(act: Callable[[], object], rounds: int = 200) -> float:
    """Seconds that something takes once it is warm."""
    act()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _checkouts(app: App) -> float:
    links = SessionLinks(paid="http://127.0.0.1:8000/order/x", back="http://127.0.0.1:8000/order/x")
    release = app.catalogue.current()
    cart = Cart((CartLine("SKU-1", 1), CartLine("SKU-2", 2)))
    started = time.perf_counter()
    for number in range(CHECKOUTS):
        quote = quote_cart(cart, release=release, store=app.store, now=NOW, destination=Destination("IE"))
        check_out(
            f"BENC-{number:04d}-AAAA",
            quote,
            release=release,
            store=app.store,
            payments=app.payments,
            clock=lambda: int(time.time()),
            codes=app.codes,
            links=links,
        )
    return CHECKOUTS / (time.perf_counter() - started)
