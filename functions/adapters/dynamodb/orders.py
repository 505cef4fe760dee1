"""Orders: the record, what else belongs to one order alone, and the lists that it stands in."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from functions.adapters.dynamodb.action import IS_NEW, Action, delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key, place
from functions.shop.email import customer_key
from functions.shop.errors import Conflict
from functions.shop.message import next_due
from functions.shop.order import Order, intended_refunds
from functions.shop.record import from_json, to_json

# The lists, each with the moment by which an order stands in it; None when it does not. Another list is another line.
LISTS: Mapping[str, Callable[[Order], int | None]] = {
    "open": lambda order: order.expires_at if order.open else None,
    "due": lambda order: next_due(order.messages),
    "refunds": lambda order: order.created_at if intended_refunds(order) else None,
}


def read(table: Table, order_id: str) -> Order | None:
    """The order as last written."""
    item = table.get(key("order", order_id))
    return from_json(Order, json.loads(item["record"])) if item else None


def is_customer(table: Table, customer: str) -> bool:
    """Whether an order of this customer was ever paid."""
    return table.get(key("customer", customer)) is not None


def listed(table: Table, name: str, *, until: int | None, limit: int) -> list[str]:
    """Ids of the orders in a list, the oldest first, up to a moment if there is one."""
    before = "" if until is None else place(until + 1, "")
    return [item["order"] for item in table.under(f"list#{name}", before=before, limit=limit)]


def written(table: Table, order: Order) -> dict[str, Any]:
    """What is stored of an order that is to be replaced, empty for a new one. Raises Conflict when it cannot be."""
    if order.version == 1:
        return {}
    item = table.get(key("order", order.id))
    if item is None or item["version"] != order.version - 1:
        raise Conflict(f"Order {order.id} is not at version {order.version - 1}.")
    return item


def actions(order: Order, before: Mapping[str, Any]) -> list[Action]:
    """What writes an order in place of what is stored of it; the conditions come first."""
    return [_record(order), *_session(order, before), *_customer(order, before), *_moves(order, before)]


def _record(order: Order) -> Action:
    conflict = Conflict(f"Order {order.id} is not at version {order.version - 1}.")
    item = key("order", order.id) | {
        "version": order.version,
        "record": json.dumps(to_json(order), separators=(",", ":"), ensure_ascii=False),
        "session": order.session,
        "customer": _payer(order),
        "lists": json.dumps(_places(order)),
    }
    if order.version == 1:
        return put(item, conflict, condition=IS_NEW)
    return put(item, conflict, condition="#version = :before", before=order.version - 1)


def _session(order: Order, before: Mapping[str, Any]) -> Iterator[Action]:
    """A payment session belongs to one order only; an order has one at most."""
    old = before.get("session", "")
    if order.session and order.session != old:
        taken = Conflict(f"The payment session of order {order.id} is another one's.")
        yield put(key("session", order.session) | {"order": order.id}, taken, condition=IS_NEW)
    if old and order.session != old:
        yield delete(key("session", old))


def _customer(order: Order, before: Mapping[str, Any]) -> Iterator[Action]:
    payer = _payer(order)
    if payer and payer != before.get("customer"):
        yield put(key("customer", payer))


def _payer(order: Order) -> str:
    """Whoever paid, as a customer key; empty while nobody has."""
    return customer_key(order.email) if order.paid_like and order.email else ""


def _moves(order: Order, before: Mapping[str, Any]) -> Iterator[Action]:
    """From where it stands in lists to where it shall stand."""
    old: dict[str, str] = json.loads(before.get("lists", "{}"))
    new = _places(order)
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name):
            continue
        if name in old:
            yield delete({"pk": f"list#{name}", "sk": old[name]})
        if name in new:
            yield put({"pk": f"list#{name}", "sk": new[name], "order": order.id})


def _places(order: Order) -> dict[str, str]:
    moments = {name: moment(order) for name, moment in LISTS.items()}
    return {name: place(moment, order.id) for name, moment in moments.items() if moment is not None}
