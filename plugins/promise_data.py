"""What a page knows of its promise, so that theme/static/js/promise.js can keep it true however old the page is.

The same all year: a page does not change because a day has gone by, and knows at least a year ahead.
"""

from collections.abc import Iterable
from datetime import date

from functions.language import ENGLISH, Words
from functions.shop.day import DayFormat
from functions.shop.promise import PromiseRule
from functions.shop.promise_text import ARRIVES, ARRIVES_IF, HOURS, MINUTES
from functions.shop.working_days import Days

_EPOCH = date(1970, 1, 1)


def promise_data(rule: PromiseRule, form: DayFormat, today: date, words: Words = ENGLISH) -> dict[str, str]:
    """The `data-` attributes of the line that says when something arrives, by their names."""
    until = min(rule.until, f"{today.year + 1}-12-31")
    return {
        "zone": rule.time_zone,
        "rule": _rule(rule, until),
        "closed": _closed(rule, until, today),
        "words": _words(form, words),
    }


def _rule(rule: PromiseRule, until: str) -> str:
    """Minutes of the cut-off; handling and transit; the last day that is known; the release; weekdays from Monday."""
    hours, minutes = rule.dispatch.cut_off.split(":")
    numbers = (int(hours) * 60 + int(minutes), *_span(rule.handling), *_span(rule.transit), _number(until))
    release = _number(rule.release_date) if rule.release_date else 0
    weekdays = ("".join(map(str, days)) for days in (rule.dispatch.packing_days, rule.carrier_days))
    return " ".join(map(str, (*numbers, release, *weekdays)))


def _closed(rule: PromiseRule, until: str, today: date) -> str:
    """Holidays at home, those abroad, closures, and those without orders, each as days before the last one known."""
    years = f"{today.year}-01-01", until
    away = [(one.first, one.last, one.orders) for one in rule.closures if one.last >= years[0] and one.first <= until]
    lists = (
        [(day, day) for day in sorted(rule.home)],
        [(day, day) for day in sorted(rule.abroad - rule.home)],
        [(first, last) for first, last, orders in away if first != last or first not in rule.home],
        [(first, last) for first, last, orders in away if not orders],
    )
    return "/".join(_spans(spans, *years) for spans in lists)


def _spans(spans: Iterable[tuple[str, str]], first: str, until: str) -> str:
    known = ((max(begins, first), min(ends, until)) for begins, ends in spans if begins <= until and ends >= first)
    days = ((_number(until) - _number(begins), _number(until) - _number(ends)) for begins, ends in known)
    return " ".join(str(begins) if begins == ends else f"{begins}-{ends}" for begins, ends in days)


def _words(form: DayFormat, words: Words) -> str:
    sentences = map(words.text, (ARRIVES, ARRIVES_IF, HOURS, MINUTES))
    return "|".join((*sentences, *form.within, *form.across, *form.weekdays, *form.months))


def _span(days: Days) -> tuple[int, int]:
    return days.least, days.most


def _number(day: str) -> int:
    """Days since 1 January 1970."""
    return (date.fromisoformat(day) - _EPOCH).days
