"""Where and how people live: time zones, currencies, languages and how they are written."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from functions.language import LANGUAGES
from plugins.content.fault import Report
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import did_you_mean, one_of
from plugins.content.values import line
from plugins.content.yaml_nodes import Node

if TYPE_CHECKING:
    from babel import Locale


def time_zone(node: Node, report: Report) -> str | None:
    """A reader of time zones such as `Europe/Dublin`."""
    written = line(node, report)
    if written is None or _is_at_hand(written) or written in _time_zones():
        return written
    return report.wrong(node, f"{written!r} is no time zone; {did_you_mean(written, _time_zones())}")


@accepts(text_like("[A-Z]{3}", "EUR"))
def currency(node: Node, report: Report) -> str | None:
    """A reader of currencies such as `EUR`."""
    written = line(node, report)
    known = _english().currencies.keys()
    if written is None or written in known:
        return written
    meant = f"did you mean {written.upper()!r}?" if written.upper() in known else "write its three letters, like EUR"
    return report.wrong(node, f"{written!r} is no currency; {meant}")


@accepts(text_like("[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]+)*", "en_IE"))
def locale(node: Node, report: Report) -> str | None:
    """A reader of locales such as `en_IE`; a hyphen is understood too."""
    written = line(node, report)
    name = (written or "").replace("-", "_")
    known = _locales()
    if written is None or name in known:
        return written and name
    return report.wrong(node, f"{written!r} is no locale; {did_you_mean(name, known)}")


def locale_for(language: str, country: str) -> str:
    """The locale of a language in a country, or where most people speak it."""
    from babel.core import get_global  # noqa: PLC0415 (as below)
    from babel.localedata import exists  # noqa: PLC0415

    there = f"{language}_{country}"
    usual = get_global("likely_subtags").get(language, language).split("_")
    return there if exists(there) else f"{usual[0]}_{usual[-1]}"


@accepts({"enum": sorted(LANGUAGES)})
def language(node: Node, report: Report) -> str | None:
    """A reader of the languages in which the shop has words of its own, such as `en`."""
    written = line(node, report)
    if written is None or written in LANGUAGES:
        return written
    known = one_of(sorted(LANGUAGES))
    name = _english().languages.get(written)
    if name is None:
        return report.wrong(node, f"{written!r} is no language; write {known}")
    return report.wrong(node, f"{written!r} is {name}, in which the shop has no words of its own yet; write {known}")


@cache
def _english() -> Locale:
    from babel import Locale  # noqa: PLC0415 (it loads slowly, and most builds remember what it says)

    return Locale("en")


@cache
def _locales() -> frozenset[str]:
    from babel.localedata import locale_identifiers  # noqa: PLC0415

    return frozenset(locale_identifiers())


def _is_at_hand(zone: str) -> bool:
    """Whether the system's folder has it, spelt so: to list all of them opens six hundred files."""
    path = PurePosixPath(zone)
    with suppress(OSError, ValueError, ZoneInfoNotFoundError):
        ZoneInfo(zone)  # it is a time zone; on some systems it would be found by other spellings, too
        steps = (path, *path.parents[:-1])
        return path.parts[0] not in _OTHER_KINDS and any(
            all(step.name in os.listdir(Path(root, step.parent)) for step in steps)  # noqa: PTH208 (names are enough)
            for root in TZPATH
        )
    return False


_OTHER_KINDS = {"posix", "right", "posixrules"}  # the same zones once more, with leap seconds and without


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
