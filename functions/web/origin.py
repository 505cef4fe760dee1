"""The CDN alone may ask: what comes by the functions' own address could say that it comes from anywhere."""

from collections.abc import Iterable
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Origin-Secret"  # which the CDN sets, whatever a browser sent


def behind_cdn(application: "WSGIApplication", secret: str, url: str) -> "WSGIApplication":
    """An application that answers who knows the secret; with an empty one, everybody. Others are told the
    shop's `url`.
    """
    if not secret:
        return application

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        said = environ.get(f"HTTP_{HEADER.upper().replace('-', '_')}", "")
        if compare_digest(said.encode("latin-1", "replace"), secret.encode()):
            return application(environ, start_response)
        return Response(f"Please come by {url}", HTTPStatus.MISDIRECTED_REQUEST)(environ, start_response)

    return answer
