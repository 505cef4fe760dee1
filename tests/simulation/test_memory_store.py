"""The simulation's store keeps the contract of every store, but for what needs a second process."""

import pytest

from functions.ports import Store
from tests.contract.test_store import StoreContract
from tests.simulation.memory_store import MemoryStore


class TestMemoryStore(StoreContract):
    """One thread, no file."""

    @pytest.fixture
    def store(self) -> Store:
        """An empty store."""
        return MemoryStore()

    # A simulation has one thread, and its interleavings are its own.
    test_two_processes_never_sell_more_than_there_is = None
    test_two_processes_never_spend_more_than_there_is_nor_use_a_coupon_too_often = None
    test_a_process_that_is_killed_leaves_whole_orders_and_the_stock_that_belongs_to_them = None
