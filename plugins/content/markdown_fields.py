"""The part of shop.yaml that says how Markdown is read."""

from plugins.content.fields import Record, items, optional, perhaps
from plugins.content.markdown import USUAL, EngineName, MarkdownSettings, extensions_of
from plugins.content.suggestion import did_you_mean
from plugins.content.values import choice, line, yes_or_no


class MarkdownFields(Record):
    """Everything that may stand below `markdown:`."""

    engine = optional(choice(EngineName), EngineName.COMRAK)
    extensions = perhaps(items(line, "[table, footnotes]"))
    raw_html = optional(yes_or_no, blank=False)


def report_extensions(fields: MarkdownFields) -> None:
    """Report each extension that the engine does not have."""
    known = extensions_of(fields.engine)
    for named in fields.references("extensions"):
        if named.name not in known:
            sentence = f"{fields.engine} has no extension {named.name!r}; {did_you_mean(named.name, known)}"
            fields.report.of(named.field).wrong(named, sentence)


def markdown_settings(fields: MarkdownFields | None) -> MarkdownSettings:
    """The settings of fields; what has a fault counts as left out."""
    if fields is None:
        return USUAL
    extensions = fields.extensions if fields.has("extensions") and _are_known(fields) else None
    return MarkdownSettings(fields.engine, extensions, fields.raw_html)


def _are_known(fields: MarkdownFields) -> bool:
    return extensions_of(fields.engine).issuperset(fields.extensions or ())
