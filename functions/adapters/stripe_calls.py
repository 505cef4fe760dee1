"""Stripe by its HTTP interface (https://docs.stripe.com/api): what is asked and what is answered is plain data.

Its library takes a fifth of a webhook's cold start, and of it a shop needs a form, five headers and a second try. Tests
hold these against the library, and its types check what is asked for.
"""

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from functions.adapters.lines import CONNECT, Heard, LineBroken, Lines
from functions.deadline import time_for_others

VERSION = "2026-10-28.endive"  # of the API: the one that the locked library is made for
RETRIES = 2
PAGE = 100  # the most that Stripe lists at once
SHORTEST = 0.2  # seconds; below that it is not worth beginning
PAUSE = 0.5  # seconds before the first retry; twice as long before the next one
Told = Mapping[str, Any]
_WRONG = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
_KINDS: Mapping[int, str] = {
    **dict.fromkeys(_WRONG, "InvalidRequestError"),
    HTTPStatus.UNAUTHORIZED: "AuthenticationError",
    HTTPStatus.PAYMENT_REQUIRED: "CardError",
    HTTPStatus.FORBIDDEN: "PermissionError",
    HTTPStatus.TOO_MANY_REQUESTS: "RateLimitError",
}
_GOOD = range(200, 300)
_chance = secrets.SystemRandom()


class StripeFailed(Exception):
    """A call came to nothing. `kind` is what Stripe's library calls it; Stripe's own words stay out (R26)."""

    def __init__(self, kind: str, *, code: str = "", param: str = "", request: str = "", again: bool = False) -> None:
        super().__init__(", ".join(part for part in (kind, code, param, request) if part))
        self.kind, self.code, self.again = kind, code, again


class StripeCalls:
    """Stripe at an address. `timeout` is in seconds, for one attempt. All raise StripeFailed."""

    def __init__(self, api_key: str, *, api_base: str, timeout: float) -> None:
        self._api_key, self._timeout = api_key, timeout
        self._lines = Lines(api_base)

    def get(self, path: str, asked: Told) -> Told:
        """What is there now. `path` is such as `refunds/re_1`."""
        return self._answered("GET", f"/v1/{path}?{form(asked)}", headers(self._api_key), "")

    def post(self, path: str, asked: Told, key: str = "") -> Told:
        """What came of a request, which does its work once for each key."""
        posting = headers(self._api_key, key or secrets.token_hex(16))
        return self._answered("POST", f"/v1/{path}", posting, form(asked))

    def listed(self, path: str, asked: Told) -> Iterator[Told]:
        """All things in a list, which Stripe gives page by page."""
        after: Told = {}
        while True:
            page = self.get(path, {**asked, "limit": PAGE, **after})
            yield from page["data"]
            if not page["has_more"] or not page["data"]:
                return
            after = {"starting_after": page["data"][-1]["id"]}

    def _answered(self, method: str, path: str, sent: Mapping[str, str], body: str) -> Told:
        """The answer. What may succeed in a moment is asked again, under the same key."""
        for retry in range(RETRIES + 1):
            try:
                return read(self._heard(method, path, sent, body))
            except StripeFailed as error:
                if not error.again or retry == RETRIES:
                    raise
            time.sleep(max(PAUSE, PAUSE * 2**retry * _chance.uniform(0.5, 1)))
        raise AssertionError("The last attempt either answers or raises.")

    def _heard(self, method: str, path: str, sent: Mapping[str, str], body: str) -> Heard:
        """One attempt. After a time-out there is no other one: three of them would take too long (R35)."""
        wait = min(self._timeout, time_for_others()) - CONNECT
        if wait < SHORTEST:
            raise StripeFailed("APIConnectionError", code="NoTime")
        try:
            return self._lines.ask(method, path, sent, body, wait=wait)
        except LineBroken as error:
            again = error.code != "NoAnswer"
            raise StripeFailed("APIConnectionError", code=error.code, again=again) from error


def headers(api_key: str, key: str = "") -> dict[str, str]:
    """Who asks, and in which version; with a key, a form is posted that does its work once."""
    known = {"Authorization": f"Bearer {api_key}", "Stripe-Version": VERSION, "User-Agent": "Pouch"}
    return known | {"Idempotency-Key": key, "Content-Type": "application/x-www-form-urlencoded"} if key else known


def form(asked: Told) -> str:
    """What is asked for as Stripe reads it: `line_items[0][quantity]=2&...`."""
    return urlencode(list(_fields(asked, "")))


def _fields(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping | list):
        for key, one in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _fields(one, f"{name}[{key}]" if name else str(key))
    elif value is not None:
        yield name, str(value).lower() if isinstance(value, bool) else str(value)


def read(heard: Heard) -> Told:
    """What Stripe tells. Raises StripeFailed with the kind that fits the answer's status."""
    told = _loaded(heard.body)
    if heard.status in _GOOD and told:
        return told
    error = told.get("error") or {}
    raise StripeFailed(
        _kind(heard.status, error),
        code=error.get("code") or "",
        param=error.get("param") or "",
        request=heard.headers.get("request-id", ""),
        again=_again(heard),
    )


def _loaded(body: bytes) -> Told:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _kind(status: int, error: Told) -> str:
    if status in _WRONG and error.get("type") == "idempotency_error":
        return "IdempotencyError"
    too_many = status == HTTPStatus.BAD_REQUEST and error.get("code") == "rate_limit"
    return "RateLimitError" if too_many else _KINDS.get(status, "APIError")


def _again(heard: Heard) -> bool:
    """Whether the same request may succeed in a moment. Stripe says so, or it is a fault or somebody is at the same."""
    told = heard.headers.get("stripe-should-retry")
    if told in {"true", "false"}:
        return told == "true"
    return heard.status == HTTPStatus.CONFLICT or heard.status >= HTTPStatus.INTERNAL_SERVER_ERROR
