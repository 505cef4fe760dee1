"""Tries: how often something was tried within a time, such as a code from one address."""

from contextlib import suppress

from functions.adapters.dynamodb.action import AlreadyDone, update
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.schema import ENDS
from functions.adapters.dynamodb.wire import key
from functions.shop.errors import StoreUnavailable

ATTEMPTS = 8  # rounds in which others may begin a new count just before us


def hit(table: Table, tried: str, until: int, now: int) -> int:
    """Count one more try, and say how many there were. When an answer is lost, it may count as two.

    Time to live may be days late, so the clock decides whether there is a count.
    """
    where, other = key("tries", tried), AlreadyDone(tried)
    more = update(where, "ADD #count :one", other, condition=f"#{ENDS} > :now", one=1, now=now)
    anew = f"SET #count = :one, #{ENDS} = :until"
    over = f"attribute_not_exists(#pk) OR #{ENDS} <= :now"
    first = update(where, anew, other, condition=over, one=1, until=until, now=now)
    for _ in range(ATTEMPTS):
        for action in (more, first):
            with suppress(AlreadyDone):
                count: int = table.change(action)["count"]
                return count
    raise StoreUnavailable("Too many begin to count the same tries at once.")
