"""Who waits for which SKU: by SKU in the order of asking, and by address, so that an address can be forgotten."""

import time
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from functions.adapters.dynamodb.action import IS_NEW, Action, AlreadyDone, delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key, place
from functions.ports import MOST_AWAITED

AWAITED = "awaited"  # in the index: all places, whatever SKU they are for
TOGETHER = 50  # places that are given up in one transaction, for each is two items


def ask(table: Table, sku: str, email: str, now: int) -> None:
    """Note that somebody waits for a SKU, in place of what they asked for first when it is one too many."""
    spot = place(time.time_ns(), email)
    mine = key("waiter", email, sku) | {"sku": sku, "email": email, "place": spot, "asked_at": now}
    theirs = key("waiting", sku, spot) | {"email": email, "sku": sku, "list": AWAITED, "place": spot, "asked_at": now}
    try:
        table.write([put(mine, AlreadyDone(sku), condition=IS_NEW), put(theirs)])
    except AlreadyDone:
        return
    _give_up(table, _latest_first(table, email)[MOST_AWAITED:])


def waiting(table: Table, sku: str, limit: int) -> list[str]:
    """E-mail addresses that wait for a SKU, the ones that have waited longest first."""
    return [item["email"] for item in table.under(key("waiting", sku)["pk"], limit=limit)]


def awaited(table: Table, limit: int) -> list[str]:
    """SKUs that somebody waits for, the ones that have been waited for longest first."""
    skus: dict[str, None] = {}
    for item in table.listed(AWAITED):
        skus[item["sku"]] = None
        if len(skus) == limit:
            break
    return list(skus)


def forget(table: Table, email: str, sku: str) -> None:
    """Note that an address waits for a SKU no more, or for nothing."""
    _give_up(table, [item for item in _latest_first(table, email) if sku in {"", item["sku"]}])


def forget_since(table: Table, moment: int) -> None:
    """Forget whoever asked before a moment and waits still: those stand first in the index."""
    _give_up(table, list(takewhile(lambda item: item["asked_at"] < moment, table.listed(AWAITED))))


def _latest_first(table: Table, email: str) -> list[dict[str, Any]]:
    items = table.under(key("waiter", email)["pk"])
    return sorted(items, key=lambda item: item["place"], reverse=True)


def _give_up(table: Table, places: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(places), TOGETHER):
        table.write([half for item in places[start : start + TOGETHER] for half in _both(item)])


def _both(item: dict[str, Any]) -> list[Action]:
    sku, email = item["sku"], item["email"]
    return [delete(key("waiter", email, sku)), delete(key("waiting", sku, item["place"]))]
