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


# A simulation has one thread and one process, and its interleavings are its own.
for _name in [name for name in dir(StoreContract) if "process" in name or "threads" in name]:
    setattr(TestMemoryStore, _name, None)
