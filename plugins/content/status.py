"""Who sees a product."""

from enum import StrEnum


class Status(StrEnum):
    """Who sees a product: everybody, whoever knows its address, or only its owner."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"
