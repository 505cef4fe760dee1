"""`/cart`: see it, add to it, change it."""

from collections.abc import Callable, Mapping

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service.carting import add
from functions.shop.cart import Cart, parse_quantity, parse_sku
from functions.shop.errors import InvalidCart
from functions.web.cart_page import CartPage
from functions.web.form import cart_in, wish_of
from functions.web.page import FRAGMENT


def routes(page: CartPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request) -> Response:
        return _remembered(page, request, page.cart(request))

    def change(request: Request) -> Response:
        cart = page.cart(request)
        try:
            changed = _changed(page, request, cart)
        except InvalidCart as error:
            return page.show(request, cart, page.wish(request), notice=error.sentence, status=400)
        return _remembered(page, request, changed)

    return {"GET /cart": show, "POST /cart": change}


def _changed(page: CartPage, request: Request, cart: Cart) -> Cart:
    if request.form.get("action") != "add":
        return cart_in(request.form, cart)
    sku, quantity = parse_sku(request.form.get("sku", "")), parse_quantity(request.form.get("quantity", "1"))
    return add(cart, sku, quantity, page.catalogue)


def _remembered(page: CartPage, request: Request, cart: Cart) -> Response:
    """The page itself to a GET and to script; to a plain form the way to it, so that a reload posts nothing again."""
    wish = wish_of(request.form, page.wish(request))
    if request.method == "POST" and FRAGMENT not in request.headers:
        response = redirect("/cart", 303)
        page.remember(request, response, cart, wish)
        return response
    return page.show(request, cart, wish)
