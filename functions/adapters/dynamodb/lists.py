"""Lists: items that are written together with what they list, so that no list is ever wrong about it."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from functions.adapters.cursor import from_cursor, to_cursor
from functions.adapters.dynamodb.action import Action, delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key, short
from functions.ports import Page
from functions.shop.listing import Listing

_END, _AFTER = "#", "$"  # what ends a key, and the sign that comes next; keys have only signs that come later


def moves(name: str, now: Collection[Listing], before: Mapping[str, Any]) -> Iterator[Action]:
    """From where something of this id stands, as its stored item notes, to where it shall stand."""
    had = {Listing(*place) for place in json.loads(before.get("lists", "[]"))}
    yield from (delete(_where(gone, name)) for gone in sorted(had - {*now}))
    yield from (put(_where(new, name) | {"id": name}) for new in sorted({*now} - had))


def noted(now: Collection[Listing]) -> str:
    """Where something stands, as its own item notes it for the next write."""
    return json.dumps(sorted((one.list, one.key) for one in now), separators=(",", ":"), ensure_ascii=False)


def page(
    table: Table, partition: str, *, until: str = "", newest_first: bool = False, cursor: str = "", limit: int
) -> Page:
    """Some ids of a list, by sort key or the other way round; `until` leaves out keys above it."""
    edge = from_cursor(cursor, 1)[0] if cursor else ""
    last = f"{until}{_AFTER}" if until else ""
    after, before = ("", min(edge or last, last or edge)) if newest_first else (edge, last)
    if after and before and after >= before:
        return Page(())
    found = list(table.under(partition, after=after, before=before, newest_first=newest_first, limit=limit + 1))
    more = to_cursor(found[limit - 1]["sk"]) if len(found) > limit else ""
    return Page(tuple(item["id"] for item in found[:limit]), more)


def listed(name: str) -> str:
    """The partition of a list."""
    return key("list", name)["pk"]


def _where(place: Listing, name: str) -> dict[str, str]:
    return key("list", place.list, f"{place.key}{_END}{short(name)}")
