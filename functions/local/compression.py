"""Answers compressed on their way, as a CDN does it, so that what is measured on a laptop holds for shoppers."""

import gzip
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LEVEL, WORTH_IT = 6, 500  # bytes; below that the wrapping costs more than it saves
KINDS = ("text/", "image/svg", "application/json", "application/xml", "application/rss")


def compressed(application: "WSGIApplication", request: Request) -> Response:
    """The application's answer, in gzip when it is text and the browser takes it."""
    answer = Response.from_app(application, request.environ, buffered=True)
    if not (answer.mimetype or "").startswith(KINDS):
        return answer
    answer.vary.add("Accept-Encoding")
    takes_it = request.accept_encodings.quality("gzip") > 0 and request.method != "HEAD"
    if takes_it and not answer.content_encoding and len(answer.get_data()) >= WORTH_IT:
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
        answer.content_encoding = "gzip"
    return answer
