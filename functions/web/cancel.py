"""`/order/<id>/cancel`: what cancelling brings back, and the button that does it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from werkzeug.wrappers import Request, Response

from functions.shop.acts import Actor, Cancel
from functions.shop.cancelling import can_cancel
from functions.shop.errors import IllegalTransition, TokenRefused
from functions.shop.order import Order
from functions.shop.reversal import Reversal, refundable, reversal
from functions.shop.sentence import Sentence
from functions.web.order_page import OrderPage, back_to
from functions.web.tokens import Purpose

_NOTHING = Reversal(0, (), 0)


def routes(page: OrderPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""
    return {"GET /order/<order_id>/cancel": page.reading(show), "POST /order/<order_id>/cancel": page.acting(cancel)}


def show(page: OrderPage, request: Request, order: Order, *, notice: str = "", status: int = 200) -> Response:
    """What will happen, and what comes back by which way."""
    whole = replace(order, cards=())  # gift cards that it bought become void, so what they cost comes back as well
    amount = refundable(whole)
    return page.shown(
        request,
        order,
        "cancel",
        title=Sentence("Cancel order {id}", id=order.id),
        status=status,
        possible=can_cancel(order, Actor.CUSTOMER),
        amount=amount,
        back=reversal(whole, amount) if amount > 0 else _NOTHING,
        form=page.token(Purpose.CANCEL, order),
        notice=notice,
    )


def cancel(page: OrderPage, request: Request, order: Order) -> Response:
    """Cancel it. Doing it twice is doing it once."""
    try:
        page.form_id(request, Purpose.CANCEL, order)
        page.perform(order, Cancel(Actor.CUSTOMER))
    except (IllegalTransition, TokenRefused) as error:
        return show(page, request, page.reread(order), notice=error.sentence, status=409)
    return back_to(order)
