"""Jinja as functions use it: in the shop's language, with its facts and its ways to write amounts and days."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2.environment import Environment
from jinja2.loaders import BaseLoader, ChoiceLoader, FileSystemLoader, ModuleLoader
from jinja2.runtime import StrictUndefined
from jinja2.utils import select_autoescape

from functions.language import Words, words_in
from functions.language.templates import speak
from functions.shop.address_text import address_lines, place_lines
from functions.shop.day import DayFormat, day_text, days_text, local_time
from functions.shop.money import amount_text, format_amount, percent_text
from functions.shop.order import Order
from functions.shop.promise_text import arrival_text, arrived_text, pickup_text, ready_text
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings

COMPILED = "compiled"
"""The folder, in the first one of templates, with what they became in a language: packages have it, to start sooner."""


def environment(folders: tuple[Path, ...], settings: Settings) -> Environment:
    """Jinja for a shop. Sentences for shoppers come out in its language as well."""
    words = words_in(settings.language)
    made = spoken(_loader(folders, words.language), words)
    zone = ZoneInfo(settings.time_zone)
    made.globals["shop"] = settings
    made.filters |= {
        "money": lambda minor: format_amount(minor, settings.money),
        "address": lambda where: address_lines(where, settings.countries),
        "place": lambda where: place_lines(where, settings.countries),
        "percent": lambda rate: percent_text(rate, settings.money.decimal),
        "amount": lambda minor: amount_text(minor, settings.currency),
        "when": lambda moment: _when(datetime.fromtimestamp(moment, zone), settings.days),
        "on": lambda moment: day_text(local_time(moment, settings.time_zone)[:10], settings.days),
        "day": lambda day: days_text(day, day, settings.days),
        "clock": lambda moment: f"{datetime.fromtimestamp(moment, zone):%H:%M}",
        "arrival": lambda choice, now: (pickup_text if choice.pickup else arrival_text)(
            choice.promise, now, settings.days
        ),
        "promised": lambda order: days_text(order.arrives_from, order.arrives_to, settings.days),
        "arrived": lambda order: _arrived(order, settings.days),
    }
    return made


def spoken(loader: BaseLoader, words: Words) -> Environment:
    """What of it decides what templates become when they are compiled."""
    made = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=words.tell,
    )
    speak(made, words)
    return made


def _loader(folders: tuple[Path, ...], language: str) -> BaseLoader:
    """The templates; compiled ones first, where there are some in this language."""
    written, compiled = FileSystemLoader(folders), folders[0] / COMPILED / language
    return ChoiceLoader([ModuleLoader(compiled), written]) if compiled.is_dir() else written


def _when(moment: datetime, form: DayFormat) -> str:
    return f"{day_text(moment.date().isoformat(), form)}, {moment:%H:%M}"


def _arrived(order: Order, form: DayFormat) -> Sentence:
    """When what was ordered arrives, as it was promised."""
    if order.shipping and order.shipping.pickup:
        return ready_text(order.arrives_to, form)
    return arrived_text(order.arrives_from, order.arrives_to, form)
