"""How the shop's locale writes days, taken from CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from functions.shop.day import DayFormat

if TYPE_CHECKING:
    from babel import Locale

_PIECE = re.compile(r"'([^']*)'|([A-Za-z])\2*|.", re.DOTALL)
_GAPS = {
    **dict.fromkeys(("E", "EEE", "EEEE", "ccc"), "{E}"),
    **dict.fromkeys(("MMM", "LLL", "MMMMM"), "{MMM}"),
    **{name: f"{{{name}}}" for name in ("d", "dd", "M", "MM", "MMMM", "y")},
}


def day_format(locale: Locale) -> DayFormat:
    """How days are written in `locale`, with Western digits in the Gregorian calendar.

    Simplified against CLDR: weekdays, and the months of two days, are always short; the thin spaces around a dash are
    ordinary ones.
    """
    days, months = locale.days["format"], locale.months["format"]
    spans = locale.interval_formats["MMMEd"]
    return DayFormat(
        weekdays=tuple(_short(days, "Tue")[day] for day in range(7)),
        months=tuple(_short(months, "M01")[month] for month in range(1, 13)),
        whole_months=tuple(months["wide"][month] for month in range(1, 13)),
        whole=_pattern(locale.date_formats["long"].pattern, locale),
        within=_span(spans["d"], locale),
        across=_span(spans["M"], locale),
    )


def _short(names: Mapping[str, Mapping[int, str]], unsaid: str) -> Mapping[int, str]:
    """The short names; where CLDR has none, as in Arabic, Babel gives those of no language, and whole ones serve."""
    lacking = names["abbreviated"][1] == unsaid and names["wide"][1] != "Tuesday"
    return names["wide" if lacking else "abbreviated"]


def _span(patterns: list[str], locale: Locale) -> tuple[str, str]:
    begins, ends = (_pattern(pattern, locale).replace("{MMMM}", "{MMM}") for pattern in patterns)
    return begins, ends


def _pattern(pattern: str, locale: Locale) -> str:
    """A pattern of CLDR with its gaps in braces."""
    return "".join(_piece(piece, locale) for piece in _PIECE.finditer(pattern)).replace("\N{THIN SPACE}", " ")


def _piece(piece: re.Match[str], locale: Locale) -> str:
    if piece[1] is not None:
        return piece[1] or "'"
    if piece[0] == "G":
        return str(locale.eras["abbreviated"][1])
    return _GAPS[piece[0]] if piece[2] else piece[0]
