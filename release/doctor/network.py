"""The world outside, with short time-outs: names by DNS, certificates by a handshake, pages by requests."""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver

TIMEOUT = 3.0  # seconds for one answer
LARGEST = 2_000_000  # bytes that are read of a page
_NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a server answered, redirects not followed. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Handshake:
    """A certificate that a server showed: days until it ends, and why it is not believed, if it is not."""

    days: int = 0
    problem: str = ""


class Names:
    """The domain name system. `server` (`127.0.0.1:5353`) is asked instead of the machine's own name servers."""

    def __init__(self, server: str = "", timeout: float = TIMEOUT) -> None:
        self._resolver = dns.resolver.Resolver(configure=not server)
        if server:
            host, _, port = server.partition(":")
            self._resolver.nameservers, self._resolver.port = [host], int(port or 53)
        self._resolver.timeout, self._resolver.lifetime = timeout / 2, timeout

    def texts(self, name: str) -> tuple[str, ...]:
        """Its TXT records."""
        return tuple(b"".join(one.strings).decode(errors="replace") for one in self._asked(name, "TXT"))

    def alias(self, name: str) -> str:
        """Where its CNAME leads; empty without one."""
        return next((_plain(one.target) for one in self._asked(name, "CNAME")), "")

    def exchangers(self, name: str) -> tuple[str, ...]:
        """The names in its MX records."""
        return tuple(_plain(one.exchange) for one in self._asked(name, "MX"))

    def addresses(self, name: str) -> tuple[str, ...]:
        """Its IPv4 and IPv6 addresses, wherever aliases lead; those of this machine for `localhost`."""
        if name == "localhost":
            return ("127.0.0.1",)
        if _is_address(name):
            return (name,)
        return tuple(one.address for kind in ("A", "AAAA") for one in self._asked(name, kind))

    def _asked(self, name: str, kind: str) -> list[Any]:  # of the class of their kind, which has no common fields
        try:
            return list(self._resolver.resolve(dns.name.from_text(name), kind, search=False))
        except _NOTHING:
            return []


@dataclass(frozen=True)
class Web:
    """Requests to names as `names` knows them. `trust` makes what certificates are checked with."""

    names: Names
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    clock: Callable[[], float] = field(default=time.time)

    def get(self, url: str) -> Heard:
        """The answer to a GET. Raises OSError."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
        connection.sock = self._line(url)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", path, headers={"User-Agent": "pouch-doctor"})
            answer = connection.getresponse()
            answer.read(LARGEST)
        except http.client.HTTPException as error:
            raise ConnectionError("no HTTP") from error
        finally:
            connection.close()
        return Heard(answer.status, {name.lower(): value for name, value in answer.getheaders()})

    def handshake(self, host: str, port: int = 443) -> Handshake:
        """The certificate for a name. Raises OSError when nobody is there."""
        try:
            with self._line(f"https://{host}:{port}") as line:
                assert isinstance(line, ssl.SSLSocket)  # noqa: S101 (https)
                told = line.getpeercert() or {}
        except ssl.SSLCertVerificationError as error:
            return Handshake(problem=error.verify_message)
        except ssl.SSLError as error:
            return Handshake(problem=f"no secure line: {error.reason}")
        ends = ssl.cert_time_to_seconds(str(told["notAfter"]))
        return Handshake(int((ends - self.clock()) // 86_400))

    def _line(self, url: str) -> socket.socket:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host = parts.hostname or ""
        line = self._reached(host, parts.port or (443 if secure else 80))
        if not secure:
            return line
        try:
            return self.trust().wrap_socket(line, server_hostname=host)
        except OSError:
            line.close()
            raise

    def _reached(self, host: str, port: int) -> socket.socket:
        """A line to the first of its addresses that answers."""
        error = OSError(f"{host} has no address")
        for address in self.names.addresses(host)[:4]:
            try:
                return socket.create_connection((address, port), TIMEOUT)
            except OSError as failed:
                error = failed
        raise error


def _plain(name: dns.name.Name) -> str:
    return str(name.to_text(omit_final_dot=True)).lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
