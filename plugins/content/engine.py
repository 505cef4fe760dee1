"""What a Markdown engine is to the content: a text goes in, HTML and what does not suit a page come out."""

from typing import NamedTuple, Protocol

from plugins.content.fault import Position


class Found(NamedTuple):
    """A tag or an attribute (`onclick=`) that cannot stand in a text, and where in the text it is."""

    name: str
    at: Position


class Rendered(NamedTuple):
    """A text as HTML that can do no harm, and what the owner must take out of it all the same."""

    html: str
    unsuitable: tuple[Found, ...] = ()


class Engine(Protocol):
    """Renders Markdown. Made once for a build; its options do not change."""

    def render(self, text: str) -> Rendered:
        """The text as HTML. Links to script or data have lost their address."""
