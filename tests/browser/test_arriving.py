"""A page that arrives piece by piece, as a slow line or a busy phone shows it: what is seen never moves."""

import mimetypes
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import DESKTOP, PHONE, ROOT
from tests.browser.states import build_states
from tests.browser.test_looking import SHIFT

FIRST_PAUSE, PAUSE = 0.4, 0.02  # seconds: styles come during the first; the others are longer than a frame
PRODUCTS = ["/products/soon/", "/products/little-tern/"]
PAGES = ["/", "/sea-birds/", "/products/storm-petrel/"]


class InPieces(BaseHTTPRequestHandler):
    """Sends the files of a folder; of a page first its head, and then line by line."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request."""
        path = self.folder / self.path.partition("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = _pieces(path.read_bytes(), whole=path.suffix != ".html") if found else []
        try:
            for piece in pieces:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _pieces(data: bytes, *, whole: bool) -> Iterator[bytes]:
    if whole:
        yield data
        return
    head, _, body = data.partition(b"<body>")
    yield head + b"<body>"
    time.sleep(FIRST_PAUSE)
    for line in body.splitlines(keepends=True):
        yield line
        time.sleep(PAUSE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of products in all states."""
    folder = tmp_path_factory.mktemp("states")
    build_states(folder)
    return folder / "output"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_product_that_arrives_in_pieces_stands_still(chromium: Browser, built: Path, viewport: ViewportSize) -> None:
    assert moved(chromium, built, viewport, PRODUCTS) == dict.fromkeys(PRODUCTS, 0)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_any_page_that_arrives_in_pieces_stands_still(chromium: Browser, viewport: ViewportSize) -> None:
    assert moved(chromium, ROOT / "output", viewport, PAGES) == dict.fromkeys(PAGES, 0)


def moved(chromium: Browser, folder: Path, viewport: ViewportSize, pages: list[str]) -> dict[str, float]:
    """How much of each page moved while it arrived."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(InPieces, folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page(viewport=viewport, reduced_motion="reduce")
    found = {}
    for path in pages:
        page.goto(f"http://127.0.0.1:{server.server_port}{path}")
        found[path] = page.evaluate(SHIFT)
    page.close()
    server.shutdown()
    server.server_close()
    return found
