"""`/order/<id>`: the customer's view of an order, opened by a signed link or by the browser that ordered."""

from collections.abc import Callable, Mapping

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.ports import Clock, Mail, Payments
from functions.service import settlement
from functions.service.outbox import WriteLetter, deliver
from functions.shop.errors import PaymentRefused, PaymentsUnavailable
from functions.shop.order import Order
from functions.shop.refunds import intended_refunds
from functions.shop.sentence import Sentence
from functions.web.cart_page import CartPage


def routes(
    page: CartPage, payments: Payments, mail: Mail, clock: Clock, write: WriteLetter
) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request, order_id: str) -> Response:
        if "t" in request.args:
            return _opened(page, request, order_id)
        order = _visible(page, request, order_id)
        if request.method == "GET" and (order.open or intended_refunds(order)):
            order = _settled(page, order, payments, mail, clock, write)
        return _shown(page, request, order)

    def give_up(request: Request, order_id: str) -> Response:
        order = _visible(page, request, order_id)
        order = settlement.release(order.id, store=page.store, payments=payments, clock=clock, codes=page.codes)
        return redirect(f"/order/{order.id}" if order.paid_like else "/cart", 303)

    return {"GET /order/<order_id>": show, "POST /order/<order_id>/release": give_up}


def _opened(page: CartPage, request: Request, order_id: str) -> Response:
    """Turn the token in a link into a cookie, and the address into a clean one."""
    order = page.store.order(order_id)
    if order is None or not page.tokens.opens(request.args["t"], order):
        raise NotFound
    response = redirect(f"/order/{order.id}", 303)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    page.cookies.hand_key(response, order)
    return response


def _visible(page: CartPage, request: Request, order_id: str) -> Order:
    """The order, if this browser has its key. Otherwise it is as if there were none (R27)."""
    order = page.store.order(order_id)
    if order is None or not page.cookies.may_see(request, order):
        raise NotFound
    return order


def _settled(page: CartPage, order: Order, payments: Payments, mail: Mail, clock: Clock, write: WriteLetter) -> Order:
    """The order as Stripe knows it, and its mails sent. When Stripe does not answer, the order as we know it."""
    try:
        order = settlement.settle(order.id, store=page.store, payments=payments, clock=clock, codes=page.codes)
    except (PaymentsUnavailable, PaymentRefused):
        return order
    deliver(order.id, store=page.store, mail=mail, clock=clock, write=write)
    return order


def _shown(page: CartPage, request: Request, order: Order) -> Response:
    cart, release = page.cart(request), page.catalogue.current()
    response = page.pages.page(
        request,
        release,
        "functions/order.html",
        title=Sentence("Order {id}", id=order.id),
        count=cart.count,
        order=order,
    )
    page.remember(request, response, cart, page.wish(request))
    return response
