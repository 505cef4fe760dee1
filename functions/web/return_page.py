"""`/order/<id>/return`: what somebody wants to send back, and why."""

import re
from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request, Response

from functions.language import words_in
from functions.shop.acts import AskReturn
from functions.shop.errors import IllegalTransition, TokenRefused
from functions.shop.order import Order
from functions.shop.returning import returnable
from functions.shop.sentence import Sentence
from functions.shop.shipment import Pieces
from functions.web.order_page import OrderPage, back_to
from functions.web.text import LONGEST, TOO_LONG, some_lines
from functions.web.tokens import Purpose

REASONS = {
    "": Sentence("I would rather not say"),
    "mind": Sentence("I have changed my mind"),
    "damaged": Sentence("It is damaged or faulty"),
    "wrong": Sentence("It is not what I ordered"),
    "different": Sentence("It is not as it was described"),
    "late": Sentence("It came too late"),
}
"""What can be chosen; nobody has to give a reason."""
_COUNT = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_NONE = Sentence("Nothing is chosen yet. Please write 1 or more beside each thing that you want to send back.")


def routes(page: OrderPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""
    return {"GET /order/<order_id>/return": page.reading(show), "POST /order/<order_id>/return": page.acting(ask)}


def show(
    page: OrderPage,
    request: Request,
    order: Order,
    *,
    problems: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The form, as it was filled in last, with what can be sent back now."""
    days = page.page.catalogue.current().settings.returns.days
    return page.shown(
        request,
        order,
        "return",
        title=Sentence("Send back something of order {id}", id=order.id),
        status=status,
        pieces=returnable(order, days, page.page.clock()),
        reasons=REASONS,
        entered=request.form,
        problems=problems or {},
        form=page.token(Purpose.RETURN, order),
        notice=notice,
    )


def ask(page: OrderPage, request: Request, order: Order) -> Response:
    """Ask the shop to take it back; or the form again with what is wrong."""
    items, text = _items(request.form, order), some_lines(request.form.get("text", ""))
    problems = {"items": _NONE} if not items else {"text": TOO_LONG} if len(text) > LONGEST else {}
    if problems:
        return show(page, request, order, problems=problems, status=400)
    settings = page.page.catalogue.current().settings
    said = _reason(request.form.get("reason", ""), text, settings.language)
    try:
        form_id = page.form_id(request, Purpose.RETURN, order)
        page.perform(order, AskReturn(form_id, items, said, settings.returns.days))
    except (IllegalTransition, TokenRefused) as error:
        return show(page, request, page.reread(order), notice=error.sentence, status=409)
    return back_to(order, "#returns")


def _items(form: MultiDict[str, str], order: Order) -> tuple[Pieces, ...]:
    """How many of each line; what is no number, or none, is left out."""
    wanted = ((line, form.get(f"quantity.{line}", "").strip()) for line in range(len(order.lines)))
    return tuple(Pieces(line, int(text)) for line, text in wanted if _COUNT.fullmatch(text))


def _reason(chosen: str, text: str, language: str) -> str:
    """What was chosen and what was written, in the language in which the shop's owner reads it."""
    known = REASONS.get(chosen) if chosen else None
    said = words_in(language).tell(known) if known else ""
    return ": ".join(part for part in (str(said), text) if part)
