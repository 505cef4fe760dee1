"""The tests' own promise: they talk to this machine only."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.contract.post_office import post_office


@pytest.mark.filterwarnings("ignore:A test tried to use")  # it warns as well, and warnings are errors here
def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as line, pytest.raises(SocketConnectBlockedError):
        line.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_made() -> None:
    with post_office() as office, socket.create_connection(("127.0.0.1", office.port), timeout=5) as line:
        assert line.recv(100) == b"220 post.example ready\r\n"
