"""Notices: the record of a mail that belongs to no order, in the list of those that wait or of those that were sent."""

import json

from functions.adapters.dynamodb import lists
from functions.adapters.dynamodb.action import IS_NEW, delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key
from functions.shop.errors import Conflict
from functions.shop.listing import notice_listing
from functions.shop.notice import Notice
from functions.shop.record import from_json, to_json


def read(table: Table, notice_id: str) -> Notice | None:
    """The notice as last written."""
    item = table.get(key("notice", notice_id))
    return from_json(Notice, json.loads(item["record"])) if item else None


def save(table: Table, notice: Notice) -> None:
    """Write the next version of a notice. Raises Conflict."""
    before = (table.get(key("notice", notice.id)) or {}) if notice.version > 1 else {}
    now = [notice_listing(notice)]
    item = key("notice", notice.id) | {
        "version": notice.version,
        "record": json.dumps(to_json(notice), separators=(",", ":"), ensure_ascii=False),
        "lists": lists.noted(now),
    }
    conflict = Conflict(f"Notice {notice.id} is not at version {notice.version - 1}.")
    if notice.version == 1:
        record = put(item, conflict, condition=IS_NEW)
    else:
        record = put(item, conflict, condition="#version = :before", before=notice.version - 1)
    table.write([record, *lists.moves(notice.id, now, before)])


def forget(table: Table, notice_id: str) -> None:
    """Delete a notice, and its place in a list."""
    if item := table.get(key("notice", notice_id)):
        table.write([delete(key("notice", notice_id)), *lists.moves(notice_id, [], item)])
