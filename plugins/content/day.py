"""Days, as everybody but computers would write them differently: year, month, day."""

import re
from datetime import date

from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@accepts(text_like(_ISO.pattern, "2026-12-01") | {"type": "string"})
def day(node: Node, report: Report) -> str | None:
    """A reader of days such as `2026-12-01` (ISO 8601)."""
    written = line(node, report)
    if written is None:
        return None
    if _ISO.fullmatch(written) is None:
        return report.wrong(node, f"{written!r} is no day; write year, month and day, like 2026-12-01")
    try:
        date.fromisoformat(written)
    except ValueError:
        return report.wrong(node, f"{written!r} is in no calendar; look at its month and its day")
    return written
