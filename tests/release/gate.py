"""A gate on the way to the emulator of S3: it lets requests through, sends them back, or cuts the line."""

import http.client
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Literal
from urllib.parse import urlsplit

from tests.contract.serving import LocalServer

SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
Way = Literal["through", "back", "cut"]


class Gate(LocalServer):
    """`way` says what becomes of each request, by its number. What is sent back has this status and body."""

    def __init__(self, beyond: str, way: Callable[[int], Way], status: int = 503, body: bytes = SLOW_DOWN) -> None:
        super().__init__(Passage)
        self.beyond, self.way, self.numbers = urlsplit(beyond).netloc, way, count()
        self.status, self.body = status, body


class Passage(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Gate

    def do_PUT(self) -> None:
        """A request of whatever kind."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match self.server.way(next(self.server.numbers)):
            case "through":
                self._answer(*self._asked(body))
            case "back":
                self._answer(self.server.status, self.server.body, {})
            case "cut":
                self.close_connection = True

    do_GET = do_PUT  # noqa: N815 (the name is the server's)

    def _asked(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        beyond = http.client.HTTPConnection(self.server.beyond, timeout=10)
        beyond.request(self.command, self.path, body or None, dict(self.headers))
        found = beyond.getresponse()
        told = found.status, found.read(), {"ETag": found.headers.get("ETag", "")}
        beyond.close()
        return told

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
