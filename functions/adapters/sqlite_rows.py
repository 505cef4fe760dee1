"""What one write of an order changes in a shop's SQLite file, statement by statement, within its transaction."""

import json
import sqlite3

from functions.shop.decision import ClaimChange, Number, StockChange
from functions.shop.errors import Conflict, NotEnough, OutOfStock, UsedUp
from functions.shop.ledger import Entry
from functions.shop.listing import NOTICES, SENT_NOTICES, SENT_STATEMENTS, listings, notice_listing
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.record import to_json


def write_order(db: sqlite3.Connection, order: Order) -> None:
    """Insert version 1, or replace the version just before this one. Raises Conflict."""
    row = {
        "id": order.id,
        "version": order.version,
        "session": order.session,
        "record": json.dumps(to_json(order), separators=(",", ":")),
    }
    try:
        written = db.execute(_INSERT if order.version == 1 else _UPDATE, row).rowcount
    except sqlite3.IntegrityError as error:
        raise Conflict(f"Order {order.id} or its payment session is already written.") from error
    if written != 1:
        raise Conflict(f"Order {order.id} is not at version {order.version - 1}.")


def write_listings(db: sqlite3.Connection, order: Order) -> None:
    """The order's places in lists, instead of those it had."""
    now = {(listing.list, listing.key) for listing in listings(order)}
    had = set(db.execute("SELECT list, key FROM listings WHERE id = ?", (order.id,)))
    gone, new = [(*place, order.id) for place in had - now], [(*place, order.id) for place in now - had]
    db.executemany("DELETE FROM listings WHERE list = ? AND key = ? AND id = ?", gone)
    db.executemany("INSERT INTO listings VALUES (?, ?, ?)", new)


def write_notice(db: sqlite3.Connection, notice: Notice) -> None:
    """Insert version 1 of a notice, or replace the version just before this one, with its place in a list."""
    row = {
        "id": notice.id,
        "version": notice.version,
        "record": json.dumps(to_json(notice), separators=(",", ":")),
    }
    insert = "INSERT OR IGNORE INTO notices VALUES (:id, :version, :record)"
    update = "UPDATE notices SET version = :version, record = :record WHERE id = :id AND version = :version - 1"
    if db.execute(insert if notice.version == 1 else update, row).rowcount != 1:
        raise Conflict(f"Notice {notice.id} is not at version {notice.version - 1}.")
    list_notice(db, notice)


def list_notice(db: sqlite3.Connection, notice: Notice) -> None:
    """A notice's place in its list, instead of the one it had."""
    _unlist_notice(db, notice.id)
    place = notice_listing(notice)
    db.execute("INSERT INTO listings VALUES (?, ?, ?)", (place.list, place.key, notice.id))


def delete_notice(db: sqlite3.Connection, notice_id: str) -> None:
    """Without a notice."""
    db.execute("DELETE FROM notices WHERE id = ?", (notice_id,))
    _unlist_notice(db, notice_id)


def _unlist_notice(db: sqlite3.Connection, notice_id: str) -> None:
    lists = [(name, notice_id) for name in (NOTICES, SENT_NOTICES, SENT_STATEMENTS)]
    db.executemany("DELETE FROM listings WHERE list = ? AND id = ?", lists)


def take_number(db: sqlite3.Connection, number: Number) -> None:
    """Take the next number of a series. Raises Conflict when it is not the next."""
    db.execute("INSERT OR IGNORE INTO numbers VALUES (?, 0)", (number.series,))
    statement = "UPDATE numbers SET last = :value WHERE series = :series AND last = :value - 1"
    if db.execute(statement, {"series": number.series, "value": number.value}).rowcount != 1:
        raise Conflict(f"{number.value} is not the next {number.series} number.")


_INSERT = "INSERT INTO orders (id, version, session, record) VALUES (:id, :version, :session, :record)"
_UPDATE = (
    "UPDATE orders SET version = :version, session = :session, record = :record "
    "WHERE id = :id AND version = :version - 1"
)


def move_stock(db: sqlite3.Connection, change: StockChange) -> None:
    """Move one SKU's pieces. Raises OutOfStock (R9)."""
    statement = (
        "UPDATE stock SET on_hand = on_hand + :pieces, reserved = reserved + :reserved, sold = sold - :pieces "
        "WHERE sku = :sku"
    )
    change_stock(db, change.sku, statement, change.on_hand, change.reserved)


def change_stock(db: sqlite3.Connection, sku: str, statement: str, pieces: int, reserved: int = 0) -> None:
    """Change one SKU's row by a statement. Raises OutOfStock when there is none, or the rule would be broken (R9)."""
    try:
        changed = db.execute(statement, {"sku": sku, "pieces": pieces, "reserved": reserved}).rowcount
    except sqlite3.IntegrityError as error:
        raise OutOfStock(sku) from error
    if changed != 1:
        raise OutOfStock(sku)


def count_use(db: sqlite3.Connection, change: ClaimChange) -> None:
    """Count a use among all, and among the customer's own where the claim names one."""
    claim = change.claim
    _count(db, change, "", claim.uses)
    if claim.customer:
        _count(db, change, claim.customer, claim.uses_per_customer)


def _count(db: sqlite3.Connection, change: ClaimChange, customer: str, limit: int | None) -> None:
    row = {"promotion": change.claim.promotion, "customer": customer, "by": change.by, "limit": limit}
    db.execute("INSERT OR IGNORE INTO uses VALUES (:promotion, :customer, 0)", row)
    counted = db.execute(_COUNT, row).rowcount
    if counted != 1:
        raise UsedUp(change.claim.promotion)


# A limit holds for what is added only: an owner who lowers one must not keep what was used from coming back.
_COUNT = (
    "UPDATE uses SET used = max(0, used + :by) WHERE promotion = :promotion AND customer = :customer "
    "AND (:by <= 0 OR :limit IS NULL OR used + :by <= :limit)"
)


def enter(db: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry that is not written yet, and move its balance."""
    row = {
        "key": entry.key,
        "account": entry.account,
        "amount": entry.amount,
        "kind": entry.kind.value,
        "order": entry.order,
        "at": entry.at,
    }
    if db.execute(_ENTER, row).rowcount != 1:
        return
    try:
        db.execute("INSERT OR IGNORE INTO balances VALUES (:account, 0)", row)
        db.execute("UPDATE balances SET amount = amount + :amount WHERE account = :account", row)
    except sqlite3.IntegrityError as error:
        raise NotEnough(entry.account) from error


_ENTER = (
    "INSERT OR IGNORE INTO entries (key, account, amount, kind, order_id, at) "
    "VALUES (:key, :account, :amount, :kind, :order, :at)"
)
