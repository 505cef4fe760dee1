"""Countries by their ISO 3166 codes."""

from functools import cache

from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import did_you_mean
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

# In CLDR's list of territories, but no country: unions, test codes, and parts that have no code of their own in ISO.
_NO_COUNTRY = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
_OFTEN_MEANT = {"UK": "GB", "EL": "GR", "EN": "GB"}


@cache
def country_names() -> dict[str, str]:
    """Every country's English name by its code."""
    from babel import Locale  # noqa: PLC0415 (it loads slowly, and most builds remember what it says)

    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRY}  # noqa: PLR2004


@accepts(text_like("[A-Z]{2}", "IE"))
def country(node: Node, report: Report) -> str | None:
    """A reader of country codes such as `IE`."""
    written = line(node, report)
    if written is None or written in country_names():
        return written
    return report.wrong(node, f"{written!r} is no country code; {_meant(written)}")


def _meant(written: str) -> str:
    code = _OFTEN_MEANT.get(written.upper(), written.upper())
    if code in country_names():
        return f"did you mean {code!r}?"
    codes = {name: code for code, name in country_names().items()}
    suggestion = did_you_mean(written, codes)
    near = next((name for name in codes if repr(name) in suggestion), "") if len(written) > 2 else ""  # noqa: PLR2004
    return f"did you mean {codes[near]!r}?" if near else "write a country's two capital letters, like IE for Ireland"
