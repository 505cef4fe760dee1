"""Limits: how often a form may be sent from one place, for one order or about one thing."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from werkzeug.wrappers import Request, Response

from functions.ports import Clock, Store
from functions.service.limiting import HOUR, Limit, exceeded
from functions.shop.sentence import Sentence

__all__ = ["HOUR", "TOO_OFTEN", "Limit", "Limits", "TooOften", "ask_to_wait", "place_of"]
TOO_OFTEN = Sentence("That was tried often within the last hour. Please wait a while, or call or write to us.")
HOUSEHOLD = 64  # bits of an IPv6 address that one connection shares (RFC 6177); the rest changes by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts tries in the store. Who tries is kept as `hidden` makes it, which only the shop's secret can do (R26).

    `address_header` is where a CDN says who asks; without one, whoever is connected asks. A header that the CDN does
    not set must never be named here, for anybody can send it.
    """

    store: Store
    clock: Clock
    hidden: Callable[[str], str]
    address_header: str = ""

    def exceeded(self, *tries: tuple[Limit, str]) -> Limit | None:
        """Count a try of somebody against each limit; the first one that it is too much for, or None.

        What nobody is known to try, an empty text, is not counted.
        """
        known = [(limit, self.hidden(who)) for limit, who in tries if who]
        return exceeded(known, self.store, self.clock())

    def place(self, request: Request) -> str:
        """Where a request comes from, as it is counted."""
        said = request.headers.get(self.address_header, "") if self.address_header else ""
        return place_of(said) or place_of(request.remote_addr or "")

    def known_place(self, request: Request) -> str:
        """The same as it is written down; empty when nobody knows where a request comes from."""
        place = self.place(request)
        return self.hidden(place) if place else ""


class TooOften(Exception):
    """Something was tried more often than `limit` allows."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.key)
        self.limit = limit


def place_of(address: str) -> str:
    """An address without its port: an IPv4 one, or the network of an IPv6 one.

    Empty when it is none, or belongs to a machine of our own such as a proxy: everybody would seem to come from there.
    """
    text = address.strip()
    for candidate in (text, text.rpartition(":")[0]):
        try:
            found = ip_address(candidate.strip("[]"))
        except ValueError:
            continue
        return _network(found) if isinstance(found, IPv6Address) else _public(found)
    return ""


def ask_to_wait(response: Response, limit: Limit) -> Response:
    """Say to whoever tries by machine how long to wait, in seconds."""
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def _network(address: IPv6Address) -> str:
    if address.ipv4_mapped:
        return _public(address.ipv4_mapped)
    return str(IPv6Network((address.packed, HOUSEHOLD), strict=False)) if address.is_global else ""


def _public(address: IPv4Address) -> str:
    return str(address) if address.is_global else ""
