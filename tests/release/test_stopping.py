"""Ctrl-C while S3 says nothing: the command ends within seconds, and nothing is tried again."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest

from tests.release.publishing import OLD, World

pytestmark = pytest.mark.slow

SENDING = """
import sys
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.credentials import Credentials
from functions.adapters.lines import Lines
from release.courier import Courier
from release.several import each

keys = Credentials({"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"})
channel = Channel("s3", Lines(sys.argv[1]), region="eu-central-1", credentials=keys)
courier = Courier(channel, read=float(sys.argv[2]))
each(lambda key: courier.ask("PUT", key, body=b"a"), [str(number) for number in range(64)], 32, lambda _: None)
"""


@contextmanager
def silent(heard: list[socket.socket]) -> Iterator[str]:
    """The address of a server that takes every line and says nothing; lines are noted."""

    def take() -> None:
        while True:
            try:
                heard.append(server.accept()[0])
            except OSError:  # the end of the test
                return

    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for line in heard:
        line.close()


def wait_until(true: Callable[[], bool]) -> None:
    """At most ten seconds."""
    for _ in range(500):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("It did not come to that.")


@pytest.mark.parametrize("read", [20, 0.5])
def test_ctrl_c_ends_it_within_seconds_though_nobody_answers(read: float) -> None:
    """While all wait for their first answer, and while some are between two tries."""
    heard = list[socket.socket]()
    with (
        silent(heard) as address,
        subprocess.Popen([sys.executable, "-c", SENDING, address, str(read)], stderr=subprocess.PIPE) as sending,
    ):
        try:
            wait_until(lambda: len(heard) >= 32)
            if read < 1:
                wait_until(lambda: len(heard) >= 40)
            began = time.monotonic()
            sending.send_signal(signal.SIGINT)
            said = sending.communicate(timeout=15)[1]
            took, lines = time.monotonic() - began, len(heard)
        finally:
            sending.kill()
    assert b"KeyboardInterrupt" in said
    assert took < 5
    assert lines == 32 if read > 1 else lines < 96


def test_ctrl_c_does_not_wait_for_a_lease_that_cannot_be_given_back() -> None:
    """It ends by itself; who comes next waits for a minute and goes on."""
    world, held, numbers = World(), threading.Event(), count()

    def stopped(call: Callable[[], Any]) -> Any:
        number = next(numbers)
        if number == 5:
            raise KeyboardInterrupt
        if number > 5:
            held.wait(10)
        return call()

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        world.publish(OLD, stopped)
    took = time.monotonic() - began
    held.set()
    assert took < 5
    assert next(numbers) == 7
