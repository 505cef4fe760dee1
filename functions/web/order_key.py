"""Keys: the token in a mailed link opens an order and becomes this browser's key; nothing else opens it (R27)."""

from collections.abc import Callable

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.shop.order import Order
from functions.web.cart_page import CartPage


def reading(page: CartPage, view: Callable[[Request, Order], Response]) -> Callable[..., Response]:
    """A view of an order, for browsers with its key. A token in the address becomes that key first."""

    def viewed(request: Request, order_id: str) -> Response:
        if "t" in request.args:
            return _opened(page, request, order_id)
        return view(request, visible(page, request, order_id))

    return viewed


def visible(page: CartPage, request: Request, order_id: str) -> Order:
    """The order, if this browser has its key. Otherwise it is as if there were none."""
    order = page.store.order(order_id)
    if order is None or not page.cookies.may_see(request, order):
        raise NotFound
    return order


def _opened(page: CartPage, request: Request, order_id: str) -> Response:
    """Turn the token in a link into a cookie, and the address into a clean one."""
    order = page.store.order(order_id)
    if order is None or not page.tokens.opens(request.args["t"], order):
        raise NotFound
    response = redirect(request.path, 303)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    page.cookies.hand_key(response, order)
    return response
