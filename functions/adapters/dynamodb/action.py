"""The parts of a transaction, each with what it means when its condition does not hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from functions.adapters.dynamodb.wire import Item, packed

_NAME = re.compile(r"#[a-z_]+")


class AlreadyDone(Exception):
    """Some parts of a transaction were done before; it has to be made again without them."""

    def __init__(self, *parts: str) -> None:
        super().__init__(*parts)
        self.parts = frozenset(parts)


@dataclass(frozen=True, slots=True)
class Action:
    """One part: what is asked for, as DynamoDB has it, and the error that is raised when its condition fails."""

    kind: str
    request: Mapping[str, Any]
    refusal: Exception | None = None

    def on(self, table: str) -> dict[str, Any]:
        """The part as it is sent."""
        return {self.kind: {"TableName": table, **self.request}}


def put(item: Item, refusal: Exception | None = None, *, condition: str = "", **values: str | int) -> Action:
    """Write a whole item."""
    return Action("Put", {"Item": packed(item), **_expressions(values, ConditionExpression=condition)}, refusal)


def update(
    key: Item, expression: str, refusal: Exception | None = None, *, condition: str = "", **values: str | int
) -> Action:
    """Change attributes of an item, which is made when it is not there."""
    texts = _expressions(values, UpdateExpression=expression, ConditionExpression=condition)
    return Action("Update", {"Key": packed(key), **texts}, refusal)


def delete(key: Item) -> Action:
    """Delete an item, if it is there."""
    return Action("Delete", {"Key": packed(key)})


IS_NEW = "attribute_not_exists(#pk)"


def _expressions(values: Mapping[str, str | int], **expressions: str) -> dict[str, Any]:
    """Expressions with what their `#names` and `:values` stand for. Every name has a `#`: many words are reserved."""
    found: dict[str, Any] = {name: text for name, text in expressions.items() if text}
    if names := {name for text in found.values() for name in _NAME.findall(text)}:
        found["ExpressionAttributeNames"] = {name: name[1:] for name in sorted(names)}
    if values:
        found["ExpressionAttributeValues"] = packed({f":{name}": value for name, value in values.items()})
    return found
