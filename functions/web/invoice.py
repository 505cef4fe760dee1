"""`/order/<id>/invoice.pdf`: the invoice as a file to keep. A part of its own, for only it needs what writes PDF."""

from collections.abc import Callable, Mapping
from io import BytesIO

from werkzeug.exceptions import NotFound
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from functions.language import words_in
from functions.shop.invoice import file_name, title_of
from functions.shop.order import Order
from functions.shop.settings import Settings
from functions.web.cart_page import CartPage
from functions.web.order_key import reading

WritePdf = Callable[[Order, Settings], bytes]


def routes(page: CartPage, write: WritePdf) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request, order: Order) -> Response:
        if not order.invoice:
            raise NotFound
        settings = page.catalogue.current().settings
        name = file_name(settings.name, str(words_in(settings.language).tell(title_of(order))))
        file = BytesIO(write(order, settings))
        response = send_file(file, request.environ, mimetype="application/pdf", download_name=name, etag=False)
        response.headers["Cache-Control"] = "no-store"
        return response

    return {"GET /order/<order_id>/invoice.pdf": reading(page, show)}
