"""`/order/<id>/invoice.pdf`: the invoice as a file to keep. A part of its own, for only it needs what writes PDF."""

from collections.abc import Callable, Mapping

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from functions.shop.order import Order
from functions.shop.settings import Settings
from functions.web.cart_page import CartPage
from functions.web.order_key import reading

WritePdf = Callable[[Order, Settings], bytes]


def routes(page: CartPage, write: WritePdf) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(_request: Request, order: Order) -> Response:
        if not order.invoice:
            raise NotFound
        response = Response(write(order, page.catalogue.current().settings), mimetype="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{order.invoice}.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return response

    return {"GET /order/<order_id>/invoice.pdf": reading(page, show)}
