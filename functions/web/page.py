"""Pages made by functions: a fragment from the theme, poured into the release's empty page, so all look alike."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from functions.language import words_in
from functions.ports import Release
from functions.shop.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from werkzeug.wrappers import Request, Response

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
        request: "Request",
        release: Release,
        template: str,
        *,
        title: str,
        count: int = 0,
        status: int = 200,
        styles: Sequence[str] = (CART_STYLE,),
        **context: Any,
    ) -> "Response":
        """A whole page, or its fragment when the request asks for that. Never kept by any cache.

        `styles` are style sheets of the theme that this page needs beside the one of all pages.
        """
        from werkzeug.wrappers import Response  # noqa: PLC0415 (what only writes mails answers nobody)

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

    def _environment(self, release: Release) -> "Environment":
        """Jinja with the facts of a release; made anew when another release is in force."""
        from functions.web.templates import environment  # noqa: PLC0415 (a webhook seldom shows anything)

        made = self._made
        if made is None or made[0] != release.id:
            made = self._made = (release.id, environment(self._folders, release.settings))
        return made[1]


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
