"""Pages made by functions: a fragment from the theme, poured into the release's empty page, so all look alike."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape
from werkzeug.wrappers import Request, Response

from functions.ports import Release
from functions.shop.money import amount_text, format_amount

FRAGMENT = "X-Pouch-Fragment"  # a request with this header gets the fragment alone, for script to swap in


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the templates in one folder."""

    environment: Environment

    def fragment(self, release: Release, template: str, **context: Any) -> str:
        """A template's text, with the shop's facts at hand."""
        return self.environment.get_template(template).render(shop=release.settings, **context)

    def page(
        self,
        request: Request,
        release: Release,
        template: str,
        *,
        title: str,
        count: int = 0,
        status: int = 200,
        **context: Any,
    ) -> Response:
        """A whole page, or its fragment when the request asks for that. Never kept by any cache."""
        body = self.fragment(release, template, title=title, **context)
        if FRAGMENT not in request.headers:
            body = _poured(release.chrome, title=f"{title} · {release.settings.name}", main=body, count=count)
        response = Response(body, status, mimetype="text/html")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = FRAGMENT
        return response


def pages(*folders: Path) -> Pages:
    """Pages from template folders; where several hold a template, the first one counts."""
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"money": _money, "amount": _amount, "when": _when, "clock": _clock}
    return Pages(environment)


def _poured(chrome: str, *, title: str, main: str, count: int) -> str:
    """The empty page with its gaps filled. The content goes in last, so that nothing in it is taken for a gap."""
    page = chrome.replace("<!--pouch:title-->", str(escape(title)), 1)
    page = page.replace("<!--pouch:head-->", Markup('<meta name="robots" content="noindex">'), 1)
    page = page.replace("<!--pouch:cart-count-->", str(count) if count else "", 1)
    return page.replace("<!--pouch:main-->", main, 1)


@pass_context
def _money(context: Context, minor: int) -> str:
    return format_amount(minor, context["shop"].money)


@pass_context
def _amount(context: Context, minor: int) -> str:
    return amount_text(minor, context["shop"].currency)


@pass_context
def _when(context: Context, moment: int) -> str:
    local = _local(context, moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


@pass_context
def _clock(context: Context, moment: int) -> str:
    return f"{_local(context, moment):%H:%M}"


def _local(context: Context, moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(context["shop"].time_zone))
