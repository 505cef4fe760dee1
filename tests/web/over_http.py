"""A browser that reaches a shop over real HTTP, so that everything between socket and view is in the way."""

from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def browser_at(url: str, name: str = "") -> Client:
    """A browser without JavaScript whose requests go to the shop at `url`, which may have another address as its name.
    It follows no redirect by itself.
    """
    return Client(Wire(url, name or url), use_cookies=True)


class Wire:
    """A WSGI application that hands every request on to the server at `url`, with the Origin that a browser would send
    from a page of `name`.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        request = Request(environ)
        headers = {name: text for name, text in request.headers if name not in {"Host", "Content-Length"}}
        headers |= {"Origin": self._name} if "Origin" in headers else {}
        connection = HTTPConnection(urlsplit(self._url).netloc, timeout=20)
        try:
            connection.request(request.method, request.full_path.rstrip("?"), request.get_data(), headers)
            answer = connection.getresponse()
            response = Response(answer.read(), answer.status, answer.getheaders())
        finally:
            connection.close()
        return response(environ, start_response)
