"""Signature Version 4 in a few lines, because importing botocore takes 0.1 s of a cold start. A test holds it against
botocore: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from functions.adapters.aws.credentials import Keys

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Call:
    """A request before it is signed. `path` and `query` are encoded as they are sent, the latter sorted by name."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    query: str = ""

    @property
    def address(self) -> str:
        """The path, and the query when there is one."""
        return f"{self.path}?{self.query}" if self.query else self.path


def signed(call: Call, *, host: str, service: str, region: str, keys: Keys, moment: int) -> dict[str, str]:
    """The headers of a call with its signature, made at that moment (Unix seconds)."""
    stamp = _stamp(moment)
    digest = hashlib.sha256(call.body).hexdigest()
    headers = {
        **{name.lower(): value for name, value in call.headers.items()},
        "host": host,
        "x-amz-date": stamp,
        "x-amz-content-sha256": digest,
        **({"x-amz-security-token": keys.token} if keys.token else {}),
    }
    names = ";".join(sorted(headers))
    lines = (f"{name}:{headers[name]}" for name in sorted(headers))
    asked = "\n".join([call.method, call.path, call.query, *lines, "", names, digest])
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    given = (
        f"Credential={keys.access}/{scope}, SignedHeaders={names}, Signature={_signature(asked, stamp, scope, keys)}"
    )
    return headers | {"authorization": f"{_ALGORITHM} {given}"}


def signed_query(
    path: str, query: Mapping[str, str], *, host: str, service: str, region: str, keys: Keys, moment: int, lasts: int
) -> str:
    """A query with which anybody may GET the path, from that moment (Unix seconds) on and for so many seconds. The path
    is encoded as it is sent; `query` is not.
    """
    stamp = _stamp(moment)
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    parts = {
        **query,
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{keys.access}/{scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(lasts),
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": keys.token} if keys.token else {}),
    }
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in sorted(parts.items()))
    asked = "\n".join(["GET", path, text, f"host:{host}", "", "host", "UNSIGNED-PAYLOAD"])
    return f"{text}&X-Amz-Signature={_signature(asked, stamp, scope, keys)}"


def _stamp(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y%m%dT%H%M%SZ}"


def _signature(asked: str, stamp: str, scope: str, keys: Keys) -> str:
    text = "\n".join([_ALGORITHM, stamp, scope, hashlib.sha256(asked.encode()).hexdigest()])
    return _mac(_key(keys.secret, scope), text).hex()


@lru_cache(maxsize=4)
def _key(secret: str, scope: str) -> bytes:
    """The key of a day, a region and a service."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
