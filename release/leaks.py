"""Leaks: secrets in what is about to be published (R33)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_KINDS = {
    "a secret key of Stripe": re.compile(rb"\b[sr]k_(?:live|test)_[0-9A-Za-z]{10,}"),
    "a webhook secret of Stripe": re.compile(rb"\bwhsec_[0-9A-Za-z+/]{16,}"),
    "an access key of AWS": re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a secret of AWS": re.compile(rb"(?i)aws_secret_access_key\W{1,5}[0-9A-Za-z/+]{40}"),
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a token of GitHub": re.compile(rb"\bgh[pousr]_[0-9A-Za-z]{36,}"),
}
SHORTEST = 8  # characters of a secret of the shop's own that is looked for; less stands anywhere by chance


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in a file. It is never shown, only where it is."""

    name: str
    line: int
    kind: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: this looks like {self.kind}; take it out, and have a new one made"


def find_leaks(name: str, content: bytes, own: Collection[str] = ()) -> list[Leak]:
    """Every secret in a file; `own` are the shop's, which are found however they look."""
    return [Leak(name, content.count(b"\n", 0, at) + 1, kind) for at, kind in sorted(_found(content, own))]


def _found(content: bytes, own: Collection[str]) -> Iterator[tuple[int, str]]:
    for kind, pattern in _KINDS.items():
        yield from ((match.start(), kind) for match in pattern.finditer(content))
    for secret in own:
        at = content.find(secret.encode()) if len(secret) >= SHORTEST else -1
        if at >= 0:
            yield at, "a secret of this shop"
