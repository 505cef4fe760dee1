"""How fast orders are kept and read, and whether a list of a million of them is read as fast as one of a thousand."""

import json
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from functions.adapters.sqlite import SqliteStore
from functions.ports import Store
from functions.service.finding import orders_in
from functions.shop.decision import Decision
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.placing import place
from functions.shop.record import to_json
from functions.shop.settling import decide
from tests.bench.rounds import best, workplace
from tests.emulator import aws_settings, new_table, open_dynamodb, running_emulator
from tests.living_shop import free_port
from tests.shop.sample import NOW, cart, facts, quote

SHORT, LONG, LONG_IF_QUICK = 1_000, 1_000_000, 100_000
_NUMBERS = "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < :orders - 1) "
_LISTED = "INSERT INTO listings SELECT :list, printf('%012d', :now + n), printf(:named, n) FROM number"
_KEPT = """
INSERT INTO orders SELECT printf(:named, n), 2, printf('cs_%d', n),
  replace(replace(:record, 'BENC-NUMBER-AAAA', printf(:named, n)), '"cs_0"', printf('"cs_%d"', n))
FROM number
"""
PAGE, READINGS, ROUNDS = 25, 40, 5  # as many as `pouch orders` shows


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    folder = workplace()
    yield from _kept(SqliteStore(folder / "shop.db"), "SQLite", 50 if quick else 500)
    with running_emulator(folder, free_port()) as address, patch.dict(os.environ, aws_settings(address)):
        yield from _kept(open_dynamodb(new_table()), "DynamoDB, of which ministack is a slow likeness", 50)
    yield from _listed(folder, LONG_IF_QUICK if quick else LONG)


def _kept(store: Store, where: str, number: int) -> Iterator[tuple[str, str]]:
    """Orders of two things, each by one who waits for the one before: placed, paid, read."""
    store.declare_stock({"CARD": 2 * number, "PRINT-A4": number})
    bought = quote(cart(CARD=2, PRINT_A4=1))
    orders = [place(f"BENC-{at:04d}-AAAA", bought, "release-1", NOW) for at in range(number)]
    settled = [_settled(one, at) for at, one in enumerate(orders)]
    figures = (
        _rate(lambda at: _save(store, orders[at]), number),
        _rate(lambda at: _save(store, settled[at]), number),
        _rate(lambda at: store.order(orders[at].order.id), number),
    )
    placed, paid, read = (f"{figure:,.0f}" for figure in figures)
    yield f"orders kept in {where}", f"{placed} placed, {paid} written as paid, {read} read a second"


def _settled(placed: Decision, number: int) -> Decision:
    order = placed.order
    told = facts(order.id, session=f"cs_{number}", payment=f"pi_{number}")
    paid = decide(order, told, NOW, invoice=number + 1)
    return replace(paid, order=replace(paid.order, version=2))


def _save(store: Store, decision: Decision) -> None:
    store.save(decision.order, decision.stock, numbers=decision.numbers)


def _rate(act: Callable[[int], object], number: int) -> float:
    started = time.perf_counter()
    for at in range(number):
        act(at)
    return number / (time.perf_counter() - started)


def _listed(folder: Path, length: int) -> Iterator[tuple[str, str]]:
    stores = {"short": _full(folder / "short.db", SHORT), "long": _full(folder / "long.db", length)}
    half = {
        "short": stores["short"].listed(List.ALL, limit=SHORT // 2).cursor,
        "long": stores["long"].listed(List.ALL, limit=length // 2).cursor,
    }
    pages = (
        ("the first page as `pouch orders` reads it", dict.fromkeys(stores, _first_page)),
        ("a page in its middle, with its orders", {name: partial(_later_page, half[name]) for name in stores}),
    )
    for what, reads in pages:
        found = best({name: partial(_seconds, partial(reads[name], store)) for name, store in stores.items()}, ROUNDS)
        figure = f"{found['long'] * 1000:.2f} ms; {found['long'] / found['short']:.2f} of that of {SHORT:,} (goal 1)"
        yield f"a list of {length:,} orders in SQLite, {what}", figure


def _first_page(store: Store) -> list[Order]:
    return list(islice(orders_in(List.ALL, store, newest_first=True), PAGE + 1))


def _later_page(cursor: str, store: Store) -> list[Order]:
    page = store.listed(List.ALL, newest_first=True, cursor=cursor, limit=PAGE)
    return list(store.orders(page.ids).values())


def _seconds(read: Callable[[], list[Order]]) -> float:
    """Seconds for a page in the median."""
    assert len(read()) >= PAGE
    times = []
    for _ in range(READINGS):
        started = time.perf_counter()
        read()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _full(path: Path, orders: int) -> SqliteStore:
    """A store with so many orders, paid for and in the list of all, by statements of SQLite: a million saves would take
    an hour. All are alike but for their numbers and sessions; a million take some four gigabytes.
    """
    store = SqliteStore(path)
    one = place("BENC-NUMBER-AAAA", quote(cart(CARD=2, PRINT_A4=1)), "release-1", NOW)
    record = json.dumps(to_json(_settled(one, 0).order), separators=(",", ":"))
    said = {"orders": orders, "named": "BENC-%07d-AAAA", "list": List.ALL, "now": NOW, "record": record}
    with closing(sqlite3.connect(path)) as db:
        for statement in (_LISTED, _KEPT):
            db.execute(_NUMBERS + statement, said)
        db.commit()
    return store
