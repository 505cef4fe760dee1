"""Calls of Stripe by its library: what is asked and what is answered is plain data.

The library's `raw_request` names the API's version, encodes, tries again and tells errors apart. Its objects and
services are left alone: of their classes, thousands are loaded for the dozen fields that a shop reads, in 0.1 s of a
function's start.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import stripe
from stripe import APIConnectionError, HTTPClient, StripeClient

from functions.adapters.lines import CONNECT, LineBroken, Lines
from functions.deadline import time_for_others

SHORTEST = 0.2  # seconds; below that it is not worth beginning
RETRIES = 2
PAGE = 100  # the most that Stripe lists at once; fewer where each brings much with it
Told = Mapping[str, Any]

# Stripe would be told of the machine, for which the library starts a program, and how long its last answer took.
stripe.enable_telemetry = False


class StripeCalls:
    """Stripe at an address. `timeout` is in seconds, for one attempt. All raise the library's errors."""

    def __init__(self, api_key: str, *, api_base: str, timeout: float) -> None:
        self._client = StripeClient(
            api_key,
            base_addresses={"api": api_base},
            max_network_retries=RETRIES,
            http_client=_HttpClient(api_base, timeout),
        )

    def get(self, path: str, asked: Told) -> Told:
        """What is there now. `path` is such as `refunds/re_1`."""
        return self._answered("get", path, asked)

    def post(self, path: str, asked: Told, key: str = "") -> Told:
        """What came of a request, which does its work once for each key."""
        return self._answered("post", path, {**asked, "idempotency_key": key} if key else asked)

    def listed(self, path: str, asked: Told, at_once: int = PAGE) -> Iterator[Told]:
        """All things in a list, which Stripe gives page by page."""
        after: Told = {}
        while True:
            page = self.get(path, {**asked, "limit": at_once, **after})
            yield from page["data"]
            if not page["has_more"] or not page["data"]:
                return
            after = {"starting_after": page["data"][-1]["id"]}

    def _answered(self, method: str, path: str, asked: Told) -> Told:
        answer = self._client.raw_request(method, f"/v1/{path}", **asked)
        return cast(Told, answer.data)


class _HttpClient(HTTPClient):
    """Requests over lines of our own, which are there in a third of the time that `requests` takes to load. It tries
    again after a fault, but not after a time-out: three of them would take too long (R35).
    """

    name = "lines"

    def __init__(self, api_base: str, timeout: float) -> None:
        super().__init__()
        self._api_base, self._timeout = api_base, timeout
        self._lines = Lines(api_base, certificates=stripe.ca_bundle_path)

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        """What Stripe answers. Raises APIConnectionError."""
        path, wait = url.removeprefix(self._api_base), min(self._timeout, time_for_others()) - CONNECT
        if wait < SHORTEST:
            raise APIConnectionError("NoTime", should_retry=False)  # type: ignore[no-untyped-call]
        try:
            heard = self._lines.ask(method.upper(), path, headers or {}, post_data, wait=wait)
        except LineBroken as error:
            again = error.code != "NoAnswer"
            raise APIConnectionError(error.code, should_retry=again) from error  # type: ignore[no-untyped-call]
        return heard.body.decode(), heard.status, heard.headers
