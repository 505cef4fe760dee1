"""What pages know of their promise, so that theme/static/js/promise.js can keep it true however old the page is.

It is one small script for all of them, and the same all year: a page does not change because a day has gone by, and
knows at least a year ahead.
"""

import json
from collections.abc import Iterable
from datetime import date

from functions.language import ENGLISH, Words, words_in
from functions.shop.arrival import rule_for
from functions.shop.day import DayFormat
from functions.shop.parcel import Parcel
from functions.shop.promise import PromiseRule
from functions.shop.promise_text import ARRIVES, ARRIVES_IF, HOURS, MINUTES
from functions.shop.settings import Settings
from functions.shop.shipping import usual_choices
from functions.shop.working_days import Days

_EPOCH = date(1970, 1, 1)


def promise_data(rule: PromiseRule, form: DayFormat, today: date, words: Words = ENGLISH) -> dict[str, str]:
    """What the browser needs to say when something arrives, in few words."""
    until = min(rule.until, f"{today.year + 1}-12-31")
    return {
        "zone": rule.time_zone,
        "rule": _rule(rule, until),
        "closed": _closed(rule, until, today),
        "words": _words(form, words),
    }


def promised_script(settings: Settings, today: date) -> str:
    """The script that holds what is promised for the cheapest way to send something to most of the main market.

    It says nothing where all is collected, or nothing is known.
    """
    country = settings.shipping.main_country
    sent = [choice for choice in usual_choices(settings.shipping, country, Parcel()) if not choice.pickup]
    rule = rule_for(sent[0], settings.shipping.handling, country, settings) if sent else None
    found = promise_data(rule, settings.days, today, words_in(settings.language)) if rule else None
    return f"export const shop = {json.dumps(found, ensure_ascii=False)};\n"


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
