"""A journal post: its fields, and the post they make."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from plugins.content.picture import ImageSource


@dataclass(frozen=True, slots=True)
class PostSource:
    """A post of the journal as its owner wrote it. `date` is ISO 8601; `embeds` are the SKUs that stand in the body."""

    path: Path
    slug: str
    title: str
    summary: str
    date: str
    image: ImageSource | None
    body: Markup
    embeds: tuple[str, ...] = ()
