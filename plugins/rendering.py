"""Rendering: the theme's templates with the site at hand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from functions.shop.money import amount_text, format_amount
from functions.shop.settings import Settings
from plugins.assets import SCRIPT, STYLE, Assets
from plugins.site import Collection, Page, Site


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says about itself to browsers and search engines. Addresses are absolute; texts may be empty."""

    title: str
    description: str = ""
    canonical: str = ""
    image: str = ""
    kind: str = "website"
    json_ld: str = ""
    robots: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: menus, and where style and scripts are."""

    url: str
    collections: list[Collection]
    header_pages: list[Page]
    footer_pages: list[Page]
    css: str
    js: str
    year: int
    assets: Assets

    def asset(self, name: str) -> str:
        """Where a file of theme/static is published."""
        return self.assets.address(name)


def make_frame(site: Site, assets: Assets, url: str) -> Frame:
    """The frame of a site that is published at `url`."""
    return Frame(
        url=url,
        collections=site.collections,
        header_pages=site.header_pages,
        footer_pages=site.footer_pages,
        css=assets.address(STYLE),
        js=assets.address(SCRIPT),
        year=datetime.now(UTC).year,
        assets=assets,
    )


def make_environment(templates: Path, settings: Settings, **shared: Any) -> Environment:
    """Jinja as the theme expects it: escaping on, and a name that is missing is an error, not a gap."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["money"] = lambda minor: format_amount(minor, settings.money)
    environment.filters["amount"] = lambda minor: amount_text(minor, settings.currency)
    environment.globals |= {"shop": settings, **shared}
    # It is the same on every page, so it is made once.
    footer = environment.from_string('{% from "parts/footer.html" import footer %}{{ footer() }}').render()
    environment.globals["footer"] = Markup(footer)  # noqa: S704 (a template made it, so it is escaped already)
    return environment
