"""What holds for every test: no network but this machine, and property tests that can be repeated."""

import os

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

# Deadlines off: a busy machine is no defect. In the pipeline every run draws the same examples.
settings.register_profile("laptop", deadline=None, print_blob=True)
settings.register_profile("pipeline", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("pipeline" if os.environ.get("CI") else "laptop")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Before any fixture: connections to other machines raise SocketConnectBlockedError."""
    socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
