"""`/order/<id>`: the customer's view of an order, opened by a signed link or by the browser that ordered."""

from collections.abc import Callable, Mapping

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service import settlement
from functions.shop.acts import Actor
from functions.shop.cancelling import can_cancel
from functions.shop.carrier import tracking_url
from functions.shop.correspondence import can_change_address
from functions.shop.errors import PaymentRefused, PaymentsUnavailable
from functions.shop.invoice import invoice_of
from functions.shop.lateness import arriving, leaving
from functions.shop.order import Order
from functions.shop.progress import steps
from functions.shop.refunds import intended_refunds
from functions.shop.returning import returnable
from functions.shop.sentence import Sentence
from functions.shop.shipment import listed, unsent
from functions.shop.withdrawal_text import to_come
from functions.web import cancel, change_address, help_page, return_page
from functions.web.download import links_now
from functions.web.order_page import OrderPage
from functions.web.withdraw import can_withdraw


def routes(page: OrderPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""
    return {
        "GET /order/<order_id>": page.reading(show),
        "POST /order/<order_id>/release": page.acting(give_up),
        "GET /order/<order_id>/invoice": page.reading(invoice),
        **cancel.routes(page),
        **change_address.routes(page),
        **return_page.routes(page),
        **help_page.routes(page),
    }


def show(page: OrderPage, request: Request, order: Order) -> Response:
    """How it stands. Who looks at an unpaid order is told what Stripe knows of it."""
    if request.method == "GET" and (order.open or intended_refunds(order)):
        order = _settled(page, order)
    now, settings = page.page.clock(), page.page.catalogue.current().settings
    done = page.page.cookies.done(request, order)
    response = page.shown(
        request,
        order,
        "order",
        title=Sentence("Order {id}", id=order.id),
        steps=steps(order),
        leaving=leaving(order, now, settings.time_zone).value,
        arriving=arriving(order, now, settings.time_zone).value,
        tracking={parcel.id: tracking_url(parcel.carrier, parcel.tracking) for parcel in order.shipments},
        can_cancel=can_cancel(order, Actor.CUSTOMER),
        can_change_address=can_change_address(order),
        can_return=bool(returnable(order, settings.returns.days, now)),
        can_withdraw=can_withdraw(order, settings.returns.days, now),
        downloads=links_now(order, page.page),
        after_withdrawal=to_come(order),
        unsent=listed(unsent(order)),
        done=done,
    )
    if done:
        page.page.cookies.set_done(response, order, "")
    return response


def invoice(page: OrderPage, request: Request, order: Order) -> Response:
    """The invoice, to look at and to print."""
    if not order.invoice:
        raise NotFound
    made = invoice_of(order, page.page.catalogue.current().settings)
    return page.shown(request, order, "invoice", title=made.title, invoice=made)


def give_up(page: OrderPage, _request: Request, order: Order) -> Response:
    """Back to the cart: the unpaid order ends, unless it turns out to be paid."""
    shop = page.page
    order = settlement.release(order.id, store=shop.store, payments=page.payments, clock=shop.clock, codes=shop.codes)
    return redirect(f"/order/{order.id}" if order.paid_like else "/cart", 303)


def _settled(page: OrderPage, order: Order) -> Order:
    """The order as Stripe knows it, and its mails sent where that was news. When Stripe does not answer, the order as
    we know it. No look sets money moving (R25): refunds are made by who asked for them, webhook and reconciler.
    """
    shop = page.page
    try:
        told = settlement.settle(
            order.id, store=shop.store, payments=page.payments, clock=shop.clock, codes=shop.codes, only_look=True
        )
    except (PaymentsUnavailable, PaymentRefused):
        return order
    if told != order:
        page.send_mails(told)
    return told
