"""A stand-in for CloudFront, which the emulator of AWS has only by name: a server on this machine that answers for the
shop's address as the template's distribution says.

From the template come: which path is whose, what may be asked there, which headers and cookies go on, the header by
which functions know the CDN, and the folder of pages. It keeps no answer, runs none of the code in release/edge/
(but for `/` at the end, which means `index.html`), adds no headers and does not put the shop's own page in the place of
an error: tests/release/test_template.py and test_edge.py look at these.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import ClientError
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.release.rendering import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SHOPPER = "198.51.100.7:4711"  # whom CloudFront sees
PATIENCE = 40  # seconds: a function may have to start first
_OF_CONNECTION = frozenset({"connection", "content-length", "date", "server", "transfer-encoding"})


class Cdn:
    """Answers as the distribution of a stack does. Pages are in the bucket `pages`, functions behind the API whose id
    is `api`, at the emulator `aws` in `account`.
    """

    def __init__(self, stack: Stack, *, aws: str, account: str, api: str, pages: str) -> None:
        config = stack.properties("Distribution")["DistributionConfig"]
        policy = stack.properties("FunctionsRequest")["OriginRequestPolicyConfig"]
        self._behaviours = [*config["CacheBehaviors"], {"PathPattern": "*", **config["DefaultCacheBehavior"]}]
        self._origins = {one["Id"]: one for one in config["Origins"]}
        self._headers = policy["HeadersConfig"]["Headers"]
        self._aws, self._pages = urlsplit(aws).netloc, pages
        # The emulator knows by a signature's beginning in which account an API is. AWS asks for none.
        signed = f"AWS4-HMAC-SHA256 Credential={account}/20260101/eu-central-1/execute-api/aws4_request"
        self._own = {"Host": f"{api}.execute-api.localhost", "Authorization": signed}
        self._s3 = boto3.Session().client("s3")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        behaviour = next(one for one in self._behaviours if fnmatchcase(request.path, one["PathPattern"]))
        if request.method not in behaviour["AllowedMethods"]:
            return Response("Not here", 403)
        origin = self._origins[behaviour["TargetOriginId"]]
        if "S3OriginConfig" in origin:
            return self._page(origin, request.path)
        headers = self._sent(request) if "OriginRequestPolicyId" in behaviour else {}
        headers |= {one["HeaderName"]: one["HeaderValue"] for one in origin["OriginCustomHeaders"]}
        return self.ask_api(request.method, request.full_path.rstrip("?"), headers, request.get_data())

    def _page(self, origin: dict[str, Any], path: str) -> Response:
        key = f"{origin['OriginPath']}{path}{'index.html' if path.endswith('/') else ''}".removeprefix("/")
        try:
            found = self._s3.get_object(Bucket=self._pages, Key=key)
        except ClientError as error:
            return Response(str(error), 404)
        return Response(found["Body"].read(), content_type=found["ContentType"])

    def ask_api(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Response:
        """What the API says to whoever knows its address."""
        connection = HTTPConnection(self._aws, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers | self._own)
            answer = connection.getresponse()
            told = [(name, text) for name, text in answer.getheaders() if name.lower() not in _OF_CONNECTION]
            return Response(answer.read(), answer.status, told)
        finally:
            connection.close()

    def _sent(self, request: Request) -> dict[str, str]:
        """What goes on of a request's headers. That of a body's type always does."""
        known = Headers([*request.headers, ("CloudFront-Viewer-Address", SHOPPER)])
        return {name: known[name] for name in (*self._headers, "Cookie", "Content-Type") if name in known}


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def serving(cdn: Cdn, port: int) -> Iterator[str]:
    """Its address, for as long as the block lasts."""
    server = make_server("127.0.0.1", port, cdn, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
