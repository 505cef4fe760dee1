"""tax.yaml: the one rate that every price includes."""

import re
from enum import StrEnum

from functions.shop.tax import Tax
from plugins.content.fault import Report
from plugins.content.fields import Record, needed
from plugins.content.folder import table_of
from plugins.content.shape import accepts, text_like
from plugins.content.values import choice, line
from plugins.content.yaml_nodes import Node

_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))? ?%?", re.ASCII)
_WHOLE = 100_00


class Prices(StrEnum):
    """What a price says about tax."""

    INCLUSIVE = "inclusive"


@accepts(text_like(_PERCENT.pattern, "23", "13.5") | {"minimum": 0, "maximum": 100})
def percent(node: Node, report: Report) -> int | None:
    """A reader of rates such as `23` or `13.5`, in hundredths of a percent."""
    written = line(node, report)
    match = _PERCENT.fullmatch(written or "")
    rate = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None
    if written is not None and (rate is None or rate > _WHOLE):
        return report.wrong(node, f"{written!r} is no rate from 0 to 100 percent; write it like 23 or 13.5")
    return rate


class TaxFields(Record):
    """Everything that may stand in tax.yaml."""

    name = needed(line, "write name: and what the tax is called, like VAT")
    rate = needed(percent, "write rate: and the percentage, like 23")
    prices = needed(choice(Prices), "write prices: inclusive")


def read_tax(report: Report) -> Tax | None:
    """The tax of tax.yaml; None when it has a fault."""
    table, faults = table_of(report), len(report.faults)
    fields = TaxFields(table, report) if table else None
    return Tax(fields.name, fields.rate) if fields and len(report.faults) == faults else None
