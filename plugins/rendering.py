"""Rendering: the theme's templates with the site at hand."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from functions.shop.money import amount_text, format_amount
from functions.shop.settings import Settings
from plugins import signals
from plugins.assets import SCRIPT, STYLE, Assets
from plugins.closures import notices, to_come
from plugins.site import Site
from plugins.slug import facet_slug
from plugins.views import Collection as ProductCollection
from plugins.views import Page

GAPS = ("<!--pouch:title-->", "<!--pouch:head-->", "<!--pouch:cart-count-->", "<!--pouch:main-->")
"""What a frame leaves open, in this order; functions fill them as the build does (functions/web/page.py)."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says about itself to browsers and search engines. Addresses are absolute; texts may be empty.

    `styles` and `scripts` are files of theme/static that this page needs beside those that every page has.
    `alternates` are the same in other formats, as (media type, path).
    """

    title: str
    description: str = ""
    canonical: str = ""
    image: str = ""
    kind: str = "website"
    json_ld: str = ""
    robots: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: menus, and where style and scripts are."""

    url: str
    collections: list[ProductCollection]
    header_pages: list[Page]
    footer_pages: list[Page]
    css: str
    js: str
    today: str
    assets: Assets

    @property
    def year(self) -> str:
        """The year of the build."""
        return self.today[:4]

    @property
    def ground(self) -> dict[str, str]:
        """The colour of the page, on a light screen and on a dark one."""
        tokens = self.assets.tokens()
        return {"light": tokens.light["paper"], "dark": tokens.dark["paper"]}

    def asset(self, name: str) -> str:
        """Where a file of theme/static is published."""
        return self.assets.address(name)


def make_frame(site: Site, assets: Assets, url: str, today: str) -> Frame:
    """The frame of a site that is published at `url`; `today` is the day in the shop's time zone (ISO 8601)."""
    return Frame(
        url=url,
        collections=site.collections,
        header_pages=site.header_pages,
        footer_pages=site.footer_pages,
        css=assets.address(STYLE),
        js=assets.address(SCRIPT),
        today=today,
        assets=assets,
    )


def make_environment(templates: Path, settings: Settings, locale: str = "en", **shared: Any) -> Environment:
    """Jinja as the theme expects it: escaping on, and a name that is missing is an error, not a gap.

    The same amounts and days stand on many pages, so each is written once.
    """
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["money"] = cache(lambda minor: format_amount(minor, settings.money))
    environment.filters["amount"] = lambda minor: amount_text(minor, settings.currency)
    environment.filters["date"] = cache(lambda day: _long_date(date.fromisoformat(day), locale))
    environment.filters["day"] = cache(lambda day: _short_date(date.fromisoformat(day), locale))
    environment.filters["listed"] = cache(lambda names: _listed(names, locale))
    environment.filters["notices"], environment.filters["to_come"] = notices, to_come
    environment.filters["facets"] = cache(lambda facets: " ".join(facet_slug(*facet) for facet in facets))
    environment.globals |= {"shop": settings, **shared}
    return environment


# Few pages show a date or a list, and what writes them takes a while to load.
def _long_date(day: date, locale: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "long", locale)


def _short_date(day: date, locale: str) -> str:
    """Such as `Tue 24 Nov`."""
    from babel.dates import format_skeleton  # noqa: PLC0415

    return " ".join(format_skeleton(form, day, locale=locale) for form in ("E", "MMMd"))


def _listed(names: tuple[str, ...], locale: str) -> str:
    """Such as `Ireland, France and Spain`."""
    from babel.lists import format_list  # noqa: PLC0415

    return format_list(names, locale=locale) if names[1:] else names[0]


class Cards:
    """The products of a site as they stand among others, each made once."""

    def __init__(self, environment: Environment, site: Site) -> None:
        self._card = environment.get_template("parts/card.html").module.card  # type: ignore[attr-defined]
        self._products = {product.slug: product for product in site.products}
        self._made: dict[str, Markup] = {}

    def of(self, slugs: Iterable[str]) -> tuple[Markup, ...]:
        """The cards of these products, in this order."""
        return tuple(self._one(slug) for slug in slugs)

    def _one(self, slug: str) -> Markup:
        if slug not in self._made:
            self._made[slug] = self._card(self._products[slug])
        return self._made[slug]


class Frames:
    """The page around a page's content, made once for each place in the menu and then only filled."""

    def __init__(self, environment: Environment, menu: Collection[str]) -> None:
        self._template, self._menu = environment.get_template("frame.html"), menu
        self._head = environment.get_template("parts/head.html").module.head  # type: ignore[attr-defined]
        self._cut: dict[str, list[str]] = {}

    def text(self, here: str = "") -> str:
        """The frame with its gaps (`GAPS`) open. `here` is the path of the page it is for."""
        return self._template.render(here=here if here in self._menu else "")

    def page(self, meta: Meta, main: str, address: str = "") -> str:
        """A whole page: `main` is its content, `address` where it will be."""
        here = address if address in self._menu else ""
        if here not in self._cut:
            self._cut[here] = _GAP.split(self.text(here))
        start, head, body, rest, end = self._cut[here]
        html = f"{start}{escape(meta.title)}{head}{self._head(meta)}{body}{rest}{main}{end}"
        return signals.about_to_write(html, address)


_GAP = re.compile("|".join(GAPS))
