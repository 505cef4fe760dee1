"""Leaks: secrets in what is about to be published (R33)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_NAMED = (
    ("a secret key of Stripe", rb"(?<![0-9A-Za-z])[sr]k_(?:live|test)_[0-9A-Za-z]{10,}"),
    ("a webhook secret of Stripe", rb"(?<![0-9A-Za-z])whsec_[0-9A-Za-z+/]{16,}"),
    ("a token of GitHub", rb"(?:gh[pousr]|github_pat)_[0-9A-Za-z_]{36,}"),
)
_NAMES = re.compile(rb"_(?:(?<=k_)(?:live|test)_|(?<=whsec_)|(?<=gh[pousr]_)|(?<=github_pat_))")
"""What stands in all of these. It is looked for from its underscore on, which is rare, in the time of a single mark."""
_MARKED = (
    ("an access key of AWS", b"AKIA ASIA", rb"(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])"),
    ("a secret of AWS", b"ECRET ecret", rb"(?i)secret_?access_?key\W{1,5}[0-9A-Za-z/+]{40}"),
    ("a private key", b"PRIVATE", rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
)
"""Each with what stands in all of its kind: to look for that first is twenty times as fast."""
_NAMED_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _NAMED)
_MARKED_KINDS = tuple((kind, marks.split(), re.compile(pattern)) for kind, marks, pattern in _MARKED)
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
    for kind, pattern in _likely(content):
        yield from ((match.start(), kind) for match in pattern.finditer(content))
    for secret in own:
        at = content.find(secret.encode()) if len(secret) >= SHORTEST else -1
        if at >= 0:
            yield at, "a secret of this shop"


def _likely(content: bytes) -> Iterator[tuple[str, re.Pattern[bytes]]]:
    """The kinds that may be there."""
    if _NAMES.search(content):
        yield from _NAMED_KINDS
    for kind, marks, pattern in _MARKED_KINDS:
        if any(mark in content for mark in marks):
            yield kind, pattern
