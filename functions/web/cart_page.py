"""The cart page, the one place where a cart is shown: asked for, after a change, and when a checkout was refused."""

from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from functions.ports import Catalogue, NewId, Release, Store
from functions.service.carting import quote_cart
from functions.shop.cart import Cart
from functions.shop.order import Order, State
from functions.web.cookies import Cookies, Destination
from functions.web.page import Pages
from functions.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class CartPage:
    """Shows a cart at its present prices and remembers it in the browser."""

    catalogue: Catalogue
    store: Store
    pages: Pages
    cookies: Cookies
    tokens: Tokens
    new_id: NewId

    def show(
        self, request: Request, cart: Cart, destination: Destination, *, notice: str = "", status: int = 200
    ) -> Response:
        """The page with the cart's form."""
        release, own = self.catalogue.current(), self.open_order(request)
        quote = quote_cart(
            cart,
            release=release,
            store=self.store,
            country=destination.country,
            shipping_id=destination.shipping_id,
            own=own,
        )
        response = self.pages.page(
            request,
            release,
            "functions/cart.html",
            title="Your cart",
            count=cart.count,
            status=status,
            quote=quote,
            checkout=self.tokens.for_checkout(self.new_id(), quote),
            destinations=destinations(release),
            notice=notice,
            open_order=own,
        )
        self.cookies.set_cart(response, cart)
        if quote.shipping:
            self.cookies.set_destination(response, Destination(quote.country, quote.shipping.id))
        return response

    def cart(self, request: Request) -> Cart:
        """What is in this browser's cart, less what it has paid for meanwhile."""
        cart, order = self.cookies.cart(request), self._last_order(request)
        return cart.without(order.cart) if order and order.paid_like else cart

    def open_order(self, request: Request) -> Order | None:
        """The order this browser went to pay for and has not paid yet."""
        order = self._last_order(request)
        return order if order and order.state is State.PENDING else None

    def _last_order(self, request: Request) -> Order | None:
        order_id = self.cookies.open_order_id(request)
        order = self.store.order(order_id) if order_id else None
        return order if order and self.cookies.may_see(request, order) else None


def destinations(release: Release) -> list[tuple[str, str]]:
    """Codes and names of the countries that the shop delivers to, by name."""
    return sorted(release.settings.countries.items(), key=lambda item: item[1])
