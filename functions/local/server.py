"""One local address for the whole shop: static pages, functions, the mail viewer and the signal to reload."""

import json
import mimetypes
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.security import safe_join
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.local.compression import compressed
from functions.shop.site import OF_FUNCTIONS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGES = frozenset({"", ".html"})  # how the names of pages end, in a folder or in the address of one that is gone
LONGEST_PATH = 250  # characters; file systems refuse longer names
# What machines differ on or do not know; Werkzeug adds the character set to text.
KINDS = {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
RELOAD_SCRIPT = b'<script type="module" src="/_local/reload.js"></script></body>'
RELOAD_JS = """let seen = null
setInterval(async () => {
  const answer = await fetch('/_local/version').catch(() => null)
  const version = answer?.ok ? await answer.text() : seen
  if (seen !== null && version !== seen) location.reload()
  seen = version
}, 1000)
"""


class LocalShop:
    """A WSGI application. `output` holds the built pages; `headers` gives those of an address, as the CDN will do.

    `build` holds the page of the theme's parts, `/_parts/`, which is never published (see plugins/parts_page.py), and
    `redirects.json`: the old path of each page that has moved, and its new one.
    """

    def __init__(
        self,
        *,
        functions: "WSGIApplication",
        mails: "WSGIApplication",
        output: Path,
        url: str,
        headers: Callable[[str], Mapping[str, str]],
        reload: bool = True,
        build: Path = Path("build"),
    ) -> None:
        self._functions, self._mails = functions, mails
        self._output, self._build = output.resolve(), build.resolve()
        self._host, self._url, self._headers, self._reload = url.split("://", 1)[1], url, headers, reload
        self._version = 0

    def changed(self) -> None:
        """Tell open browsers to load their page again."""
        self._version += 1

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        return compressed(self._answering(request), request)(environ, start_response)

    def _answering(self, request: Request) -> "WSGIApplication":
        if request.host != self._host:
            # Cookies and the check of where a form comes from belong to one address, so there is only one.
            return redirect(f"{self._url}{request.full_path.rstrip('?')}", 307)
        segment = request.path.split("/", 2)[1]
        if segment in OF_FUNCTIONS:
            return self._functions
        if segment == "_mail":
            return self._mails
        if segment == "_local":
            return self._signal(request)
        return self._static(request, self._build if segment == "_parts" else self._output)

    def _signal(self, request: Request) -> Response:
        if request.path == "/_local/reload.js":
            return Response(RELOAD_JS, mimetype="text/javascript")
        return Response(str(self._version), mimetype="text/plain", headers={"Cache-Control": "no-store"})

    def _static(self, request: Request, root: Path) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response("A page can only be read.", HTTPStatus.METHOD_NOT_ALLOWED, mimetype="text/plain")
        found = safe_join(str(root), request.path.lstrip("/")) if len(request.path) < LONGEST_PATH else None
        path = Path(found or root / "404")
        if path.is_dir() and not request.path.endswith("/"):
            return redirect(f"{request.path}/", 308)
        path = path / "index.html" if path.is_dir() else path
        if path.suffix in PAGES and (moved := self._moved(request.path)):
            return redirect(moved, HTTPStatus.MOVED_PERMANENTLY)
        if path.is_file():
            return self._file(request, path, HTTPStatus.OK)
        return self._file(request, self._output / "404.html", HTTPStatus.NOT_FOUND)

    def _moved(self, path: str) -> str:
        """Where a page is now that was once at this path; empty when there never was one."""
        redirects = self._build / "redirects.json"
        moved: dict[str, str] = json.loads(redirects.read_text(encoding="utf-8")) if redirects.is_file() else {}
        return moved.get(path) or moved.get(f"{path}/") or moved.get(path.rstrip("/"), "")

    def _file(self, request: Request, path: Path, status: int) -> Response:
        if not path.is_file():
            return Response("The shop is not built yet. Look at the terminal.", 503, mimetype="text/plain")
        kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        response = Response(self._content(path), status, mimetype=kind, headers={"Cache-Control": "no-cache"})
        response.headers.update(self._headers(request.path))
        response.add_etag()
        return response.make_conditional(request) if status == HTTPStatus.OK else response

    def _content(self, path: Path) -> bytes:
        content = path.read_bytes()
        return content.replace(b"</body>", RELOAD_SCRIPT) if self._reload and path.suffix == ".html" else content


class QuietHandler(WSGIRequestHandler):
    """Serves without a line in the terminal for each request; faults are still printed."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the owner's terminal is for what the owner must know."""


def start(application: "WSGIApplication", port: int) -> Callable[[], None]:
    """Serve on 127.0.0.1 from a thread, and give what stops it. Raises SystemExit when the port is taken."""
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return stop
