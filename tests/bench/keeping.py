"""How fast orders are kept and read, and whether a list of a million of them is read as fast as one of a thousand."""

import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from functions.adapters.sqlite import SqliteStore
from functions.ports import Store
from functions.shop.decision import Decision
from functions.shop.listing import List
from functions.shop.placing import place
from functions.shop.settling import decide
from tests.bench.rounds import best, workplace
from tests.emulator import aws_settings, new_table, open_dynamodb, running_emulator
from tests.living_shop import free_port
from tests.shop.sample import NOW, cart, facts, quote

SHORT, LONG, LONG_IF_QUICK = 1_000, 1_000_000, 100_000
PAGE, READINGS, ROUNDS = 50, 200, 5


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
    yield f"orders kept in {where}", f"{placed} placed, {paid} settled, {read} read a second"


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
    for what, cursors in (("the first page", {"short": "", "long": ""}), ("a page in its middle", half)):
        found = best({name: partial(_page, store, cursors[name]) for name, store in stores.items()}, ROUNDS)
        figure = f"{found['long'] * 1000:.2f} ms; {found['long'] / found['short']:.2f} of that of {SHORT:,} (goal 1)"
        yield f"a list of {length:,} orders in SQLite, {what}", figure


def _page(store: Store, cursor: str) -> float:
    """Seconds for a page in the median."""
    times = []
    for _ in range(READINGS):
        started = time.perf_counter()
        store.listed(List.ALL, newest_first=True, cursor=cursor, limit=PAGE)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _full(path: Path, orders: int) -> SqliteStore:
    """A store with so many orders in the list of all, by statements of SQLite: a million saves would take an hour."""
    store = SqliteStore(path)
    statement = (
        "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < :orders - 1) "
        "INSERT INTO listings SELECT :list, printf('%012d', :now + n), printf('BENC-%07d-AAAA', n) FROM number"
    )
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement, {"orders": orders, "list": List.ALL, "now": NOW})
        db.commit()
    return store
