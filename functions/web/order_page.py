"""What all pages about one order share: who may see it, how it is acted on, and how a page of it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.log import Event, note
from functions.ports import Payments
from functions.service.acting import perform
from functions.shop.acts import Act
from functions.shop.order import Order
from functions.web.cart_page import CartPage
from functions.web.order_key import reading, visible
from functions.web.page import CART_STYLE
from functions.web.tokens import Purpose

STYLES = (CART_STYLE, "css/order.css")


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Opens orders to whoever has their key, and to nobody else (R25, R27)."""

    page: CartPage
    payments: Payments
    post: Callable[[Order], object]
    """Has the mails sent that are due for an order."""

    def reading(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """A view of an order, for browsers with its key. A token in the address becomes that key first."""
        return reading(self.page, partial(view, self))

    def acting(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """What a form of an order leads to, for browsers with its key."""
        return lambda request, order_id: view(self, request, visible(self.page, request, order_id))

    def perform(self, order: Order, act: Act) -> Order:
        """Do what the customer asks for, and send the mails that follow. Raises IllegalTransition."""
        done = perform(
            order.id,
            act,
            store=self.page.store,
            payments=self.payments,
            clock=self.page.clock,
            codes=self.page.codes,
        )
        self.send_mails(done)
        return done

    def reread(self, order: Order) -> Order:
        """The order as it is now: somebody may have acted on it meanwhile."""
        return self.page.store.order(order.id) or order

    def send_mails(self, order: Order) -> None:
        """Have sent what is due now. Whatever goes wrong, what was done is done and a mail stays due (R22)."""
        try:
            self.post(self.reread(order))  # what was done may have been written after it was read
        except Exception as error:
            note(Event.MAILS_WAIT, error=error, order=order.id)

    def token(self, purpose: Purpose, order: Order) -> str:
        """A field for a new form about an order."""
        return self.page.tokens.for_form(purpose, self.page.new_id(), order)

    def form_id(self, request: Request, purpose: Purpose, order: Order) -> str:
        """The id of the form that was sent. Raises TokenRefused."""
        return self.page.tokens.form_id(purpose, request.form.get("form", ""), order)

    def done(self, order: Order, what: Purpose, place: str) -> Response:
        """On to a place on the order's page, which says once that this was done."""
        response = back_to(order, place)
        self.page.cookies.set_done(response, order, what)
        return response

    def shown(
        self, request: Request, order: Order, template: str, *, title: str, status: int = 200, **context: Any
    ) -> Response:
        """A page about an order."""
        page = self.page
        cart = page.cart(request)
        response = page.pages.page(
            request,
            page.catalogue.current(),
            f"functions/{template}.html",
            title=title,
            count=cart.count,
            status=status,
            styles=STYLES,
            order=order,
            now=page.clock(),
            **context,
        )
        page.remember(request, response, cart, page.wish(request))
        return response


def back_to(order: Order, place: str = "") -> Response:
    """On to the order's page, perhaps to a place on it."""
    return redirect(f"/order/{order.id}{place}", 303)
