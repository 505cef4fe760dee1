"""`/cart`: see it, add to it, change it."""

from collections.abc import Callable, Mapping

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service.carting import add
from functions.shop.cart import Cart, parse_quantity, parse_sku
from functions.shop.errors import InvalidCart
from functions.web.cart_page import CartPage
from functions.web.cookies import Wish
from functions.web.form import cart_in, understood, wish_of
from functions.web.page import FRAGMENT


def routes(page: CartPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request) -> Response:
        return page.show(request, page.cart(request), page.wish(request))

    def change(request: Request) -> Response:
        if answer := page.guesses(request):
            return answer
        cart, wish = page.cart(request), page.wish(request)
        try:
            changed, wished = _changed(page, request, cart), wish_of(request.form, wish)
        except InvalidCart as error:
            kept, wish = understood(request.form, cart, wish)
            return page.show(request, kept, wish, notice=error.sentence, status=400)
        return _remembered(page, request, changed, wished)

    return {"GET /cart": show, "POST /cart": change}


def _changed(page: CartPage, request: Request, cart: Cart) -> Cart:
    if request.form.get("action") != "add":
        return cart_in(request.form, cart)
    sku, quantity = parse_sku(request.form.get("sku", "")), parse_quantity(request.form.get("quantity", "1"))
    return add(cart, sku, quantity, page.catalogue)


def _remembered(page: CartPage, request: Request, cart: Cart, wish: Wish) -> Response:
    """The page itself to script; to a plain form the way to it, so that a reload posts nothing again."""
    if FRAGMENT in request.headers:
        return page.show(request, cart, wish)
    response = redirect("/cart", 303)
    page.remember(request, response, cart, wish)
    return response
