"""Balances and the entries that they are the sums of."""

import time
from collections.abc import Collection

from functions.adapters.dynamodb.action import IS_NEW, Action, AlreadyDone, put, update
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.sums import Sum, sums
from functions.adapters.dynamodb.wire import key, place, short
from functions.shop.errors import NotEnough
from functions.shop.ledger import Entry, EntryKind


def balance(table: Table, account: str) -> int | None:
    """What is left on an account; None when it never had anything."""
    item = table.get(key("account", account, "balance"))
    return item["amount"] if item else None


def history(table: Table, account: str) -> list[Entry]:
    """All that has changed an account, the oldest first."""
    return [
        Entry(item["key"], item["account"], item["amount"], EntryKind(item["kind"]), item["order"], item["at"])
        for item in table.listed(f"account#{short(account)}")
    ]


def actions(entries: Collection[Entry]) -> list[Action]:
    """What writes entries with different keys, and moves their balances, which never go below 0 (R14).

    An entry that is written already is told as AlreadyDone.
    """
    now = time.time_ns()
    changes = sums((entry.account, entry.amount) for entry in entries)
    balances = [_move(account, change) for account, change in changes.items()]
    return [*(_entry(entry, now + number) for number, entry in enumerate(entries)), *balances]


def _entry(entry: Entry, moment: int) -> Action:
    item = key("entry", entry.key) | {
        "key": entry.key,
        "account": entry.account,
        "amount": entry.amount,
        "kind": entry.kind.value,
        "order": entry.order,
        "at": entry.at,
        "list": f"account#{short(entry.account)}",
        "place": place(moment, entry.key),
    }
    return put(item, AlreadyDone(entry.key), condition=IS_NEW)


def _move(account: str, change: Sum) -> Action:
    where, move = key("account", account, "balance"), "ADD #amount :by"
    if change.least == 0:
        return update(where, move, by=change.total)
    return update(where, move, NotEnough(account), condition="#amount >= :least", by=change.total, least=-change.least)
