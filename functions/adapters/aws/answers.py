"""What AWS answers, and the two ways in which it may fail."""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

_XML = re.compile(rb"<Code>([\w.]+)</Code>")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose status is below 400. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """What a service that speaks JSON says."""
        told: dict[str, Any] = json.loads(self.body or b"{}")
        return told


class AwsFailed(Exception):
    """A call came to nothing. `code` is AWS's or ours; it never quotes what was asked (R26)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def passes(self) -> bool:
        """Whether the same call may succeed in a moment."""
        return False


class Silent(AwsFailed):
    """Nobody answers: `NotReached`, `NoAnswer` in time, `Interrupted`, or we have `NoCredentials`."""

    @property
    def passes(self) -> bool:
        """Whether the same call may succeed in a moment."""
        return self.code != "NoCredentials"


_TOO_MUCH = frozenset({"ThrottlingException", "Throttling", "RequestLimitExceeded"})


class Refused(AwsFailed):
    """The service answers with an error. `told` is what it says beside the code."""

    def __init__(self, status: int, code: str, told: Mapping[str, Any]) -> None:
        super().__init__(code)
        self.status, self.told = status, told

    @property
    def passes(self) -> bool:
        """Whether the same call may succeed in a moment. Some services say 400 when too much is asked of them."""
        too_much = self.status == HTTPStatus.TOO_MANY_REQUESTS or self.code in _TOO_MUCH
        return too_much or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


def refused(answer: Answer) -> Refused:
    """The error in an answer, which names itself in a header, in JSON, in XML (S3's), or only by its status."""
    told = _told(answer)
    named = answer.headers.get("x-amzn-errortype") or told.get("__type") or _code(answer)
    named = named or http.client.responses.get(answer.status, str(answer.status))
    return Refused(answer.status, str(named).partition(":")[0].rpartition("#")[2], told)


def _code(answer: Answer) -> str:
    found = _XML.search(answer.body)
    return found[1].decode() if found else ""


def _told(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
