"""Ways to write to a person, and the addresses that open them."""

import re

from functions.shop.settings import Channel
from plugins.content.fault import Report
from plugins.content.fields import Record, needed
from plugins.content.shape import accepts, text_like
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_EMAIL = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\".]+(?:\.[^@\s<>,;:\".]+)+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()/.\-]{4,30}", re.ASCII)
_ADDRESS = re.compile(
    r"https://[^\s/?#<>\"'\\@]+\.[^\s<>\"'\\]+|mailto:[^\s<>\"'\\?]+@[^\s<>\"'\\]+|tel:\+?[0-9.()-]{5,30}"
)


@accepts(text_like(_EMAIL.pattern, "hello@ternandgale.example"))
def email(node: Node, report: Report) -> str | None:
    """A reader of e-mail addresses."""
    written = line(node, report)
    if written is None or _EMAIL.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no e-mail address; write it like hello@ternandgale.example")


@accepts(text_like(_PHONE.pattern, "+353 20 912 3456"))
def phone(node: Node, report: Report) -> str | None:
    """A reader of telephone numbers."""
    written = line(node, report)
    if written is None or _PHONE.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no telephone number; write it like +353 20 912 3456")


@accepts(text_like(_ADDRESS.pattern, "https://signal.me/#p/+353209123456"))
def address(node: Node, report: Report) -> str | None:
    """A reader of addresses that a browser, a mail program or a telephone opens, and nothing else."""
    written = line(node, report)
    if written is None or _ADDRESS.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} cannot be opened; write it in full, with https://, mailto: or tel:")


class ChannelFields(Record):
    """One way to write."""

    name = needed(line, "write name: as shoppers know it, like Signal")
    url = needed(address, "write url: and what it opens, like https://signal.me/#p/+353209123456")


def channel(fields: ChannelFields) -> Channel:
    """The channel of fields that have no fault."""
    return Channel(fields.name, fields.url)
