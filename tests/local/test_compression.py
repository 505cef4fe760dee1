"""Text travels compressed to those who take it, and everything else as it is."""

import gzip

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from functions.local.compression import compressed

TEXT = b"<p>All that a shopper wants to know.</p>" * 20


def answer(content: bytes, kind: str, *, encodings: str = "gzip, br", encoding: str = "") -> Response:
    request = Request(EnvironBuilder(headers=[("Accept-Encoding", encodings)]).get_environ())
    made = Response(content, mimetype=kind)
    if encoding:
        made.headers["Content-Encoding"] = encoding
    return compressed(made, request)


def test_a_page_is_compressed_and_says_so() -> None:
    got = answer(TEXT, "text/html")
    assert gzip.decompress(got.get_data()) == TEXT
    assert (got.content_encoding, got.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(got.headers["Content-Length"]) == len(got.get_data()) < 200


def test_who_does_not_take_it_gets_the_page_as_it_is() -> None:
    got = answer(TEXT, "text/html", encodings="identity")
    assert (got.get_data(), got.headers.get("Content-Encoding")) == (TEXT, None)


def test_pictures_and_the_smallest_answers_are_left_alone() -> None:
    assert answer(TEXT, "image/avif").get_data() == TEXT
    assert answer(b"1", "text/plain").get_data() == b"1"


def test_what_is_compressed_already_is_not_compressed_again() -> None:
    assert answer(TEXT, "text/html", encoding="br").get_data() == TEXT


def test_cookies_stay_as_they_are() -> None:
    made = Response(TEXT, mimetype="text/html")
    made.set_cookie("cart", "1:A*1")
    made.set_cookie("paying", "x")
    request = Request(EnvironBuilder(headers=[("Accept-Encoding", "gzip")]).get_environ())
    assert len(compressed(made, request).headers.getlist("Set-Cookie")) == 2
