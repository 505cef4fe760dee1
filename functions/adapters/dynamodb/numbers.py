"""Numbers of series without gaps."""

from collections.abc import Iterator, Sequence

from functions.adapters.dynamodb.action import IS_NEW, Action, update
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key
from functions.shop.decision import Number
from functions.shop.errors import Conflict


def last(table: Table, series: str) -> int:
    """The number that was taken last; 0 before the first."""
    item = table.get(key("number", series))
    return item["last"] if item else 0


def actions(numbers: Sequence[Number]) -> Iterator[Action]:
    """What takes numbers of different series, each refused as Conflict when it is not the next."""
    for number in numbers:
        conflict = Conflict(f"{number.value} is not the next {number.series} number.")
        where, take = key("number", number.series), "SET #last = :value"
        if number.value == 1:
            yield update(where, take, conflict, condition=IS_NEW, value=1)
        else:
            yield update(
                where, take, conflict, condition="#last = :before", value=number.value, before=number.value - 1
            )
