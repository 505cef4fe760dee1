"""Who stands behind a product, and what can go wrong with it: regulation (EU) 2023/988, article 19."""

from typing import NamedTuple

from plugins.content.fields import Record, items, optional
from plugins.content.values import line, prose


class SafetyFields(Record):
    """Everything that may stand in a product's safety block."""

    maker = optional(prose, "")
    importer = optional(prose, "")
    warnings = optional(items(line, "[Not for children under three]"), ())


class MakerFields(Record):
    """What the shop says once for every product that does not say otherwise."""

    maker = optional(prose, "")
    importer = optional(prose, "")


class Safety(NamedTuple):
    """What the law wants on the page: who made it, who brought it into the EU, and warnings."""

    maker: str = ""
    importer: str = ""
    warnings: tuple[str, ...] = ()


UNSAID = Safety()


def usual_safety(fields: MakerFields | None) -> Safety:
    """The shop's own words."""
    return Safety(fields.maker, fields.importer) if fields else Safety()


def safety(fields: SafetyFields | None, usual: Safety) -> Safety:
    """A product's words, and the shop's where it has none. The shop's importer goes with the shop's maker only."""
    if fields is None:
        return usual
    importer = fields.importer or ("" if fields.maker else usual.importer)
    return Safety(fields.maker or usual.maker, importer, fields.warnings)
