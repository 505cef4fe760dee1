"""Rendering: the theme's templates with the site at hand."""

import os
import re
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import escape

from functions.language import words_in
from functions.language.templates import speak
from functions.shop.address_text import address_lines
from functions.shop.day import day_text, days_text
from functions.shop.errors import ShopError
from functions.shop.money import amount_text, percent_text
from functions.shop.settings import Settings
from plugins import signals
from plugins.assets import SCRIPT, STYLE, Assets
from plugins.closures import notices, to_come
from plugins.content import ENGLISH, ListFormat, listed
from plugins.once import amounts
from plugins.slug import facet_slug
from plugins.template_code import CompiledTemplates, QuickCode, straight
from plugins.views import Collection as ProductCollection
from plugins.views import Page, Product

GAPS = ("<!--pouch:title-->", "<!--pouch:head-->", "<!--pouch:cart-count-->", "<!--pouch:main-->")
"""What a frame leaves open, in this order; functions fill them as the build does (functions/web/page.py)."""


class Meta(NamedTuple):
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


class ThemeFault(ShopError):
    """A mistake in the theme; as text `file:line: what is wrong`."""


class Frame(NamedTuple):
    """What stands around every page: menus, and where style and scripts are."""

    url: str
    collections: Sequence[ProductCollection]
    header_pages: Sequence[Page]
    footer_pages: Sequence[Page]
    css: str
    js: str
    today: str
    assets: Assets
    has_journal: bool = False

    @property
    def year(self) -> str:
        """The year of the build."""
        return self.today[:4]

    @property
    def ground(self) -> dict[str, str]:
        """The colour of the page, on a light screen and on a dark one."""
        tokens = self.assets.tokens
        return {"light": tokens.light["paper"], "dark": tokens.dark["paper"]}

    def asset(self, name: str) -> str:
        """Where a file of theme/static is published."""
        return self.assets.address(name)


def make_frame(
    collections: Sequence[ProductCollection],
    header_pages: Sequence[Page],
    footer_pages: Sequence[Page],
    assets: Assets,
    url: str,
    today: str,
    *,
    has_journal: bool = False,
) -> Frame:
    """The frame of a site that is published at `url`; `today` is the day in the shop's time zone (ISO 8601)."""
    return Frame(
        url=url,
        collections=collections,
        header_pages=header_pages,
        footer_pages=footer_pages,
        css=assets.address(STYLE),
        js=assets.address(SCRIPT),
        today=today,
        assets=assets,
        has_journal=has_journal,
    )


def make_environment(
    templates: Path, settings: Settings, lists: ListFormat = ENGLISH, *, compiled: Path | None = None, **shared: Any
) -> Environment:
    """Jinja as the theme expects it: escaping on, and a name that is missing is an error, not a gap.

    Templates that were compiled once are kept in the folder `compiled`, if there is one.
    The same amounts and days stand on many pages, so each is written once.
    """
    words = words_in(settings.language)
    environment = Environment(
        loader=FileSystemLoader(templates),
        bytecode_cache=CompiledTemplates(str(compiled), words) if compiled else None,
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.code_generator_class = QuickCode
    speak(environment, words)
    environment.filters["money"] = amounts(settings)
    environment.filters["percent"] = lambda rate: percent_text(rate, settings.money.decimal)
    environment.filters["address"] = lambda where: address_lines(where, settings.countries)
    environment.filters["amount"] = lambda minor: amount_text(minor, settings.currency)
    environment.filters["date"] = cache(lambda day: day_text(day, settings.days))
    environment.filters["day"] = cache(lambda day: days_text(day, day, settings.days))
    environment.filters["listed"] = cache(lambda names: listed(names, lists))
    environment.filters["notices"], environment.filters["to_come"] = notices, to_come
    environment.filters["facets"] = cache(lambda facets: " ".join(facet_slug(*facet) for facet in facets))
    environment.globals |= {"shop": settings, **shared}
    return environment


class Theme:
    """The theme's templates, ready to be filled. A mistake in one of them raises ThemeFault."""

    def __init__(self, environment: Environment, menu: Collection[str]) -> None:
        self._environment, self._menu = environment, menu
        self._templates: dict[str, Template] = {}
        self._parts: dict[tuple[str, int], Callable[..., str]] = {}
        self._cut: dict[str, list[bytes]] = {}

    def render(self, name: str, **context: Any) -> str:
        """A template's text."""
        with theme_faults:
            return self._template(name).render(context)

    def part(self, name: str, *arguments: Any) -> str:
        """What the part `name` makes of its arguments (theme/templates/parts/)."""
        with theme_faults:
            return str(self._part(name, len(arguments))(*arguments))

    def card(self, product: Product) -> str:
        """A product as it stands among others."""
        return self.part("card", product)

    def head(self, meta: Meta) -> str:
        """What a page says about itself."""
        return self.part("head", meta)

    def frame(self, here: str = "") -> str:
        """The frame with its gaps (`GAPS`) open. `here` is the path of the page it is for."""
        return self.render("frame.html", here=here)

    def page(self, meta: Meta, main: str, path: str) -> bytes:
        """A whole page: `main` is its content, `path` where it will be."""
        return self.poured(str(escape(meta.title)).encode(), self.head(meta).encode(), main.encode(), path)

    def poured(self, title: bytes, head: bytes, main: bytes, path: str) -> bytes:
        """A whole page of parts that are HTML already, in UTF-8: they are many, and each text is encoded once."""
        here = path if path in self._menu else ""
        if here not in self._cut:
            self._cut[here] = [piece.encode() for piece in _GAP.split(self.frame(here))]
        start, before_head, body, rest, end = self._cut[here]
        return signals.about_to_write(b"".join((start, title, before_head, head, body, rest, main, end)), path)

    def load(self, *names: str) -> None:
        """Have templates, and the parts that they draw in, ready."""
        with theme_faults:
            for name in names:
                template = self._template(name)
                if name.startswith("parts/"):
                    template.module  # noqa: B018 (it draws in the parts that it uses)

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            template = self._templates[name] = self._environment.get_template(name)
            template.globals = dict(template.globals)  # copied for each page, which takes long as it comes: a ChainMap
        return self._templates[name]

    def _part(self, name: str, count: int) -> Callable[..., str]:
        """What makes a part's text of so many arguments."""
        if (name, count) not in self._parts:
            macro = getattr(self._template(f"parts/{name}.html").module, name)
            self._parts[name, count] = straight(macro, count) or macro
        return self._parts[name, count]


class _ThemeFaults:
    """Turns what Jinja complains about into a ThemeFault."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, TemplateError):
            raise ThemeFault(f"{_place(error)}: {error.message}") from error


theme_faults = _ThemeFaults()


def _place(error: TemplateError) -> str:
    """Where in the theme a mistake is, as file and line, seen from here."""
    places = list(_places(error.__traceback__))
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "theme.html", error.lineno))
    file, line = next((place for place in reversed(places) if place[0].endswith(".html")), ("theme", 1))
    return f"{os.path.relpath(file)}:{line}"


def _places(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    """What was run, as files and lines. Those of a part are lines of its code; Jinja knows where they come from."""
    for frame, line in traceback.walk_tb(trace):
        template = frame.f_globals.get("__jinja_template__")
        yield frame.f_code.co_filename, template.get_corresponding_lineno(line) if template else line


_GAP = re.compile("|".join(GAPS))
