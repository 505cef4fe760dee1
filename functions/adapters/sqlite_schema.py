"""The tables of a shop's SQLite file, and how a file of an earlier version is brought up to date."""

import json
import sqlite3
from collections import Counter

from functions.adapters.sqlite_rows import list_notice, write_listings
from functions.shop.decision import gone
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.record import from_json

VERSION, SOLD_COUNTED = 3, 2
_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  session TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS listings (
  list TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (list, key, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbers (series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notices (id TEXT PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tries (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS silenced (customer TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stock (
  sku TEXT PRIMARY KEY,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  declared INTEGER NOT NULL,
  sold INTEGER NOT NULL DEFAULT 0,
  CHECK (0 <= reserved AND reserved <= on_hand)
);
CREATE TABLE IF NOT EXISTS waiting (
  place INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  email TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  UNIQUE (email, sku)
);
CREATE TABLE IF NOT EXISTS uses (
  promotion TEXT NOT NULL,
  customer TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (promotion, customer)
);
CREATE TABLE IF NOT EXISTS balances (
  account TEXT PRIMARY KEY,
  amount INTEGER NOT NULL CHECK (0 <= amount)
);
CREATE TABLE IF NOT EXISTS entries (
  place INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  amount INTEGER NOT NULL,
  kind TEXT NOT NULL,
  order_id TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS customers (customer TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS history ON entries (account, place);
CREATE INDEX IF NOT EXISTS awaited ON waiting (sku, place);
CREATE UNIQUE INDEX IF NOT EXISTS one_order_a_session ON orders (session) WHERE session <> '';
CREATE INDEX IF NOT EXISTS listed ON listings (id);
CREATE INDEX IF NOT EXISTS ending ON tries (until);
"""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an earlier version up to date. Raises nothing for a file of a later one."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version >= VERSION:
        return
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if version == 0 and "orders" in tables:
        db.execute("ALTER TABLE orders RENAME TO orders_0")
        db.execute("DROP INDEX one_order_a_session")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    if version == 0 and "orders" in tables:
        _take_over(db)
    if "stock" in tables and version < SOLD_COUNTED:
        _count_sold(db)
    for (record,) in db.execute("SELECT record FROM notices").fetchall():
        list_notice(db, from_json(Notice, json.loads(record)))  # until version 3 those that were sent were in no list
    db.execute(f"PRAGMA user_version = {VERSION}")


def _take_over(db: sqlite3.Connection) -> None:
    """Orders of a file in which lists were columns."""
    db.execute("INSERT INTO orders SELECT id, version, session, record FROM orders_0")
    for (record,) in db.execute("SELECT record FROM orders_0").fetchall():
        write_listings(db, from_json(Order, json.loads(record)))
    db.execute("DROP TABLE orders_0")


def _count_sold(db: sqlite3.Connection) -> None:
    """A file in which nobody counted what orders have taken: its orders know."""
    db.execute("ALTER TABLE stock ADD COLUMN sold INTEGER NOT NULL DEFAULT 0")
    sold: Counter[str] = Counter()
    for (record,) in db.execute("SELECT record FROM orders").fetchall():
        sold.update(gone(from_json(Order, json.loads(record))))
    db.executemany("UPDATE stock SET sold = ? WHERE sku = ?", [(pieces, sku) for sku, pieces in sold.items()])
