"""Advice: something in the content that may stand, and over which a shopper or a search engine would stumble."""

from pathlib import Path
from typing import NamedTuple, Protocol

from markupsafe import Markup

from plugins.advice.aspect import Aspect

Route = tuple[str | int, ...]
"""The way to a value in a file: `("images", 1, "alt")` is the second picture's alt text, `("text", "/faq/")` the place
in the text where `/faq/` stands."""


class Advice(NamedTuple):
    """One thing that could be better: `sentence` says what is doubtful, and what to write.

    `aspect` is what a shopper is not told because of it, if anything.
    """

    path: Path
    route: Route
    sentence: str
    aspect: Aspect | None = None

    @property
    def field(self) -> str:
        """The field that is meant, as the owner knows it."""
        if self.route[0] == "text":
            return "text"
        return next(step for step in reversed(self.route) if isinstance(step, str))


class Written(Protocol):
    """Anything with an address that has a title, a summary and a text."""

    @property
    def path(self) -> Path: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def body(self) -> Markup: ...
