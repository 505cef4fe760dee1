"""A server of the tests' own, at work in a thread for as long as a block lasts."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

S = TypeVar("S", bound=socketserver.BaseServer)


class LocalServer(ThreadingHTTPServer):
    """Speaks HTTP on a free port of this machine; `answers` deals with each connection."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answers: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), answers)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def at_work(server: S) -> Iterator[S]:
    """The server, answering."""
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
