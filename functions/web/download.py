"""`/download/<token>`: the file that an order has bought. A look shows a button and counts nothing, so that no program
that opens the links in a mail uses them up; the button downloads, so many times.
"""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect, send_file
from werkzeug.wrappers import Request, Response

from functions.ports import Downloads, Elsewhere
from functions.shop.download import allowance, downloadable
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.web.cart_page import CartPage
from functions.web.download_links import links
from functions.web.tokens import LINK_AGE


def links_now(order: Order, page: CartPage) -> list[tuple[str, str]]:
    """The same for a page of the shop: addresses without the shop's own, and none once they have ended."""
    return [] if _is_over(order, page) else links(order, page.tokens, "")


def routes(page: CartPage, files: Downloads) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request, token: str) -> Response:
        order, line = _bought(page, token)
        return _shown(page, request, order, line)

    def download(request: Request, token: str) -> Response:
        order, line = _bought(page, token)
        name = order.lines[line].file
        file = files.open(page.catalogue.current().files.get(name, ""), name)
        if file is None:
            raise NotFound
        until = order.created_at + LINK_AGE
        if page.store.hit(f"download:{order.id}:{line}", until, page.clock()) > allowance(order, line):
            if not isinstance(file, Elsewhere):
                file.close()
            return _shown(page, request, order, line, used_up=True)
        return _handed_out(file, request, name)

    return {"GET /download/<token>": show, "POST /download/<token>": download}


def _handed_out(file: BinaryIO | Elsewhere, request: Request, name: str) -> Response:
    if isinstance(file, Elsewhere):
        response: Response = redirect(file.address, 303)
        response.headers["Referrer-Policy"] = "no-referrer"
    else:
        response = send_file(file, request.environ, as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _bought(page: CartPage, token: str) -> tuple[Order, int]:
    """The order and the line of a token that still opens them (R25, R27)."""
    order_id, epoch, line = page.tokens.download(token)
    order = page.store.order(order_id)
    if order is None or order.epoch != epoch or line not in downloadable(order):
        raise NotFound
    if _is_over(order, page):
        raise NotFound
    return order, line


def _is_over(order: Order, page: CartPage) -> bool:
    """Whether the links to what an order has to download have ended."""
    return page.clock() > order.created_at + LINK_AGE


def _shown(page: CartPage, request: Request, order: Order, line: int, *, used_up: bool = False) -> Response:
    return page.pages.page(
        request,
        page.catalogue.current(),
        "functions/download.html",
        title=Sentence("Your file"),
        count=page.cart(request).count,
        status=429 if used_up else 200,
        item=order.lines[line],
        used_up=used_up,
    )
