"""Orders: the record, what else belongs to one order alone, and the lists that it stands in."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from functions.adapters.dynamodb import lists
from functions.adapters.dynamodb.action import IS_NEW, Action, delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key
from functions.shop.email import customer_key
from functions.shop.errors import Conflict
from functions.shop.listing import listings
from functions.shop.order import Order
from functions.shop.record import from_json, to_json


def read(table: Table, order_id: str) -> Order | None:
    """The order as last written."""
    item = table.get(key("order", order_id))
    return _order(item) if item else None


def read_all(table: Table, order_ids: Collection[str]) -> dict[str, Order]:
    """The orders as last written, by id."""
    found = map(_order, table.get_all(key("order", order_id) for order_id in set(order_ids)))
    return {order.id: order for order in found}


def _order(item: Mapping[str, Any]) -> Order:
    return from_json(Order, json.loads(item["record"]))


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
    moves = lists.moves(order.id, listings(order), before)
    return [_record(order), *_session(order, before), *_customer(order, before), *moves]


def _record(order: Order) -> Action:
    conflict = Conflict(f"Order {order.id} is not at version {order.version - 1}.")
    item = key("order", order.id) | {
        "version": order.version,
        "record": json.dumps(to_json(order), separators=(",", ":"), ensure_ascii=False),
        "session": order.session,
        "customer": _payer(order),
        "lists": lists.noted(listings(order)),
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
