"""Behind a CDN: functions answer the CDN, and nobody who has found their own address."""

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.web.origin import behind_cdn

SECRET = "a-long-random-text-of-the-stack-1"
URL = "https://shop.example"


@pytest.fixture
def functions() -> Client:
    return Client(behind_cdn(Response("a cart"), SECRET, URL))


def test_the_cdn_is_answered(functions: Client) -> None:
    assert functions.get("/cart", headers={"X-Origin-Secret": SECRET}).text == "a cart"


@pytest.mark.parametrize("said", ["", "another", SECRET.upper(), f"{SECRET} ", "\xe4"])
def test_nobody_else_is(functions: Client, said: str) -> None:
    answer = functions.get("/cart", headers={"X-Origin-Secret": said, "CloudFront-Viewer-Address": "1.2.3.4:5"})
    assert (answer.status_code, answer.text) == (421, "Please come by https://shop.example")


def test_without_a_secret_nothing_stands_between() -> None:
    assert Client(behind_cdn(Response("a cart"), "", URL)).get("/cart").text == "a cart"
