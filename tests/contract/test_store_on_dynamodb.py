"""The Store on DynamoDB keeps the contract, over real HTTP to an emulator. See test_dynamodb_faults.py for the rest."""

import pytest

from tests.contract.test_store import StoreContract
from tests.emulator import new_table

pytestmark = pytest.mark.slow


@pytest.fixture
def table(aws: str) -> str:
    """A new table."""
    return new_table()


class TestDynamoStore(StoreContract):
    """The store of a shop in the cloud."""

    opener = "tests.emulator:open_dynamodb"

    @pytest.fixture
    def address(self, table: str) -> str:
        """A new table."""
        return table
