"""Dependencies that take a call and never answer, or answer late; and what is asked while they do."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from functions.adapters.lines import has_more

BACKLOG = 200


@contextmanager
def silence() -> Iterator[int]:
    """A port that takes every connection and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)) as server:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1]
        for one in taken:
            one.close()


@contextmanager
def late(port: int, seconds: float) -> Iterator[int]:
    """A port behind which is another one of this machine, to which all that is said comes so much later; when the block
    ends, what is on its way gets lost.
    """
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)) as server:

        def take() -> None:
            while True:
                try:
                    near = server.accept()[0]
                except OSError:
                    return
                far = socket.create_connection(("127.0.0.1", port))
                threading.Thread(target=_hand_on, args=(near, far, over, seconds), daemon=True).start()
                threading.Thread(target=_hand_on, args=(far, near, over), daemon=True).start()

        threading.Thread(target=take, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()


def _hand_on(said: socket.socket, to: socket.socket, over: threading.Event, seconds: float = 0) -> None:
    """Hand on what is said until one side has had enough; what is said in one go stays together."""
    try:
        while first := said.recv(65_536):
            if over.wait(seconds):
                return
            more = said.recv(65_536) if seconds and has_more(said) else b""
            to.sendall(first + more)
    except OSError:
        pass
    finally:
        said.close()
        to.close()
