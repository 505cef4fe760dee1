"""Lines to one server, open from one request to the next, with short time-outs (R35)."""

import http.client
import selectors
import socket
import ssl
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from functions.deadline import time_left

CONNECT = 1  # seconds


@dataclass(frozen=True, slots=True)
class Heard:
    """What a server answered. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class LineBroken(Exception):
    """No answer came: `NotReached`, `NoAnswer` in time, or `Interrupted`; or there was no time to ask, `TooLate`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Lines:
    """Any number of threads may ask at once. `address` is such as `https://api.example`; `certificates` is a file with
    those to believe, in place of the machine's.
    """

    def __init__(self, address: str, *, certificates: str = "") -> None:
        found = urlsplit(address)
        self.host = found.netloc
        self._secure, self._certificates = found.scheme == "https", certificates
        self._idle: list[http.client.HTTPConnection] = []
        weakref.finalize(self, _close, self._idle)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | str | None, *, wait: float
    ) -> Heard:
        """The answer to a request, for which it waits so many seconds, and not past the deadline. Raises LineBroken."""
        connection = self._connected()
        connection.sock.settimeout(_in_time(wait))
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise LineBroken("NoAnswer" if isinstance(error, TimeoutError) else "Interrupted") from error
        if not response.will_close:
            self._idle.append(connection)
        return Heard(response.status, {name.lower(): value for name, value in response.getheaders()}, content)

    def _connected(self) -> http.client.HTTPConnection:
        """A line that is open still, else a new one."""
        while self._idle:
            kept = self._idle.pop()
            if kept.sock and not has_more(kept.sock):  # readable though idle: the end of it
                return kept
            kept.close()
        connection = self._new()
        try:
            connection.connect()
        except OSError as error:
            raise LineBroken("NotReached") from error
        return connection

    def _new(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self.host, timeout=_in_time(CONNECT))
        context = _trust(self._certificates)
        return http.client.HTTPSConnection(self.host, timeout=_in_time(CONNECT), context=context)


@cache
def _trust(certificates: str) -> ssl.SSLContext:
    """Whom lines believe: those in a file, or the machine's. All lines share it, for to read them takes 20 ms."""
    return ssl.create_default_context(cafile=certificates or None)


def _in_time(seconds: float) -> float:
    """How long to wait."""
    left = min(seconds, time_left())
    if left <= 0:
        raise LineBroken("TooLate")
    return left


def has_more(line: socket.socket) -> bool:
    """Whether something can be read at once. `select.select` takes no number of a file above 1,023."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        return bool(selector.select(0))


def _close(connections: Iterable[http.client.HTTPConnection]) -> None:
    for connection in connections:
        connection.close()
