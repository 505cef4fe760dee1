"""`/order/<id>/help`: how to reach a person about an order, and a form to write with the order attached."""

from collections.abc import Callable, Mapping

from werkzeug.wrappers import Request, Response

from functions.shop.acts import Ask
from functions.shop.errors import IllegalTransition, TokenRefused
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.web.limit import TOO_OFTEN, Limit, ask_to_wait
from functions.web.order_page import OrderPage
from functions.web.text import LONGEST, MISSING, TOO_LONG, some_lines
from functions.web.tokens import Purpose

_QUESTIONS = Limit("question", most=5)


def routes(page: OrderPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""
    return {"GET /order/<order_id>/help": page.reading(show), "POST /order/<order_id>/help": page.acting(ask)}


def show(
    page: OrderPage, request: Request, order: Order, *, problem: str = "", notice: str = "", status: int = 200
) -> Response:
    """Phone, ways to write, and the form as it was filled in last."""
    return page.shown(
        request,
        order,
        "help",
        title=Sentence("Help with order {id}", id=order.id),
        status=status,
        text=request.form.get("text", ""),
        problem=problem,
        form=page.token(Purpose.QUESTION, order),
        notice=notice,
    )


def ask(page: OrderPage, request: Request, order: Order) -> Response:
    """Keep the message with the order, and tell the owner; or the form again with what is wrong."""
    text = some_lines(request.form.get("text", ""))
    if not text or len(text) > LONGEST:
        return show(page, request, order, problem=TOO_LONG if text else MISSING, status=400)
    try:
        form_id = page.form_id(request, Purpose.QUESTION, order)
        if limit := page.page.limits.exceeded((_QUESTIONS, order.id)):
            return ask_to_wait(show(page, request, order, notice=TOO_OFTEN, status=429), limit)
        page.perform(order, Ask(form_id, text))
    except (IllegalTransition, TokenRefused) as error:
        return show(page, request, order, notice=error.sentence, status=409)
    return page.done(order, Purpose.QUESTION, "#messages")
