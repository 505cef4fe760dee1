"""Previews: the shops of branches beside the shop, at one address. A cookie says which one a browser looks at."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.http import parse_cookie

from functions.app import App
from functions.shop.errors import NoRelease

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COOKIE = "preview"
SITE = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
MOST = 8  # sites that are kept at hand


class Previews:
    """A WSGI application that hands each request to the site of its cookie, and to `main` if there is no such site.

    `open_site` gives the shop of a site, `mounted` what of it answers here.
    """

    def __init__(self, main: App, open_site: Callable[[str], App], mounted: "Callable[[App], WSGIApplication]") -> None:
        self._main, self._open, self._mounted = mounted(main), open_site, mounted
        self._sites: OrderedDict[str, WSGIApplication] = OrderedDict()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = self._site(wanted(environ.get("HTTP_COOKIE", "")))
        return answer(environ, start_response)

    def _site(self, name: str) -> "WSGIApplication":
        if not name:
            return self._main
        if name not in self._sites:
            app = self._open(name)
            try:
                app.catalogue.current()
            except NoRelease:
                return self._main  # not kept: it may be published any moment
            self._sites[name] = self._mounted(app)
        self._sites.move_to_end(name)
        while len(self._sites) > MOST:
            self._sites.popitem(last=False)
        return self._sites[name]


def wanted(cookies: str) -> str:
    """The site that a request's cookies name; empty for none, or for what is no name of one."""
    name = parse_cookie(cookies).get(COOKIE, "")
    return name if SITE.fullmatch(name) else ""
