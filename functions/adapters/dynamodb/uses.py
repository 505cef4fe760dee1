"""Uses of promotions: one number for all, and one for each customer where a promotion counts those."""

from collections.abc import Collection, Iterator, Sequence, Set

from functions.adapters.dynamodb.action import Action, AlreadyDone, update
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key, short
from functions.ports import Uses
from functions.shop.decision import ClaimChange
from functions.shop.errors import UsedUp

ALL = ""  # in the place of a customer


def read(table: Table, promotions: Collection[str], customer: str) -> dict[str, Uses]:
    """How often these promotions are used; those never used are left out."""
    everybodys = _used(table, promotions, ALL)
    own = _used(table, promotions, customer) if customer else {}
    return {promotion: Uses(count, own.get(promotion, 0)) for promotion, count in everybodys.items()}


def actions(changes: Sequence[ClaimChange], done: Set[str]) -> Iterator[Action]:
    """What counts uses, each refused as UsedUp beyond its limit (R13).

    One use fewer than none is none: that is told as AlreadyDone, and left out when it is among those.
    """
    for change in changes:
        claim = change.claim
        yield from _count(change, ALL, claim.uses, done)
        if claim.customer:
            yield from _count(change, claim.customer, claim.uses_per_customer, done)


def _count(change: ClaimChange, customer: str, limit: int | None, done: Set[str]) -> Iterator[Action]:
    promotion, by = change.claim.promotion, change.by
    where, count = _where(promotion, customer), "ADD #used :by"
    if by < 0:
        none = AlreadyDone(f"use {promotion} {customer}")
        if not none.parts & done:
            yield update(where, count, none, condition="#used >= :least", by=by, least=-by)
    elif limit is None:
        yield update(where, count, by=by)
    else:
        yield update(where, count, UsedUp(promotion), condition=_room(limit - by), by=by, room=limit - by)


def _room(room: int) -> str:
    """The condition that so many uses at most were counted before; none at all leave no item."""
    return "#used <= :room" if room < 0 else "#used <= :room OR attribute_not_exists(#used)"


def _used(table: Table, promotions: Collection[str], customer: str) -> dict[str, int]:
    names = {tuple(_where(one, customer).values()): one for one in promotions}
    found = table.get_all(_where(one, customer) for one in names.values())
    return {names[item["pk"], item["sk"]]: item["used"] for item in found}


def _where(promotion: str, customer: str) -> dict[str, str]:
    """A customer's own uses stand with what else is known of them, so that they can be forgotten."""
    return key("customer", customer, f"uses#{short(promotion)}") if customer else key("uses", promotion)
