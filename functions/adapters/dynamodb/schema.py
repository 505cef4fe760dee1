"""What the table is like: for tests, for a first start, and for the template of a release."""

from typing import Any

ENDS = "until"  # Unix seconds from which on an item is of no use
LISTS = "lists"  # the index of what stands in a list that may be a moment behind


def table(name: str) -> dict[str, Any]:
    """The table's properties, in the words of AWS::DynamoDB::Table.

    On demand, with point-in-time recovery and kept from being deleted. Time to live deletes days late, so nothing may
    hang on it: it clears away old tries, and no other items have `until`. The index is sparse: only items with `list`
    and `place` are in it.
    """
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": _keys("pk", "sk"),
        "AttributeDefinitions": [{"AttributeName": one, "AttributeType": "S"} for one in ("pk", "sk", "list", "place")],
        "GlobalSecondaryIndexes": [
            {"IndexName": LISTS, "KeySchema": _keys("list", "place"), "Projection": {"ProjectionType": "ALL"}}
        ],
        "TimeToLiveSpecification": {"AttributeName": ENDS, "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "DeletionProtectionEnabled": True,
    }


def create(client: Any, name: str) -> None:
    """Make the table by boto3's client, as a template would, and wait until it can be used."""
    properties = table(name)
    recovery, ends = (properties.pop(f"{name}Specification") for name in ("PointInTimeRecovery", "TimeToLive"))
    client.create_table(**properties)
    client.get_waiter("table_exists").wait(TableName=name)
    client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
    client.update_time_to_live(TableName=name, TimeToLiveSpecification=ends)


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
