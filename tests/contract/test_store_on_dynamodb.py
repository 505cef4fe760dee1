"""The Store on DynamoDB keeps the contract, over real HTTP; and what is true of it alone: retries and limits."""

from functools import cache
from uuid import uuid4

import pytest

from functions.adapters.dynamodb import schema
from functions.adapters.dynamodb.calls import Client, connect
from functions.adapters.dynamodb.store import DynamoStore
from tests.contract.test_store import StoreContract


@cache
def client() -> Client:
    """One client for all stores of a process: to make one takes as long as many calls."""
    return connect()


def open_dynamodb(table: str) -> DynamoStore:
    """The store in a table."""
    return DynamoStore(table, client())


@pytest.fixture
def table(aws: str) -> str:
    """A new table."""
    name = f"shop-{uuid4().hex}"
    schema.create(client(), name)
    return name


class TestDynamoStore(StoreContract):
    """The store of a shop in the cloud."""

    opener = "tests.contract.test_store_on_dynamodb:open_dynamodb"

    @pytest.fixture
    def address(self, table: str) -> str:
        """A new table."""
        return table
