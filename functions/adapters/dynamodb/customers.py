"""Customers: that somebody has paid once, which promotions they used, and that they want no mails."""

from functions.adapters.dynamodb.action import delete, put
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.wire import key

TOGETHER = 100  # items that are forgotten in one transaction


def is_customer(table: Table, customer: str) -> bool:
    """Whether an order of this customer was ever paid."""
    return table.get(key("customer", customer)) is not None


def forget(table: Table, customer: str) -> None:
    """Forget all that stands under a customer: that they paid once, and how often they used which promotion."""
    found = [delete({"pk": item["pk"], "sk": item["sk"]}) for item in table.under(key("customer", customer)["pk"])]
    for start in range(0, len(found), TOGETHER):
        table.write(found[start : start + TOGETHER])


def silence(table: Table, customer: str) -> None:
    """Note that a customer wants no mails but those about their orders."""
    table.write([put(key("silenced", customer))])


def is_silenced(table: Table, customer: str) -> bool:
    """Whether they said so."""
    return table.get(key("silenced", customer)) is not None
