"""How fast carts are quoted, checkouts made and payments settled, with orders and stock in either store."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin, running_standin
from functions.ports import SessionLinks, Store
from functions.service.carting import quote_cart
from functions.service.checkout import check_out
from functions.service.settlement import settle
from functions.service.stocking import declare
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination
from functions.shop.order import Order
from tests.bench.growth import full_settings
from tests.bench.rounds import workplace
from tests.emulator import aws_settings, new_table, open_dynamodb, running_emulator
from tests.living_shop import free_port, settings
from tests.shop.test_promotion_speed import GOODS
from tests.small_shop import POSTCARD, write_release

VARIANTS = tuple(replace(POSTCARD, sku=f"SKU-{number}", declared=100_000) for number in range(10_000))
NOW = 1_800_000_000
LINES = (1, 10, 50)
CHECKOUTS = 60
APART = 37  # how far apart in the catalogue the SKUs of a cart are
EMULATED = "DynamoDB, of which ministack is a slow likeness"


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    with tempfile.TemporaryDirectory() as folder, running_standin() as standin:
        build = Path(folder) / "build"
        write_release(build, VARIANTS, shards=64)
        app = App(settings("http://127.0.0.1:8000", standin.url, Path(folder), build))
        declare(every_variant(build), app.store)
        yield from _quoted(app, app.store, "")
        full = _median(_full(Path(folder), standin.url))
        yield "warm quote of 50 lines with 20 promotions and 40 zones", f"{full * 1000:.2f} ms of 10 allowed"
        yield from _sold(app, app.store, standin, "SQLite")
        place = workplace()
        with running_emulator(place, free_port()) as address, patch.dict(os.environ, aws_settings(address)):
            store = open_dynamodb(new_table())
            store.declare_stock({f"SKU-{number}": 100_000 for number in (1, 2, *range(0, APART * max(LINES), APART))})
            yield from _quoted(app, store, f", stock in {EMULATED}")
            yield from _sold(app, store, standin, EMULATED)


def _quoted(app: App, store: Store, where: str) -> Iterator[tuple[str, str]]:
    """Carts of several sizes, each quoted with the stock of this moment."""
    for lines in LINES:
        cart = Cart(tuple(CartLine(f"SKU-{number * APART}", 2) for number in range(lines)))
        yield f"warm quote of {lines} lines{where}", f"{_median(_quoting(app, store, cart)) * 1000:.2f} ms"


def _sold(app: App, store: Store, standin: Standin, where: str) -> Iterator[tuple[str, str]]:
    """Orders from the cart to the payment page; then, when all are paid at the stand-in, what its news brings about."""
    begun, orders = time.perf_counter(), [_checked_out(app, store, number) for number in range(CHECKOUTS)]
    made = CHECKOUTS / (time.perf_counter() - begun)
    for order in orders:
        standin.pay(order.session)
    begun, paid = time.perf_counter(), [_settled(app, store, order) for order in orders]
    settled = CHECKOUTS / (time.perf_counter() - begun)
    assert all(order.paid_like for order in paid)
    yield f"checkouts, one after the other, against the stand-in, in {where}", f"{made:.0f} a second"
    yield f"paid orders settled, one after the other, against the stand-in, in {where}", f"{settled:.0f} a second"


def _quoting(app: App, store: Store, cart: Cart) -> Callable[[], object]:
    return lambda: quote_cart(
        cart, release=app.catalogue.current(), store=store, now=NOW, destination=Destination("IE")
    )


def _full(folder: Path, stripe: str) -> Callable[[], object]:
    """A full cart in a shop with as many rules as an owner can keep in mind, and more."""
    build, sold = folder / "full", tuple(replace(one, declared=100_000) for one in GOODS)
    write_release(build, sold, full_settings())
    app = App(settings("http://127.0.0.1:8000", stripe, folder / "full-var", build))
    declare(every_variant(build), app.store)
    return _quoting(app, app.store, Cart(tuple(CartLine(one.sku, 3) for one in sold)))


def _median(act: Callable[[], object], rounds: int = 200) -> float:
    """Seconds that something takes once it is warm."""
    act()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _checked_out(app: App, store: Store, number: int) -> Order:
    """An order with its payment page. Its number names the store, for the stand-in knows an order by that."""
    release, address = app.catalogue.current(), "http://127.0.0.1:8000/order/x"
    cart = Cart((CartLine("SKU-1", 1), CartLine("SKU-2", 2)))
    return check_out(
        f"{type(store).__name__[:4].upper()}-{number:04d}-AAAA",
        quote_cart(cart, release=release, store=store, now=NOW, destination=Destination("IE")),
        release=release,
        store=store,
        payments=app.payments,
        clock=_clock,
        codes=app.codes,
        links=SessionLinks(paid=address, back=address),
    )


def _settled(app: App, store: Store, order: Order) -> Order:
    return settle(order.id, store=store, payments=app.payments, clock=_clock, codes=app.codes)


def _clock() -> int:
    return int(time.time())
