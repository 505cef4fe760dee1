"""`/checkout`: from the cart to the payment page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.ports import Clock, Payments, SessionLinks
from functions.service import settlement
from functions.service.carting import quote_cart
from functions.service.checkout import check_out, resume
from functions.shop.cart import Cart
from functions.shop.errors import CheckoutRefused, InvalidCart, TokenRefused
from functions.shop.money import format_amount
from functions.shop.order import Order
from functions.shop.quote import Quote
from functions.shop.settings import Settings
from functions.web.cart_page import CartPage
from functions.web.cookies import Destination
from functions.web.form import agrees, cart_in, destination_in
from functions.web.tokens import Shown

CHANGED = "Your cart has changed since this page was opened. Please check it and order again."


@dataclass(frozen=True, slots=True)
class Checkout:
    """Turns a posted cart into an order with a payment page. `url` is the shop's own address."""

    page: CartPage
    payments: Payments
    clock: Clock
    url: str

    def routes(self) -> Mapping[str, Callable[..., Response]]:
        """The views, by method and path."""
        return {"GET /checkout": self.show, "POST /checkout": self.start}

    def show(self, _request: Request) -> Response:
        """A reloaded or bookmarked address: back to the cart."""
        return redirect("/cart", 303)

    def start(self, request: Request) -> Response:
        """The pay button: on to the payment page, or the cart again with the reason."""
        cart, destination = self.page.cart(request), self.page.cookies.destination(request)
        try:
            shown = self.page.tokens.checkout(request.form.get("checkout", ""))
            order = self._ordered(request, shown)
            if order is None:
                cart, destination = cart_in(request.form, cart), destination_in(request.form, destination)
                order = self._new_order(request, shown, cart, destination)
        except (CheckoutRefused, InvalidCart, TokenRefused) as error:
            return self.page.show(request, cart, destination, notice=str(error), status=409)
        return self._onward(order, cart, destination)

    def _ordered(self, request: Request, shown: Shown) -> Order | None:
        """The order that this very form has made before: a second click, or the way back and forth."""
        order = self.page.store.order(shown.order_id)
        if order is None:
            return None
        if not agrees(request.form, order):
            raise CheckoutRefused(CHANGED)
        return self._resumed(order)

    def _resumed(self, order: Order) -> Order:
        return resume(
            order,
            release=self.page.catalogue.current(),
            store=self.page.store,
            payments=self.payments,
            clock=self.clock,
            links=self._links(order.id),
        )

    def _new_order(self, request: Request, shown: Shown, cart: Cart, destination: Destination) -> Order:
        paid = self._released(request)
        if paid and paid.cart == cart:
            return paid  # paid in another tab; nobody wants to pay twice for the same
        release = self.page.catalogue.current()
        quote = quote_cart(
            cart,
            release=release,
            store=self.page.store,
            country=destination.country,
            shipping_id=destination.shipping_id,
        )
        _same_as_shown(quote, shown, release.settings)
        return check_out(
            shown.order_id,
            quote,
            release=release,
            store=self.page.store,
            payments=self.payments,
            clock=self.clock,
            links=self._links(shown.order_id),
        )

    def _released(self, request: Request) -> Order | None:
        """Give up this browser's earlier unpaid order, so that its stock is free; the order, if it turns out paid."""
        own = self.page.open_order(request)
        if own is None:
            return None
        own = settlement.release(own.id, store=self.page.store, payments=self.payments, clock=self.clock)
        return own if own.paid_like else None

    def _links(self, order_id: str) -> SessionLinks:
        """Both ways back lead to the order's page, which says what happened; its token is for other browsers."""
        address = f"{self.url}/order/{order_id}?t={self.page.tokens.for_order(order_id)}"
        return SessionLinks(paid=address, back=address)

    def _onward(self, order: Order, cart: Cart, destination: Destination) -> Response:
        response = redirect(order.pay_url if order.open and order.pay_url else f"/order/{order.id}", 303)
        response.headers["Cache-Control"] = "no-store"
        self.page.cookies.set_cart(response, cart)
        self.page.cookies.set_destination(response, destination)
        self.page.cookies.hand_key(response, order)
        self.page.cookies.set_open_order(response, order.id)
        return response


def _same_as_shown(quote: Quote, shown: Shown, settings: Settings) -> None:
    """What was shown is what is charged (R5); otherwise the shopper is asked again."""
    if quote.digest == shown.digest:
        return
    if quote.total == shown.total:
        raise CheckoutRefused(CHANGED)
    old, new = format_amount(shown.total, settings.money), format_amount(quote.total, settings.money)
    raise CheckoutRefused(f"The total has changed from {old} to {new}. Please check it and order again.")
