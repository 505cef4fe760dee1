"""The calls to DynamoDB: short time-outs, a bounded number of further attempts, and one error when all fail (R35)."""

import random
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from functions.adapters.aws.answers import AwsFailed
from functions.adapters.aws.channel import READ, Channel
from functions.adapters.aws.channel import connect as connect_to
from functions.adapters.dynamodb.action import Action
from functions.adapters.dynamodb.faults import Cancelled, fault, passes, refusal
from functions.adapters.dynamodb.schema import LISTS
from functions.adapters.dynamodb.wire import packed, plain
from functions.adapters.lines import CONNECT
from functions.deadline import time_left
from functions.shop.errors import StoreUnavailable

MOST_KEYS = 100  # in one read of many items
PATIENCE = 5.0  # seconds within which a call may begin, so that an operation ends within 9, or by the deadline (R35)
_BETWEEN = {
    (False, False): "",
    (True, False): " AND sk >= :after",
    (False, True): " AND sk < :before",
    (True, True): " AND sk BETWEEN :after AND :before",
}
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.4  # seconds between two attempts at most


class Client:
    """What is asked of DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/. Raises AwsFailed."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def get_item(self, **request: Any) -> dict[str, Any]:
        """One item."""
        return self._asked("GetItem", request)

    def batch_get_item(self, **request: Any) -> dict[str, Any]:
        """Up to MOST_KEYS items."""
        return self._asked("BatchGetItem", request)

    def query(self, **request: Any) -> dict[str, Any]:
        """A page of items that share a partition key."""
        return self._asked("Query", request)

    def update_item(self, **request: Any) -> dict[str, Any]:
        """A change of one item."""
        return self._asked("UpdateItem", request)

    def transact_write_items(self, **request: Any) -> dict[str, Any]:
        """A transaction."""
        return self._asked("TransactWriteItems", request)

    def _asked(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return self._channel.ask(f"DynamoDB_20120810.{operation}", request, "1.0")


def connect() -> Client:
    """A client for the region and with the rights that AWS's own settings say. It tries once: Table repeats, and knows
    when it has to end.
    """
    return Client(connect_to("dynamodb", "dynamodb.{region}"))


class Table:
    """One table, for one operation, which may have several calls.

    Each raises StoreUnavailable when DynamoDB does not answer in time or will not do it.
    """

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name
        self._ends = time.monotonic() + min(PATIENCE, time_left() - CONNECT - READ)

    def afresh(self) -> "Table":
        """The table for another operation."""
        return Table(self._client, self._name)

    def get(self, key: Mapping[str, str]) -> dict[str, Any] | None:
        """The item with this key, as last written."""
        answer = self._asked(self._client.get_item, TableName=self._name, Key=packed(key), ConsistentRead=True)
        return plain(answer["Item"]) if "Item" in answer else None

    def get_all(self, keys: Iterable[Mapping[str, str]]) -> Iterator[dict[str, Any]]:
        """The items with these different keys, as last written, in any order; those that are not there are left out."""
        wanted = [packed(key) for key in keys]
        for start in range(0, len(wanted), MOST_KEYS):
            yield from self._batch(wanted[start : start + MOST_KEYS])

    def under(
        self,
        partition: str,
        *,
        after: str = "",
        before: str = "",
        newest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The items with this partition key, as last written, by sort key or the other way round; where given only
        those after one sort key and before another, which is none of theirs when both are given.
        """
        after = f"{after}\0" if after else ""  # the first text that comes after it
        values = {":pk": partition} | {f":{name}": at for name, at in (("after", after), ("before", before)) if at}
        condition = f"pk = :pk{_BETWEEN[bool(after), bool(before)]}"
        found = self._pages(condition, values, limit, ConsistentRead=True, ScanIndexForward=not newest_first)
        return islice(found, limit)

    def listed(self, name: str) -> Iterator[dict[str, Any]]:
        """The items in a list of the index, by place. What was written a moment ago may be missing."""
        names = {"#list": "list"}
        return self._pages("#list = :list", {":list": name}, IndexName=LISTS, ExpressionAttributeNames=names)

    def write(self, actions: Sequence[Action]) -> None:
        """Do all of these or none, and once, even when an answer is lost. Raises what `refusal` tells.

        The token makes a repetition of this very call harmless, and is no other's: two who write the same version with
        the same content are two writers, and the second one must hear of the conflict.
        """
        request = [action.on(self._name) for action in actions]
        token = secrets.token_hex(16)
        try:
            self._asked(self._client.transact_write_items, TransactItems=request, ClientRequestToken=token)
        except Cancelled as error:
            raise refusal(actions, error.codes) from error

    def change(self, action: Action) -> dict[str, Any]:
        """Change one item by an update, and say what it is then. Unlike `write`, it may do it twice when an answer is
        lost. Raises the action's refusal.
        """
        request = {"TableName": self._name, **action.request, "ReturnValues": "ALL_NEW"}
        try:
            return plain(self._asked(self._client.update_item, **request)["Attributes"])
        except Cancelled as error:
            raise refusal([action], error.codes) from error

    def _pages(
        self, condition: str, values: Mapping[str, str], limit: int | None = None, **request: Any
    ) -> Iterator[dict[str, Any]]:
        request |= {"TableName": self._name, "KeyConditionExpression": condition} | ({"Limit": limit} if limit else {})
        request["ExpressionAttributeValues"] = packed(values)
        while True:
            answer = self._asked(self._client.query, **request)
            yield from map(plain, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _batch(self, keys: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The items with these keys, some of which may be answered for later than others."""
        for _ in attempts(self._ends):
            answer = self._asked(
                self._client.batch_get_item, RequestItems={self._name: {"Keys": keys, "ConsistentRead": True}}
            )
            yield from map(plain, answer["Responses"].get(self._name, ()))
            keys = answer.get("UnprocessedKeys", {}).get(self._name, {}).get("Keys", ())
            if not keys:
                return
        raise StoreUnavailable(f"DynamoDB does not answer for all that table {self._name} was asked for.")

    def _asked(self, call: Callable[..., dict[str, Any]], **request: Any) -> dict[str, Any]:
        """The answer to a call, which is repeated while what keeps it from success may pass."""
        reason = AwsFailed("NoAnswer")
        for _ in attempts(self._ends):
            try:
                return call(**request)
            except AwsFailed as error:
                reason = error
                if not passes(error):
                    break
        raise fault(reason, self._name) from reason


def attempts(ends: float) -> Iterator[None]:
    """As many attempts as may begin in time, with pauses of chance between them, so that rivals do not meet again."""
    pause = FIRST_PAUSE
    while time.monotonic() < ends:
        yield
        time.sleep(random.uniform(0, pause))  # noqa: S311 - it spreads attempts, it keeps no secret
        pause = min(2 * pause, LONGEST_PAUSE)
