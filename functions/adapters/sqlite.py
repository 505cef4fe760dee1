"""Orders, stock and who waits for it, uses of promotions, and balances, in one SQLite file on one machine.

Safe for many threads and processes.
"""

import json
import sqlite3
import time
import weakref
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from functions.ports import MOST_AWAITED, Stock, Uses
from functions.shop.decision import ClaimChange, StockChange
from functions.shop.email import customer_key
from functions.shop.errors import Conflict, NotEnough, OutOfStock, StoreUnavailable, UsedUp
from functions.shop.ledger import Entry, EntryKind
from functions.shop.message import next_due
from functions.shop.order import Order, intended_refunds
from functions.shop.record import from_json, to_json

BUSY_SECONDS = 5.0  # how long a writer waits for another one
SWITCHES = 100  # attempts within that time to open a file that others are just opening
IDLE_CONNECTIONS = 4
_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  due_at INTEGER,
  has_intended_refunds INTEGER NOT NULL,
  session TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS stock (
  sku TEXT PRIMARY KEY,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  declared INTEGER NOT NULL,
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
CREATE INDEX IF NOT EXISTS overdue ON orders (expires_at) WHERE state IN ('pending', 'awaiting_payment');
CREATE INDEX IF NOT EXISTS due ON orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS refunding ON orders (created_at) WHERE has_intended_refunds = 1;
"""


class SqliteStore:
    """A Store in the file at `path`, which is made when it is not there; only its owner can read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        weakref.finalize(self, _close, self._idle)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with self._writing() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def close(self) -> None:
        """Let go of the file. The store can be used again."""
        _close(self._idle)

    def order(self, order_id: str) -> Order | None:
        """The order as last written."""
        with self._reading() as db:
            row = db.execute("SELECT record FROM orders WHERE id = ?", (order_id,)).fetchone()
        return from_json(Order, json.loads(row[0])) if row else None

    def save(
        self,
        order: Order,
        stock: Sequence[StockChange] = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
    ) -> None:
        """Write an order with its stock, uses and balances in one transaction, or raise and write nothing."""
        with self._writing() as db:
            _write_order(db, order)
            if order.paid_like and order.email:
                db.execute("INSERT OR IGNORE INTO customers VALUES (?)", (customer_key(order.email),))
            for change in stock:
                _move_stock(db, change)
            for claim in claims:
                _count_use(db, claim)
            for entry in entries:
                _enter(db, entry)

    def uses(self, promotions: Collection[str], customer: str = "") -> Mapping[str, Uses]:
        """How often these promotions are used, in paid orders and in open ones."""
        query = (
            "SELECT promotion, sum(used * (customer = '')), sum(used * (customer <> '')) FROM uses "
            "WHERE promotion IN (SELECT value FROM json_each(?)) AND customer IN ('', ?) GROUP BY promotion"
        )
        with self._reading() as db:
            rows = db.execute(query, (json.dumps(list(promotions)), customer)).fetchall()
        return {promotion: Uses(in_all, own) for promotion, in_all, own in rows}

    def is_customer(self, customer: str) -> bool:
        """Whether an order of this customer was ever paid."""
        with self._reading() as db:
            return db.execute("SELECT 1 FROM customers WHERE customer = ?", (customer,)).fetchone() is not None

    def balance(self, account: str) -> int | None:
        """What is left on an account; None when it never had anything."""
        with self._reading() as db:
            row = db.execute("SELECT amount FROM balances WHERE account = ?", (account,)).fetchone()
        return row[0] if row else None

    def entries(self, account: str) -> Sequence[Entry]:
        """All that has changed an account, the oldest first."""
        query = "SELECT key, account, amount, kind, order_id, at FROM entries WHERE account = ? ORDER BY place"
        with self._reading() as db:
            rows = db.execute(query, (account,)).fetchall()
        return [Entry(key, name, amount, EntryKind(kind), order, at) for key, name, amount, kind, order, at in rows]

    def stock(self, skus: Collection[str]) -> Mapping[str, Stock]:
        """The stock of these SKUs; those never counted are left out."""
        query = "SELECT sku, on_hand, reserved FROM stock WHERE sku IN (SELECT value FROM json_each(?))"
        with self._reading() as db:
            rows = db.execute(query, (json.dumps(list(skus)),)).fetchall()
        return {sku: Stock(on_hand, reserved) for sku, on_hand, reserved in rows}

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over the counts that differ from the ones last declared."""
        statement = (
            "INSERT INTO stock (sku, on_hand, reserved, declared) VALUES (:sku, :count, 0, :count) ON CONFLICT (sku) "
            "DO UPDATE SET on_hand = max(:count, reserved), declared = :count WHERE declared <> :count"
        )
        with self._writing() as db:
            db.executemany(statement, [{"sku": sku, "count": count} for sku, count in counts.items()])

    def ask_for_stock(self, sku: str, email: str, now: int) -> None:
        """Note that somebody waits for a SKU, in place of what they asked for first when it is one too many."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO waiting (sku, email, asked_at) VALUES (?, ?, ?)", (sku, email, now))
            db.execute(_GIVE_UP, (email, MOST_AWAITED))

    def waiting_for_stock(self, sku: str, limit: int = 100) -> Sequence[str]:
        """E-mail addresses that wait for a SKU, the ones that have waited longest first."""
        query = "SELECT email FROM waiting WHERE sku = ? ORDER BY place LIMIT ?"
        with self._reading() as db:
            return [row[0] for row in db.execute(query, (sku, limit))]

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits for a SKU no more, or for nothing."""
        with self._writing() as db:
            db.execute("DELETE FROM waiting WHERE email = :email AND :sku IN ('', sku)", {"email": email, "sku": sku})

    def open_orders_ending_before(self, moment: int, limit: int = 1000) -> Sequence[str]:
        """Ids of open orders whose payment page closes before that moment or has closed, the oldest first."""
        condition = "state IN ('pending', 'awaiting_payment') AND expires_at <= :now ORDER BY expires_at, id"
        return self._ids(condition, moment, limit)

    def orders_with_due_messages(self, now: int, limit: int = 100) -> Sequence[str]:
        """Ids of orders with a message that should be sent now, the oldest first."""
        return self._ids("due_at IS NOT NULL AND due_at <= :now ORDER BY due_at, id", now, limit)

    def orders_with_intended_refunds(self, limit: int = 100) -> Sequence[str]:
        """Ids of orders with a refund that is written down and not yet made, the oldest first."""
        return self._ids("has_intended_refunds = 1 ORDER BY created_at, id", 0, limit)

    def _ids(self, condition: str, now: int, limit: int) -> Sequence[str]:
        query = f"SELECT id FROM orders WHERE {condition} LIMIT :limit"  # noqa: S608 — the conditions stand above
        with self._reading() as db:
            return [row[0] for row in db.execute(query, {"now": now, "limit": limit})]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile. One that failed is not used again."""
        db = self._idle.pop() if self._idle else self._connect()
        try:
            yield db
        except sqlite3.OperationalError as error:
            db.close()
            raise StoreUnavailable(f"The database {self._path.name} does not answer: {error}") from error
        except BaseException:
            db.close()
            raise
        if len(self._idle) < IDLE_CONNECTIONS:
            self._idle.append(db)
        else:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that has the file to itself from its start, so that what it reads stays true."""
        with self._reading() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self._switch(db)
        db.execute("PRAGMA synchronous = FULL")  # an order that was answered for survives a power cut
        return db

    def _switch(self, db: sqlite3.Connection) -> None:
        """Let readers and a writer work side by side. At this one step SQLite does not wait for others, so we do."""
        for _ in range(SWITCHES):
            with suppress(sqlite3.OperationalError):
                db.execute("PRAGMA journal_mode = WAL")
                return
            time.sleep(BUSY_SECONDS / SWITCHES)
        db.close()
        raise StoreUnavailable(f"The database {self._path.name} is in use by others and cannot be opened.")


def _write_order(db: sqlite3.Connection, order: Order) -> None:
    """Insert version 1, or replace the version just before this one."""
    statement = _INSERT if order.version == 1 else _UPDATE
    try:
        written = db.execute(statement, _row(order)).rowcount
    except sqlite3.IntegrityError as error:
        raise Conflict(f"Order {order.id} or its payment session is already written.") from error
    if written != 1:
        raise Conflict(f"Order {order.id} is not at version {order.version - 1}.")


_GIVE_UP = (
    "DELETE FROM waiting WHERE place IN "
    "(SELECT place FROM waiting WHERE email = ? ORDER BY place DESC LIMIT -1 OFFSET ?)"
)
_COLUMNS = ("version", "state", "created_at", "expires_at", "due_at", "has_intended_refunds", "session", "record")
_INSERT = f"INSERT INTO orders (id, {', '.join(_COLUMNS)}) VALUES (:id, {', '.join(f':{name}' for name in _COLUMNS)})"  # noqa: S608
_UPDATE = (
    f"UPDATE orders SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)} "  # noqa: S608
    "WHERE id = :id AND version = :version - 1"
)


def _row(order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "version": order.version,
        "state": order.state.value,
        "created_at": order.created_at,
        "expires_at": order.expires_at,
        "due_at": next_due(order.messages),
        "has_intended_refunds": int(bool(intended_refunds(order))),
        "session": order.session,
        "record": json.dumps(to_json(order), separators=(",", ":")),
    }


def _move_stock(db: sqlite3.Connection, change: StockChange) -> None:
    statement = "UPDATE stock SET on_hand = on_hand + ?, reserved = reserved + ? WHERE sku = ?"
    try:
        moved = db.execute(statement, (change.on_hand, change.reserved, change.sku)).rowcount
    except sqlite3.IntegrityError as error:
        raise OutOfStock(change.sku) from error
    if moved != 1:
        raise OutOfStock(change.sku)


def _count_use(db: sqlite3.Connection, change: ClaimChange) -> None:
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


def _enter(db: sqlite3.Connection, entry: Entry) -> None:
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


def _close(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
