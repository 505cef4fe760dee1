"""Orders, stock and who waits for it, uses of promotions, and balances, in one SQLite file on one machine.

Safe for many threads and processes.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from functions.adapters.cursor import from_cursor, to_cursor
from functions.adapters.sqlite_file import SqliteFile
from functions.adapters.sqlite_rows import (
    change_stock,
    count_use,
    delete_notice,
    enter,
    move_stock,
    take_number,
    write_listings,
    write_notice,
    write_order,
)
from functions.adapters.sqlite_schema import prepare
from functions.ports import MOST_AWAITED, Page, Stock, Uses
from functions.shop.decision import ClaimChange, Number, StockChange
from functions.shop.email import customer_key
from functions.shop.ledger import Entry, EntryKind
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.record import from_json


class SqliteStore(SqliteFile):
    """A Store in the file at `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, prepare)

    def order(self, order_id: str) -> Order | None:
        """The order as last written."""
        with self._reading() as db:
            row = db.execute("SELECT record FROM orders WHERE id = ?", (order_id,)).fetchone()
        return _order(row[0]) if row else None

    def orders(self, order_ids: Collection[str]) -> Mapping[str, Order]:
        """The orders with these ids as last written, by id; those that are not there are left out."""
        with self._reading() as db:
            query = "SELECT id, record FROM orders WHERE id IN (SELECT value FROM json_each(?))"
            return {order_id: _order(record) for order_id, record in db.execute(query, (json.dumps([*order_ids]),))}

    def save(
        self,
        order: Order,
        stock: Sequence[StockChange] = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
        numbers: Sequence[Number] = (),
    ) -> None:
        """Write an order with its lists, stock, uses, balances and numbers in one transaction, or raise and write
        nothing.
        """
        with self._writing() as db:
            write_order(db, order)
            write_listings(db, order)
            if order.paid_like and order.email:
                db.execute("INSERT OR IGNORE INTO customers VALUES (?)", (customer_key(order.email),))
            for change in stock:
                move_stock(db, change)
            for claim in claims:
                count_use(db, claim)
            for entry in entries:
                enter(db, entry)
            for number in numbers:
                take_number(db, number)

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
        query = "SELECT sku, on_hand, reserved, sold FROM stock WHERE sku IN (SELECT value FROM json_each(?))"
        with self._reading() as db:
            rows = db.execute(query, (json.dumps(list(skus)),)).fetchall()
        return {sku: Stock(on_hand, reserved, sold) for sku, on_hand, reserved, sold in rows}

    def counted(self, cursor: str = "", limit: int = 1000) -> Page:
        """SKUs that have stock, in their order."""
        after = from_cursor(cursor, 1)[0] if cursor else ""
        with self._reading() as db:
            rows = db.execute("SELECT sku FROM stock WHERE sku > ? ORDER BY sku LIMIT ?", (after, limit + 1)).fetchall()
        skus = tuple(row[0] for row in rows[:limit])
        return Page(skus, to_cursor(skus[-1]) if len(rows) > limit else "")

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over the counts that differ from the ones last declared."""
        statement = (
            "INSERT INTO stock (sku, on_hand, reserved, declared) VALUES (:sku, :count, 0, :count) ON CONFLICT (sku) "
            "DO UPDATE SET on_hand = max(:count, reserved), declared = :count WHERE declared <> :count"
        )
        with self._writing() as db:
            db.executemany(statement, [{"sku": sku, "count": count} for sku, count in counts.items()])

    def set_stock(self, sku: str, on_hand: int) -> None:
        """So many pieces are on hand, as somebody has just counted."""
        with self._writing() as db:
            change_stock(db, sku, "UPDATE stock SET on_hand = :pieces WHERE sku = :sku", on_hand)

    def add_stock(self, sku: str, by: int) -> None:
        """So many pieces more on hand, or fewer."""
        with self._writing() as db:
            change_stock(db, sku, "UPDATE stock SET on_hand = on_hand + :pieces WHERE sku = :sku", by)

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

    def awaited(self, limit: int = 100) -> Sequence[str]:
        """SKUs that somebody waits for, the ones that have been waited for longest first."""
        query = "SELECT sku FROM waiting GROUP BY sku ORDER BY min(place) LIMIT ?"
        with self._reading() as db:
            return [row[0] for row in db.execute(query, (limit,))]

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits for a SKU no more, or for nothing."""
        with self._writing() as db:
            db.execute("DELETE FROM waiting WHERE email = :email AND :sku IN ('', sku)", {"email": email, "sku": sku})

    def forget_waiting_since(self, moment: int) -> None:
        """Forget whoever asked for stock before that moment and waits still."""
        with self._writing() as db:
            db.execute("DELETE FROM waiting WHERE asked_at < ?", (moment,))

    def listed(
        self, name: str, *, until: str = "", newest_first: bool = False, cursor: str = "", limit: int = 100
    ) -> Page:
        """Ids in a list, in the order of their keys or the other way round."""
        query = _BACKWARDS if newest_first else _FORWARDS
        edge = from_cursor(cursor, 2) if cursor else (_LAST, "") if newest_first else ("", "")
        if newest_first and until:
            edge = min(edge, (until, _LAST))
        row = {"list": name, "until": until or _LAST, "key": edge[0], "id": edge[1], "limit": limit + 1}
        with self._reading() as db:
            found = db.execute(query, row).fetchall()
        last = to_cursor(*found[limit - 1]) if len(found) > limit else ""
        return Page(tuple(order_id for _, order_id in found[:limit]), last)

    def last_number(self, series: str) -> int:
        """The number of a series that was taken last; 0 before the first."""
        with self._reading() as db:
            row = db.execute("SELECT last FROM numbers WHERE series = ?", (series,)).fetchone()
        return row[0] if row else 0

    def notice(self, notice_id: str) -> Notice | None:
        """The notice as last written."""
        with self._reading() as db:
            row = db.execute("SELECT record FROM notices WHERE id = ?", (notice_id,)).fetchone()
        return from_json(Notice, json.loads(row[0])) if row else None

    def save_notice(self, notice: Notice) -> None:
        """Write the next version of a notice."""
        with self._writing() as db:
            write_notice(db, notice)

    def forget_notice(self, notice_id: str) -> None:
        """Forget a notice."""
        with self._writing() as db:
            delete_notice(db, notice_id)

    def hit(self, key: str, until: int, now: int) -> int:
        """Count one more try of something, and say how many there were until its count is forgotten."""
        statement = (
            "INSERT INTO tries VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count"
        )
        with self._writing() as db:
            db.execute("DELETE FROM tries WHERE until <= ?", (now,))
            count: int = db.execute(statement, (key, until)).fetchone()[0]
        return count

    def silence(self, customer: str) -> None:
        """Note that a customer wants no mails but those about their orders."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO silenced VALUES (?)", (customer,))

    def is_silenced(self, customer: str) -> bool:
        """Whether they said so."""
        with self._reading() as db:
            return db.execute("SELECT 1 FROM silenced WHERE customer = ?", (customer,)).fetchone() is not None

    def forget_customer(self, customer: str) -> None:
        """Forget that this customer ever bought, and which promotions they used."""
        with self._writing() as db:
            db.execute("DELETE FROM customers WHERE customer = ?", (customer,))
            db.execute("DELETE FROM uses WHERE customer = ? AND customer <> ''", (customer,))


_GIVE_UP = (
    "DELETE FROM waiting WHERE place IN "
    "(SELECT place FROM waiting WHERE email = ? ORDER BY place DESC LIMIT -1 OFFSET ?)"
)
_LAST = "\U0010ffff"  # no text comes after it
# With bounds and nothing else, so that SQLite goes to the page at once, wherever it is in the list.
_FORWARDS = (
    "SELECT key, id FROM listings WHERE list = :list AND (key, id) > (:key, :id) AND key <= :until "
    "ORDER BY key, id LIMIT :limit"
)
_BACKWARDS = (
    "SELECT key, id FROM listings WHERE list = :list AND (key, id) < (:key, :id) "
    "ORDER BY key DESC, id DESC LIMIT :limit"
)


def _order(record: str) -> Order:
    return from_json(Order, json.loads(record))
