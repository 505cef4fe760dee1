"""Leaks: secrets in what is about to be published (R33)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_KINDS = (
    ("a secret key of Stripe", b"k_live_ k_test_", rb"(?<![0-9A-Za-z])[sr]k_(?:live|test)_[0-9A-Za-z]{10,}"),
    ("a webhook secret of Stripe", b"whsec_", rb"(?<![0-9A-Za-z])whsec_[0-9A-Za-z+/]{16,}"),
    ("an access key of AWS", b"AKIA ASIA", rb"(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])"),
    ("a secret of AWS", b"SECRET Secret secret", rb"(?i)secret_?access_?key\W{1,5}[0-9A-Za-z/+]{40}"),
    ("a private key", b"PRIVATE", rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    ("a token of GitHub", b"ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", rb"(?:gh[pousr]|github_pat)_[0-9A-Za-z_]{36,}"),
)
_PATTERNS = tuple((kind, marks.split(), re.compile(pattern)) for kind, marks, pattern in _KINDS)
"""Each with what stands in all of its kind: to look for that first is twenty times as fast."""
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
    for kind, marks, pattern in _PATTERNS:
        if any(mark in content for mark in marks):
            yield from ((match.start(), kind) for match in pattern.finditer(content))
    for secret in own:
        at = content.find(secret.encode()) if len(secret) >= SHORTEST else -1
        if at >= 0:
            yield at, "a secret of this shop"
