"""Pages made by functions: a fragment from the theme, poured into the release's empty page, so all look alike."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from werkzeug.wrappers import Request, Response

from functions.language import words_in
from functions.language.templates import speak
from functions.ports import Release
from functions.shop.address_text import address_lines, place_lines
from functions.shop.day import DayFormat, day_text, days_text, local_time
from functions.shop.money import amount_text, format_amount, percent_text
from functions.shop.order import Order
from functions.shop.promise_text import arrival_text, arrived_text, pickup_text, ready_text
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings

CART_STYLE = "css/cart.css"
FRAGMENT = "X-Pouch-Fragment"  # a request with this header gets the fragment alone, for script to swap in


class Pages:
    """Renders the templates in `folders`; where several hold a template, the first one counts."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._made: tuple[str, Environment] | None = None

    def fragment(self, release: Release, template: str, **context: Any) -> str:
        """A template's text, with the shop's facts at hand."""
        return self._environment(release).get_template(template).render(**context)

    def page(
        self,
        request: Request,
        release: Release,
        template: str,
        *,
        title: str,
        count: int = 0,
        status: int = 200,
        styles: Sequence[str] = (CART_STYLE,),
        **context: Any,
    ) -> Response:
        """A whole page, or its fragment when the request asks for that. Never kept by any cache.

        `styles` are style sheets of the theme that this page needs beside the one of all pages.
        """
        title = str(words_in(release.settings.language).tell(title))
        body = self.fragment(release, template, title=title, **context)
        sheets = [release.assets[style] for style in styles if style in release.assets]
        if FRAGMENT in request.headers:
            body = f"{_links(sheets)}{body}"  # the page that it is swapped into may have none of them
        else:
            body = _poured(
                release.chrome,
                title=f"{title} · {release.settings.name}",
                head=_head(title, release.settings, sheets),
                main=body,
                count=count,
            )
        response = Response(body, status, mimetype="text/html")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = FRAGMENT
        return response

    def _environment(self, release: Release) -> Environment:
        """Jinja with the facts of a release; made anew when another release is in force."""
        made = self._made
        if made is None or made[0] != release.id:
            made = self._made = (release.id, _environment(self._folders, release.settings))
        return made[1]


def _environment(folders: tuple[Path, ...], settings: Settings) -> Environment:
    """Jinja in the language of the shop, in which sentences for shoppers come out as well."""
    words = words_in(settings.language)
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=words.tell,
    )
    speak(environment, words)
    zone = ZoneInfo(settings.time_zone)
    environment.globals["shop"] = settings
    environment.filters |= {
        "money": lambda minor: format_amount(minor, settings.money),
        "percent": lambda rate: percent_text(rate, settings.money.decimal),
        "address": lambda where: address_lines(where, settings.countries),
        "place": lambda where: place_lines(where, settings.countries),
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
    return environment


def _when(moment: datetime, form: DayFormat) -> str:
    return f"{day_text(moment.date().isoformat(), form)}, {moment:%H:%M}"


def _arrived(order: Order, form: DayFormat) -> Sentence:
    """When what was ordered arrives, as it was promised."""
    if order.shipping and order.shipping.pickup:
        return ready_text(order.arrives_to, form)
    return arrived_text(order.arrives_from, order.arrives_to, form)


def _head(title: str, settings: Settings, sheets: Sequence[str]) -> Markup:
    """What function pages say about themselves: whose they are, that search engines may leave them out, and styles."""
    described = words_in(settings.language).say(
        "{title} at {shop}, {tagline}", title=title, shop=settings.name, tagline=settings.tagline
    )
    about = Markup('<meta name="description" content="{}">').format(described)
    return about + Markup('<meta name="robots" content="noindex">') + _links(sheets)


def _links(sheets: Sequence[str]) -> Markup:
    return Markup("").join(Markup('<link rel="stylesheet" href="{}">').format(sheet) for sheet in sheets)


def _poured(chrome: str, *, title: str, head: str, main: str, count: int) -> str:
    """The empty page with its gaps filled. The content goes in last, so that nothing in it is taken for a gap."""
    page = chrome.replace("<!--pouch:title-->", str(escape(title)), 1)
    page = page.replace("<!--pouch:head-->", head, 1)
    page = page.replace("<!--pouch:cart-count-->", str(count) if count else "", 1)
    return page.replace("<!--pouch:main-->", main, 1)
