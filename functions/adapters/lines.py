"""Lines to one server, open from one request to the next, with short time-outs (R35)."""

import base64
import http.client
import selectors
import socket
import ssl
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, unquote, urlsplit

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
    those to believe, in place of the machine's; `connect` are the seconds that it waits for a new line; `proxy` is
    through what a secure one leads, such as `http://proxy.example:3128` or the same without `http://`.
    """

    def __init__(self, address: str, *, certificates: str = "", connect: float = CONNECT, proxy: str = "") -> None:
        found = urlsplit(address)
        self.address, self.host = address, found.netloc
        self._secure, self._certificates = found.scheme == "https", certificates
        self._connect, self._proxy = connect, _found(proxy)
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
        while kept := self._kept():
            if kept.sock and not has_more(kept.sock):  # readable though idle: the end of it
                return kept
            kept.close()
        connection = self._new()
        try:
            connection.connect()
        except OSError as error:
            raise LineBroken("NotReached") from error
        return connection

    def _kept(self) -> http.client.HTTPConnection | None:
        with suppress(IndexError):  # of several threads that see the last one, one gets it
            return self._idle.pop()
        return None

    def _new(self) -> http.client.HTTPConnection:
        wait = _in_time(self._connect)
        if not self._secure:
            return http.client.HTTPConnection(self.host, timeout=wait)
        context = _trust(self._certificates)
        if not self._proxy.hostname:
            return http.client.HTTPSConnection(self.host, timeout=wait, context=context)
        through = http.client.HTTPSConnection(
            self._proxy.hostname, self._proxy.port or 80, timeout=wait, context=context
        )
        through.set_tunnel(self.host, headers=_shown_to(self._proxy))
        return through


@cache
def _trust(certificates: str) -> ssl.SSLContext:
    """Whom lines believe: those in a file, or the machine's. All lines share it, for to read them takes 20 ms."""
    return ssl.create_default_context(cafile=certificates or None)


def _found(proxy: str) -> SplitResult:
    """Where a proxy is. Without a scheme, as botocore reads it; by itself urlsplit takes a host for one."""
    return urlsplit(proxy if "//" in proxy else f"http://{proxy}")


def _shown_to(proxy: SplitResult) -> dict[str, str]:
    """What a proxy is told of who we are."""
    if proxy.username is None:
        return {}
    known = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(known.encode()).decode()}"}


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
